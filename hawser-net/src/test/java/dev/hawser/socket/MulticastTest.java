package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multicast groups: all sources and some, IPv4 on the loopback interface, IPv6 on one of the test's own, and CPython. */
@Timeout(60)
class MulticastTest {

    private static final String GROUP4 = "239.83.7.1";
    private static final String GROUP6 = "ff15::4857";

    /** Two interfaces with a cable between them: the kernel routes IPv6 multicast to no loopback interface. */
    private static final List<String> CABLE = List.of(
            "link set lo up",
            "link add net0 type veth peer name net1",
            "address add fd00::1/64 dev net0 nodad",
            "address add fd00::2/64 dev net0 nodad",
            "link set net0 up",
            "link set net1 up");

    /** Joins a group on the interface of an address, says on which port, and answers the first datagram in capitals. */
    private static final String MEMBER4 = """
            import socket, sys
            group, on = sys.argv[1:]
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.settimeout(20)
            s.bind((group, 0))
            s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(on))
            print(s.getsockname()[1])
            data, sender = s.recvfrom(100)
            s.sendto(data.upper(), sender)
            """;

    /** Sends to a group from an address. */
    private static final String SENDER4 = """
            import socket, sys
            group, port, on = sys.argv[1:]
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(on))
            s.bind((on, 0))
            s.sendto(b'from CPython', (group, int(port)))
            print(s.getsockname()[1])
            """;

    /** The same as {@link #MEMBER4} with IPv6, and an interface by name. */
    private static final String MEMBER6 = """
            import socket, struct, sys
            group, on = sys.argv[1], socket.if_nametoindex(sys.argv[2])
            s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            s.settimeout(20)
            s.bind((group, 0, 0, on))
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
                         socket.inet_pton(socket.AF_INET6, group) + struct.pack('@I', on))
            print(s.getsockname()[1])
            data, sender = s.recvfrom(100)
            s.sendto(data.upper(), sender)
            """;

    /** Members for all sources at the receivers' addresses: what they have heard, the receivers have, or never will. */
    private final Map<Socket, Socket> witnesses = new HashMap<>();

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aGroupIsHeardFromJoinToLeave() throws IOException {
        MulticastGroup group = MulticastGroup.of(GROUP4).onAddress("127.0.0.1");
        Socket receiver = receiver4();
        Socket sender = sender4("127.0.0.1");

        assertUnheard(receiver, sender);
        Multicast.join(receiver, group);
        assertHeard(receiver, sender);
        SocketFailedException twice =
                assertThrowsExactly(SocketFailedException.class, () -> Multicast.join(receiver, group));
        assertThat(twice.errno()).isEqualTo(Errno.EADDRINUSE);
        Multicast.leave(receiver, group);
        assertUnheard(receiver, sender);
        SocketFailedException notIn =
                assertThrowsExactly(SocketFailedException.class, () -> Multicast.leave(receiver, group));
        assertThat(notIn.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneSourceIsHeardAndTheOthersAreNot(boolean byAddress) throws IOException {
        MulticastGroup group = onLoopback(byAddress);
        Socket receiver = receiver4();
        Socket one = sender4("127.0.0.1");
        Socket two = sender4("127.0.0.2");
        Socket three = sender4("127.0.0.3");

        Multicast.join(receiver, group.from("127.0.0.1"));
        assertHeard(receiver, one);
        assertUnheard(receiver, two);
        Multicast.join(receiver, group.from("127.0.0.2"));
        assertHeard(receiver, one);
        assertHeard(receiver, two);
        assertUnheard(receiver, three);
        Multicast.leave(receiver, group.from("127.0.0.1"));
        assertUnheard(receiver, one);
        assertHeard(receiver, two);
        Multicast.leave(receiver, group.from("127.0.0.2"));
        assertUnheard(receiver, two);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlockedSourceIsUnheardUntilItIsUnblocked(boolean byAddress) throws IOException {
        MulticastGroup group = onLoopback(byAddress);
        Socket receiver = receiver4();
        Socket one = sender4("127.0.0.1");
        Socket two = sender4("127.0.0.2");

        Multicast.join(receiver, group);
        Multicast.block(receiver, group.from("127.0.0.2"));
        assertHeard(receiver, one);
        assertUnheard(receiver, two);
        Multicast.unblock(receiver, group.from("127.0.0.2"));
        assertHeard(receiver, two);
        SocketFailedException notBlocked = assertThrowsExactly(
                SocketFailedException.class, () -> Multicast.unblock(receiver, group.from("127.0.0.2")));
        assertThat(notBlocked.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
    }

    @Test
    void allSourcesAreSetAtOnceAndRead() throws IOException {
        MulticastGroup group = onLoopback(true);
        Socket receiver = receiver4();
        Socket one = sender4("127.0.0.1");
        Socket two = sender4("127.0.0.2");
        Multicast.join(receiver, group);
        assertThat(Multicast.filter(receiver, group)).isEqualTo(new MulticastFilter(group, false, List.of()));

        MulticastFilter only = new MulticastFilter(group, true, addresses(2, 3));
        receiver.setSockOpt(IpOptions.IP_MSFILTER, only);
        assertThat(Multicast.filter(receiver, group)).isEqualTo(only);
        assertUnheard(receiver, one);
        assertHeard(receiver, two);

        MulticastFilter allBut = new MulticastFilter(group, false, addresses(2));
        receiver.setSockOpt(IpOptions.IP_MSFILTER, allBut);
        assertThat(Multicast.filter(receiver, group)).isEqualTo(allBut);
        assertHeard(receiver, one);
        assertUnheard(receiver, two);
    }

    /** The kernel tells how many there are, and gives no more than there was room for. */
    @Test
    void moreSourcesThanTheFirstQuestionHasRoomForAreRead() throws Exception {
        int most = 100;
        OwnNetwork.run(List.of("link set lo up"), () -> {
            raiseLimit(most);
            MulticastGroup group = onLoopback(true);
            Socket receiver = receiver4();
            Multicast.join(receiver, group);
            MulticastFilter many = new MulticastFilter(
                    group, true, addresses(IntStream.rangeClosed(1, most).toArray()));

            receiver.setSockOpt(IpOptions.IP_MSFILTER, many);

            assertThat(Multicast.filter(receiver, group)).isEqualTo(many);
        });
    }

    @Test
    void sourcesOfAGroupThatIsNotJoinedCannotBeRead() throws IOException {
        Socket receiver = receiver4();

        SocketFailedException notIn =
                assertThrowsExactly(SocketFailedException.class, () -> Multicast.filter(receiver, onLoopback(true)));

        assertThat(notIn.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
    }

    @Test
    void aMemberInCpythonHearsAndAnswers() throws Exception {
        try (CPython member = new CPython(MEMBER4, GROUP4, "127.0.0.1")) {
            Sockaddr group = SockaddrIn.of(GROUP4, member.number());
            Socket sender = sender4("127.0.0.1");
            sender.sendTo(Bytes.of("hello, all"), group);

            assertThat(sender.recv(100)).isEqualTo(Bytes.of("HELLO, ALL"));
            member.finish();
        }
    }

    @Test
    void whatCpythonSendsToAGroupIsHeard() throws Exception {
        Socket receiver = receiver4();
        Multicast.join(receiver, onLoopback(true).from("127.0.0.4"));
        int port = ((SockaddrIn) receiver.getSockName()).port();
        try (CPython sender = new CPython(SENDER4, GROUP4, port, "127.0.0.4")) {
            Received received = receiver.recvFrom(100);

            assertThat(received.data()).isEqualTo(Bytes.of("from CPython"));
            assertThat(received.address()).isEqualTo(SockaddrIn.of("127.0.0.4", sender.number()));
            sender.finish();
        }
    }

    @Test
    void aGroupOfIpv6IsHeardFromAllSourcesOrSome() throws Exception {
        overCable(() -> {
            int index = SockaddrText.interfaceIndex("net0", "net0");
            MulticastGroup group = MulticastGroup.of(GROUP6).onIndex(index);
            Socket receiver = receiver6(index);
            Socket one = sender6("fd00::1", index);
            Socket two = sender6("fd00::2", index);

            assertUnheard(receiver, one);
            Multicast.join(receiver, group.from("fd00::2"));
            assertUnheard(receiver, one);
            assertHeard(receiver, two);
            Multicast.leave(receiver, group.from("fd00::2"));
            assertUnheard(receiver, two);
            Multicast.join(receiver, group);
            assertHeard(receiver, one);
            Multicast.block(receiver, group.from("fd00::1"));
            assertUnheard(receiver, one);
            assertHeard(receiver, two);
            Multicast.unblock(receiver, group.from("fd00::1"));
            assertHeard(receiver, one);
            Multicast.leave(receiver, group);
            assertUnheard(receiver, one);
        });
    }

    @Test
    void aMemberInCpythonHearsAndAnswersOverIpv6() throws Exception {
        overCable(() -> {
            int index = SockaddrText.interfaceIndex("net0", "net0");
            try (CPython member = new CPython(MEMBER6, GROUP6, "net0")) {
                Sockaddr group = SockaddrIn6.of(GROUP6, member.number());
                Socket sender = sender6("fd00::2", index);
                sender.sendTo(Bytes.of("hello, six"), group);

                assertThat(sender.recv(100)).isEqualTo(Bytes.of("HELLO, SIX"));
                member.finish();
            }
        });
    }

    /** The options of either family are the same to the kernel; the socket says which it means. */
    @Test
    void theOptionsForAnyFamilyJoinAndLeave() throws Exception {
        Socket receiver = receiver4();
        Socket sender = sender4("127.0.0.1");
        receiver.setSockOpt(IpOptions.MCAST_JOIN_GROUP, onLoopback(false));
        assertHeard(receiver, sender);
        receiver.setSockOpt(IpOptions.MCAST_LEAVE_GROUP, onLoopback(false));
        assertUnheard(receiver, sender);
        overCable(() -> {
            int index = SockaddrText.interfaceIndex("net0", "net0");
            MulticastGroup group = MulticastGroup.of(GROUP6 + "%" + index);
            Socket six = receiver6(index);
            six.setSockOpt(Ipv6Options.MCAST_JOIN_GROUP, group);
            assertHeard(six, sender6("fd00::1", index));
            six.setSockOpt(Ipv6Options.MCAST_LEAVE_GROUP, group);
            assertUnheard(six, sender6("fd00::1", index));
        });
    }

    @Test
    void aZoneOfAGroupIsItsInterface() {
        MulticastGroup group = MulticastGroup.of("ff02::1%1");

        assertThat(group.on()).isEqualTo(MulticastInterface.ofIndex(1));
        assertThat(group.onIndex(1)).isEqualTo(group);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.onIndex(2))
                .withMessageContaining("zone")
                .withMessageContaining("2");
    }

    @Test
    void whatIsNoGroupOrNotOfTheFamilyIsRefusedBeforeTheCall() throws IOException {
        Socket receiver = receiver4();
        MulticastGroup four = onLoopback(true);
        MulticastGroup six = MulticastGroup.of(GROUP6);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MulticastGroup.of("127.0.0.1"))
                .withMessageContaining("127.0.0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> four.from("::1")).withMessageContaining("family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> six.onAddress("127.0.0.1"))
                .withMessageContaining("index");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.setSockOpt(IpOptions.IP_ADD_MEMBERSHIP, six))
                .withMessageStartingWith("option IP_ADD_MEMBERSHIP: give a group of IPv4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.setSockOpt(Ipv6Options.IPV6_JOIN_GROUP, four))
                .withMessageStartingWith("option IPV6_JOIN_GROUP: give a group of IPv6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.setSockOpt(IpOptions.MCAST_JOIN_GROUP, four))
                .withMessageContaining("give the interface by its index");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Multicast.filter(receiver, onLoopback(false)))
                .withMessageContaining("give the interface by its address");
    }

    /** /proc/sys/net is the network's of whoever looks: a program that the thread starts. */
    private static void raiseLimit(int sources) throws Exception {
        String write = "echo " + sources + " > /proc/sys/net/ipv4/igmp_max_msf";
        try (Peer shell = Peers.start("sh", "-c", write)) {
            if (shell.awaitExit() != 0) {
                abort("the limit of sources cannot be raised: " + shell.readErrorLine());
            }
        }
    }

    private static void overCable(OwnNetwork.Part part) throws Exception {
        OwnNetwork.run(CABLE, () -> {
            // The kernel notices the cable when it comes to it, and has no route for groups before.
            eventually().until(MulticastTest::isRouted);
            part.run();
        });
    }

    private static boolean isRouted() throws IOException {
        try (Peer ip = Peers.start("ip", "-6", "route", "show", "table", "local", "dev", "net0")) {
            return ip.readLines().stream().anyMatch(route -> route.startsWith("multicast ff00::/8"));
        }
    }

    private static MulticastGroup onLoopback(boolean byAddress) {
        MulticastGroup group = MulticastGroup.of(GROUP4);
        return byAddress ? group.onAddress("127.0.0.1") : group.onIndex(1);
    }

    private Socket receiver4() throws IOException {
        Socket receiver = receiver(SockaddrIn.of(GROUP4, 0));
        Multicast.join(witnesses.get(receiver), onLoopback(true));
        return receiver;
    }

    private Socket receiver6(int index) throws IOException {
        Socket receiver = receiver(SockaddrIn6.of(GROUP6, 0));
        Multicast.join(witnesses.get(receiver), MulticastGroup.of(GROUP6).onIndex(index));
        return receiver;
    }

    private Socket receiver(Sockaddr group) throws IOException {
        Socket receiver = member(group);
        witnesses.put(receiver, member(receiver.getSockName()));
        return receiver;
    }

    private Socket member(Sockaddr group) throws IOException {
        Socket member = scope.socket(group.family(), SOCK_DGRAM);
        boolean six = group.family() == AF_INET6;
        member.setSockOpt(six ? Ipv6Options.IPV6_MULTICAST_ALL : IpOptions.IP_MULTICAST_ALL, false);
        member.setSockOpt(SocketOptions.SO_REUSEADDR, true);
        member.setTimeout(Duration.ofSeconds(20));
        member.bind(group);
        return member;
    }

    private Socket sender4(String address) throws IOException {
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        sender.setTimeout(Duration.ofSeconds(20));
        sender.setSockOpt(IpOptions.IP_MULTICAST_IF, MulticastInterface.ofAddress("127.0.0.1"));
        sender.bind(SockaddrIn.of(address, 0));
        return sender;
    }

    private Socket sender6(String address, int index) throws IOException {
        Socket sender = scope.socket(AF_INET6, SOCK_DGRAM);
        sender.setTimeout(Duration.ofSeconds(20));
        sender.setSockOpt(Ipv6Options.IPV6_MULTICAST_IF, index);
        sender.bind(SockaddrIn6.of(address, 0));
        return sender;
    }

    private void assertHeard(Socket receiver, Socket sender) throws IOException {
        byte[] text = sendTo(receiver, sender);
        Received received = receiver.recvFrom(100);
        assertThat(received.data()).isEqualTo(text);
        assertThat(received.address()).isEqualTo(sender.getSockName());
    }

    private void assertUnheard(Socket receiver, Socket sender) throws IOException {
        sendTo(receiver, sender);
        assertThrowsExactly(WouldBlockException.class, () -> receiver.recv(100, Constants.MSG_DONTWAIT));
    }

    /** Sends to the receiver's group, and waits until the witness has it, to which the kernel gives it last. */
    private byte[] sendTo(Socket receiver, Socket sender) throws IOException {
        byte[] text = Bytes.of("number " + System.nanoTime());
        sender.sendTo(text, receiver.getSockName());
        assertThat(witnesses.get(receiver).recv(100)).isEqualTo(text);
        return text;
    }

    private static List<Inet4Address> addresses(int... last) {
        return IntStream.of(last)
                .mapToObj(number -> (Inet4Address) InetAddress.ofLiteral("127.0.0." + number))
                .toList();
    }
}
