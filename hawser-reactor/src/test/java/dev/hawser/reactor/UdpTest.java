package dev.hawser.reactor;

import static dev.hawser.reactor.RecordedDatagrams.bytes;
import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.GaiException;
import dev.hawser.socket.IpOptions;
import dev.hawser.socket.MulticastInterface;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams over UDP. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(60)
class UdpTest {

    private static final SockaddrIn LOOPBACK = SockaddrIn.of("127.0.0.1", 0);

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private RunningReactor running;

    @BeforeEach
    void run() throws IOException {
        running = RunningReactor.open(kind);
    }

    @AfterEach
    void end() throws Exception {
        running.close();
    }

    private DatagramTransport listen(Sockaddr address, DatagramProtocol protocol, DatagramOptions options)
            throws Exception {
        return running.call(() -> running.reactor().listenUdp(address, protocol, options));
    }

    private DatagramTransport listen(DatagramProtocol protocol) throws Exception {
        return listen(LOOPBACK, protocol, DatagramOptions.DEFAULT);
    }

    private static int port(DatagramTransport transport) {
        return transport.getHost() instanceof SockaddrIn6 six ? six.port() : ((SockaddrIn) transport.getHost()).port();
    }

    private static Socket client() throws IOException {
        Socket client = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM);
        client.bind(LOOPBACK);
        return client;
    }

    private void write(DatagramTransport transport, String text, Sockaddr to) throws Exception {
        running.run(() -> transport.write(bytes(text), to));
    }

    @Test
    void aDatagramIsReceivedWithItsSenderAndAnswered() throws Exception {
        RecordedDatagrams echo = RecordedDatagrams.echo();
        DatagramTransport server = listen(echo);
        try (Socket client = client()) {
            client.sendTo("hello".getBytes(UTF_8), server.getHost());
            assertThat(client.recvFrom(100).address()).isEqualTo(server.getHost());
            assertThat(echo.next(1)).containsExactly("(start)");
            assertThat(echo.next()).isEqualTo(new RecordedDatagrams.Event("hello", client.getSockName()));
        }
    }

    @Test
    void anEmptyDatagramIsToldAndALongOneIsCut() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport server = listen(LOOPBACK, protocol, DatagramOptions.DEFAULT.withMaxPacketSize(4));
        RecordedDatagrams longer = new RecordedDatagrams();
        DatagramTransport other = listen(LOOPBACK, longer, DatagramOptions.DEFAULT.withMaxPacketSize(5));
        try (Socket client = client()) {
            client.sendTo(new byte[0], server.getHost());
            client.sendTo("123456".getBytes(UTF_8), server.getHost());
            client.sendTo("123456".getBytes(UTF_8), other.getHost());
            assertThat(protocol.next(3)).containsExactly("(start)", "", "1234");
            assertThat(longer.next(2)).containsExactly("(start)", "12345");
        }
    }

    @Test
    void oneSocketThatIsFloodedLeavesTheOthersTheirTurn() throws Exception {
        List<Integer> before = new ArrayList<>();
        CompletableFuture<Integer> turn = new CompletableFuture<>();
        RecordedDatagrams flooded = new RecordedDatagrams((transport, data, sender) -> {
            if (before.isEmpty()) {
                transport.reactor().callFromThread(() -> turn.complete(before.size()));
            }
            before.add(1);
        });
        DatagramTransport server = listen(flooded);
        try (Socket client = client()) {
            running.run(() -> {
                for (int i = 0; i < 100; i++) {
                    client.sendTo(("datagram " + i).getBytes(UTF_8), server.getHost());
                }
            });
            assertThat(RunningReactor.await(turn, "the turn")).isLessThanOrEqualTo(16);
            assertThat(flooded.next(101).subList(1, 101))
                    .isEqualTo(IntStream.range(0, 100)
                            .mapToObj(i -> "datagram " + i)
                            .toList());
        }
    }

    @Test
    void aHandlerThatThrowsIsReportedAndTheSocketLivesOn() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams((transport, data, sender) -> {
            if (data.length == 3) {
                throw new IllegalStateException("on purpose");
            }
        });
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Socket client = client()) {
            DatagramTransport server = listen(protocol);
            client.sendTo("bad".getBytes(UTF_8), server.getHost());
            client.sendTo("good".getBytes(UTF_8), server.getHost());
            assertThat(protocol.next(3)).containsExactly("(start)", "bad", "good");
            assertThat(log.errors())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(
                            "RecordedDatagrams.datagramReceived has thrown",
                            server.getHost().toString());
        }
    }

    @Test
    void aConnectedSocketIsToldWhenNobodyIsThere() throws Exception {
        Sockaddr nobody;
        try (Socket gone = client()) {
            nobody = gone.getSockName();
        }
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport transport = listen(protocol);
        running.run(() -> {
            transport.connect(nobody);
            transport.write(bytes("anybody?"));
        });
        assertThat(protocol.next(2)).containsExactly("(start)", "(refused)");
        try (Socket there = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            there.bind(nobody);
            running.run(() -> transport.write(bytes("again")));
            assertThat(there.recv(100)).asString().isEqualTo("again");
        }
    }

    @Test
    void theRefusalOfOneDatagramIsNotTheEndOfTheNext() throws Exception {
        try (Faults faults = Faults.install();
                Socket client = client()) {
            RecordedDatagrams protocol = new RecordedDatagrams();
            DatagramTransport transport = listen(protocol);
            faults.on("send").onCall(1).fail(Errno.ECONNREFUSED);
            running.run(() -> {
                transport.connect(client.getSockName());
                transport.write(bytes("is sent"));
            });
            assertThat(client.recv(100)).asString().isEqualTo("is sent");
            assertThat(protocol.next(2)).containsExactly("(start)", "(refused)");
        }
    }

    @Test
    void sendingRespectsFlowControl() throws Exception {
        try (Faults faults = Faults.install();
                Socket client = client()) {
            DatagramTransport transport =
                    listen(LOOPBACK, new RecordedDatagrams(), DatagramOptions.DEFAULT.withMaxQueuedDatagrams(3));
            faults.on("sendTo").times(1).fail(Errno.EAGAIN);
            Deferred<Void> writable = running.call(() -> {
                assertThat(transport.isWritable()).isTrue();
                for (int i = 0; i < 5; i++) {
                    transport.write(bytes("datagram " + i), client.getSockName());
                }
                assertThat(transport.isWritable()).isFalse();
                assertThat(transport.queuedDatagrams()).isEqualTo(3);
                assertThat(transport.droppedDatagrams()).isEqualTo(2);
                return transport.whenWritable();
            });
            RunningReactor.await(writable.toCompletableFuture(), "the queue");
            assertThat(transport.isWritable()).isTrue();
            assertThat(IntStream.range(0, 3).mapToObj(i -> received(client)))
                    .containsExactly("datagram 0", "datagram 1", "datagram 2");
        }
    }

    private static String received(Socket socket) {
        try {
            return new String(socket.recv(100), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aShortageOfBuffersDelaysADatagram() throws Exception {
        try (Faults faults = Faults.install();
                Socket client = client()) {
            DatagramTransport transport = listen(new RecordedDatagrams());
            faults.on("sendTo").times(4).fail(Errno.ENOBUFS);
            write(transport, "late", client.getSockName());
            assertThat(received(client)).isEqualTo("late");
            assertThat(faults.count("sendTo")).isEqualTo(4);
        }
    }

    @Test
    void aShortageWhileReceivingIsReportedAndWaitedOut() throws Exception {
        try (Faults faults = Faults.install();
                CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Socket client = client()) {
            RecordedDatagrams protocol = new RecordedDatagrams();
            DatagramTransport transport = listen(protocol);
            faults.on("recvMmsg").times(1).fail(Errno.ENOMEM);
            client.sendTo("patience".getBytes(UTF_8), transport.getHost());
            assertThat(protocol.next(2)).containsExactly("(start)", "patience");
            assertThat(log.messages())
                    .filteredOn(each -> each.contains("cannot receive"))
                    .hasSize(1);
        }
    }

    @Test
    void whatTheKernelRefusesIsThrownAtTheCall() throws Exception {
        try (Socket client = client()) {
            DatagramTransport transport = listen(new RecordedDatagrams());
            ByteBuffer tooLong = ByteBuffer.allocate(70_000);
            assertRefused(() -> transport.write(tooLong, client.getSockName()), Errno.EMSGSIZE);
            assertThat(tooLong.remaining()).isEqualTo(70_000);
            assertRefused(() -> transport.write(bytes("x")), Errno.EDESTADDRREQ);
            SockaddrIn broadcast = SockaddrIn.of("127.255.255.255", ((SockaddrIn) client.getSockName()).port());
            assertRefused(() -> transport.write(bytes("x"), broadcast), Errno.EACCES);
        }
    }

    private void assertRefused(RunningReactor.Action action, int errno) {
        assertThatThrownBy(() -> running.run(action))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(((SocketError) e).errno()).isEqualTo(errno));
    }

    @Test
    void aBroadcastIsSentWhereTheOptionIsSet() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport receiver = listen(SockaddrIn.of("127.255.255.255", 0), protocol, DatagramOptions.DEFAULT);
        DatagramTransport sender = listen(new RecordedDatagrams());
        running.run(() -> sender.setSockOpt(SocketOptions.SO_BROADCAST, true));
        write(sender, "to all", receiver.getHost());
        assertThat(protocol.next(2)).containsExactly("(start)", "to all");
    }

    @Test
    void theWildcardOfIpv6ReceivesFromIpv4AsWell() throws Exception {
        RecordedDatagrams echo = RecordedDatagrams.echo();
        DatagramTransport server = listen(SockaddrIn6.of("::", 0), echo, DatagramOptions.DEFAULT);
        try (Socket four = client();
                Socket six = new Socket(Constants.AF_INET6, Constants.SOCK_DGRAM)) {
            four.sendTo("four".getBytes(UTF_8), SockaddrIn.of("127.0.0.1", port(server)));
            assertThat(received(four)).isEqualTo("four");
            six.sendTo("six".getBytes(UTF_8), SockaddrIn6.of("::1", port(server)));
            assertThat(received(six)).isEqualTo("six");
            write(server, "by its own form", four.getSockName());
            assertThat(received(four)).isEqualTo("by its own form");
        }
    }

    @Test
    void aGroupIsJoinedAndLeft() throws Exception {
        SockaddrIn group = SockaddrIn.of("239.1.2.3", 0);
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport receiver = listen(group, protocol, DatagramOptions.DEFAULT.withReuseAddress());
        RecordedDatagrams second = new RecordedDatagrams();
        DatagramTransport other = listen(receiver.getHost(), second, DatagramOptions.DEFAULT.withReuseAddress());
        DatagramTransport sender = listen(new RecordedDatagrams());
        running.run(() -> {
            receiver.joinGroup(group, "lo");
            other.joinGroup(group, "lo", LOOPBACK);
            sender.setSockOpt(IpOptions.IP_MULTICAST_TTL, 0);
            sender.setSockOpt(IpOptions.IP_MULTICAST_LOOP, true);
            sender.setSockOpt(IpOptions.IP_MULTICAST_IF, MulticastInterface.ofAddress("127.0.0.1"));
        });
        write(sender, "to the group", receiver.getHost());
        assertThat(protocol.next(2)).containsExactly("(start)", "to the group");
        assertThat(second.next(2)).containsExactly("(start)", "to the group");
        running.run(() -> {
            receiver.leaveGroup(group, "lo");
            other.leaveGroup(group, "lo", LOOPBACK);
        });
        assertRefused(() -> receiver.leaveGroup(group, "lo"), Errno.EADDRNOTAVAIL);
        assertRefused(() -> receiver.joinGroup(group, "no such interface"), Errno.ENODEV);
    }

    @Test
    void aGroupOfIpv6IsJoinedAndLeft() throws Exception {
        DatagramTransport receiver = listen(SockaddrIn6.of("::", 0), new RecordedDatagrams(), DatagramOptions.DEFAULT);
        SockaddrIn6 group = SockaddrIn6.of("ff01::4857", 0);
        running.run(() -> {
            receiver.joinGroup(group, "lo");
            receiver.leaveGroup(group, "lo");
        });
        assertRefused(() -> receiver.leaveGroup(group, "lo"), Errno.EADDRNOTAVAIL);
    }

    @Test
    void stopListeningFiresWhenTheSocketIsClosed() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport transport = listen(protocol);
        Deferred<Void> first = running.call(transport::stopListening);
        Deferred<Void> second = running.call(transport::stopListening);
        RunningReactor.await(first.toCompletableFuture(), "the end");
        RunningReactor.await(second.toCompletableFuture(), "the end");
        assertThat(protocol.rest()).containsExactly("(start)", "(stop)");
        assertThat(transport.isWritable()).isFalse();
        try (Socket same = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            same.bind(transport.getHost());
            assertThatThrownBy(() -> write(transport, "too late", same.getSockName()))
                    .isInstanceOf(SocketClosedException.class);
        }
        running.reactor().close();
        assertThat(protocol.rest()).isEmpty();
    }

    @Test
    void whatWasKeptIsSentBeforeTheSocketCloses() throws Exception {
        try (Faults faults = Faults.install();
                Socket client = client()) {
            RecordedDatagrams protocol = new RecordedDatagrams();
            DatagramTransport transport = listen(protocol);
            faults.on("sendTo").times(2).fail(Errno.EAGAIN);
            Deferred<Void> end = running.call(() -> {
                transport.write(bytes("last words"), client.getSockName());
                return transport.stopListening();
            });
            assertThat(received(client)).isEqualTo("last words");
            RunningReactor.await(end.toCompletableFuture(), "the end");
            assertThat(transport.droppedDatagrams()).isZero();
        }
    }

    @Test
    void aSocketIsClosedInItsOwnHandler() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams((transport, data, sender) -> transport.stopListening());
        DatagramTransport transport = listen(protocol);
        try (Socket client = client()) {
            running.run(() -> {
                client.sendTo("one".getBytes(UTF_8), transport.getHost());
                client.sendTo("two".getBytes(UTF_8), transport.getHost());
            });
        }
        assertThat(protocol.next(3)).containsExactly("(start)", "one", "(stop)");
    }

    @Test
    void whatStopProtocolWritesIsRefusedAndReportedOnce() throws Exception {
        DatagramProtocol last = new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {}

            @Override
            public void stopProtocol() {
                try {
                    transport()
                            .write(
                                    RecordedDatagrams.bytes("good bye"),
                                    transport().getHost());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            DatagramTransport transport = running.call(
                    () -> running.reactor().listenUdp(SockaddrIn.of("127.0.0.1", 0), last, DatagramOptions.DEFAULT));
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            running.run(() -> transport.stopListening().addBoth(outcome -> stopped.complete(null)));
            RunningReactor.await(stopped, "the end");
            assertThat(log.errors()).singleElement().asString().contains("stopProtocol has thrown", "is closed");
        }
    }

    @Test
    void aReactorThatIsClosedClosesItsSockets() throws Exception {
        try (Faults faults = Faults.install();
                Socket client = client()) {
            RecordedDatagrams protocol = new RecordedDatagrams();
            DatagramTransport transport = listen(protocol);
            faults.on("sendTo").fail(Errno.ENOBUFS);
            CompletableFuture<Void> writable = running.call(() -> {
                transport.write(bytes("never sent"), client.getSockName());
                return transport.whenWritable().toCompletableFuture();
            });
            running.close();
            assertThat(protocol.rest()).containsExactly("(start)", "(stop)");
            assertThat(transport.droppedDatagrams()).isOne();
            assertThatThrownBy(() -> RunningReactor.await(writable, "the queue"))
                    .isInstanceOf(ConnectionLost.class);
        }
    }

    @Test
    void anotherThreadIsRefused() throws Exception {
        DatagramTransport transport = listen(new RecordedDatagrams());
        assertThatThrownBy(() -> transport.write(bytes("x"), transport.getHost()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("callFromThread");
        assertThatThrownBy(transport::stopListening).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> listen(SockaddrUn.ofAbstract("x"), new RecordedDatagrams(), DatagramOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listenUnixDatagram");
    }

    @Test
    void aPortThatIsTakenIsRefused() throws Exception {
        DatagramTransport first = listen(new RecordedDatagrams());
        assertThatThrownBy(() -> listen(first.getHost(), new RecordedDatagrams(), DatagramOptions.DEFAULT))
                .isInstanceOf(BindException.class);
    }

    @Test
    void aProtocolIsConnectedToAHost() throws Exception {
        RecordedDatagrams echo = RecordedDatagrams.echo();
        DatagramTransport server = listen(echo);
        RecordedDatagrams client = new RecordedDatagrams();
        running.run(() -> running.reactor().connectUdp("127.0.0.1", port(server), client, DatagramOptions.DEFAULT));
        assertThat(client.next().what()).isEqualTo("(start)");
        running.run(() -> client.transport().write(bytes("question")));
        assertThat(client.next()).isEqualTo(new RecordedDatagrams.Event("question", server.getHost()));
    }

    @Test
    void aHostThatIsNotKnownIsToldToTheProtocol() throws Exception {
        try (Faults faults = Faults.install()) {
            faults.on("getAddrInfo").fail(Constants.EAI_NONAME);
            RecordedDatagrams client = new RecordedDatagrams();
            running.run(() -> running.reactor().connectUdp("nowhere.invalid", 9, client, DatagramOptions.DEFAULT));
            assertThat(client.next().what()).contains("(failed) " + GaiException.class.getName(), "EAI_NONAME");
        }
    }

    @Test
    @RequiresProgram("python3")
    void cPythonIsAnswered() throws Exception {
        DatagramTransport server = listen(RecordedDatagrams.echo());
        try (Peer python = Peers.python("""
                import socket, sys
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.settimeout(10)
                s.sendto(b'from python', ('127.0.0.1', int(sys.argv[1])))
                print(s.recv(100).decode())
                s.sendto(b'', ('127.0.0.1', int(sys.argv[1])))
                print(len(s.recv(100)))
                """, String.valueOf(port(server)))) {
            assertThat(python.readLine()).isEqualTo("from python");
            assertThat(python.readLine()).isEqualTo("0");
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatIsAnswered() throws Exception {
        DatagramTransport server = listen(RecordedDatagrams.echo());
        try (Peer socat = Peers.start("socat", "-t5", "STDIO", "UDP:127.0.0.1:" + port(server))) {
            socat.writeLine("from socat");
            assertThat(socat.readLine()).isEqualTo("from socat");
        }
    }

    @Test
    @RequiresProgram("python3")
    void twistedAnswersAndIsAnswered() throws Exception {
        Peers.requirePythonModule("twisted");
        DatagramTransport server = listen(RecordedDatagrams.echo());
        try (Peer twisted = Peers.python("""
                import sys
                from twisted.internet import reactor
                from twisted.internet.protocol import DatagramProtocol
                class Both(DatagramProtocol):
                    def startProtocol(self):
                        print(self.transport.getHost().port)
                        self.transport.write(b'from twisted', ('127.0.0.1', int(sys.argv[1])))
                    def datagramReceived(self, data, address):
                        print(data.decode())
                        if data != b'from twisted':
                            self.transport.write(data.upper(), address)
                reactor.listenUDP(0, Both(), interface='127.0.0.1')
                reactor.run()
                """, String.valueOf(port(server)))) {
            int port = Integer.parseInt(twisted.readLine());
            assertThat(twisted.readLine()).isEqualTo("from twisted");
            RecordedDatagrams client = new RecordedDatagrams();
            running.run(() -> running.reactor().connectUdp("127.0.0.1", port, client, DatagramOptions.DEFAULT));
            assertThat(client.next().what()).isEqualTo("(start)");
            running.run(() -> client.transport().write(bytes("from hawser")));
            assertThat(client.next().what()).isEqualTo("FROM HAWSER");
        }
    }

    @Test
    void aThousandDatagramsComeAndGo() throws Exception {
        RecordedDatagrams server = RecordedDatagrams.echo();
        DatagramTransport transport = listen(server);
        RecordedDatagrams client = new RecordedDatagrams((own, data, sender) -> {
            int number = Integer.parseInt(new String(data, UTF_8));
            if (number < 1000) {
                own.write(bytes(String.valueOf(number + 1)));
            }
        });
        running.run(() -> running.reactor().connectUdp("127.0.0.1", port(transport), client, DatagramOptions.DEFAULT));
        assertThat(client.next().what()).isEqualTo("(start)");
        running.run(() -> client.transport().write(bytes("1")));
        assertThat(client.next(1000)).endsWith("1000");
        eventually().untilAsserted(() -> assertThat(server.rest()).hasSize(1001));
    }
}
