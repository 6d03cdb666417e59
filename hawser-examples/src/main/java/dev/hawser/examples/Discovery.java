package dev.hawser.examples;

import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Interfaces;
import dev.hawser.socket.IpOptions;
import dev.hawser.socket.Ipv6Options;
import dev.hawser.socket.Multicast;
import dev.hawser.socket.MulticastGroup;
import dev.hawser.socket.MulticastInterface;
import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.TimedOutException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds services on the local network without knowing any address: whoever looks for one asks a multicast group, and
 * whoever offers it answers the asker alone. A question reads {@code hawser? NAME}, an answer {@code hawser! NAME PORT};
 * the address is where the answer comes from.
 *
 * <p>Anybody can send to the group, and anybody can answer. What is no question or no answer is passed over; whether the
 * service found is the right one has to show when it is used.
 */
public final class Discovery implements Closeable {

    /** Of the range that every site has for its own use, RFC 2365; and of the scope of one link, RFC 4291. */
    static final MulticastGroup GROUP4 = MulticastGroup.of("239.255.72.87");

    static final MulticastGroup GROUP6 = MulticastGroup.of("ff02::4857");

    /** Where nobody names another. */
    public static final int PORT = 7287;

    private static final int MAX_BYTES = 512;
    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
    private static final Pattern ANSWER = Pattern.compile("hawser! (" + NAME + ") ([0-9]{1,5})");

    private final Socket socket;
    private final String name;
    private final int servicePort;

    /**
     * Offers a service from now on; {@link #answer} answers.
     *
     * @param name letters, digits, and {@code _ . -}
     * @param servicePort its port
     * @param where the group's address, with the port at which it is asked, and for IPv6 the interface
     * @param interfaceIndex the interface to listen on
     */
    public Discovery(String name, int servicePort, Sockaddr where, int interfaceIndex) throws IOException {
        this.name = requireName(name);
        this.servicePort = servicePort;
        this.socket = new Socket(where.family(), SOCK_DGRAM);
        try {
            socket.setSockOpt(SocketOptions.SO_REUSEADDR, true); // several programs of a machine may offer something
            socket.bind(where); // to the group's own address: nothing that is sent to this machine alone comes in
            Multicast.join(socket, (where instanceof SockaddrIn6 ? GROUP6 : GROUP4).onIndex(interfaceIndex));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** {@code offer NAME PORT INTERFACE}, or {@code find NAME INTERFACE}. */
    public static void main(String[] args) throws IOException {
        boolean offers = args.length == 4 && args[0].equals("offer");
        if (!offers && !(args.length == 3 && args[0].equals("find"))) {
            throw new IllegalArgumentException("usage: Discovery offer NAME PORT INTERFACE | find NAME INTERFACE");
        }
        int index = Interfaces.ifNameToIndex(args[args.length - 1]);
        for (Sockaddr where : new Sockaddr[] {group4(PORT), group6(PORT, index)}) {
            if (offers) {
                Discovery offered = new Discovery(args[1], Integer.parseInt(args[2]), where, index);
                Thread.ofPlatform().start(offered::answer);
                System.out.println("offers " + args[1] + " at " + where);
            } else {
                find(args[1], where, index, Duration.ofSeconds(1)).forEach(System.out::println);
            }
        }
    }

    /** The IPv4 group. */
    public static Sockaddr group4(int port) {
        return SockaddrIn.of(GROUP4.group().getHostAddress(), port);
    }

    /** The IPv6 group, on one of the links that this machine is on. */
    public static Sockaddr group6(int port, int interfaceIndex) {
        return SockaddrIn6.of(GROUP6.group().getHostAddress() + "%" + interfaceIndex, port);
    }

    /** Where questions are answered. */
    public Sockaddr address() throws IOException {
        return socket.getSockName();
    }

    /** Answers the questions for this service until {@link #close}. */
    public void answer() {
        byte[] question = ("hawser? " + name).getBytes(UTF_8);
        byte[] answer = ("hawser! " + name + " " + servicePort).getBytes(UTF_8);
        while (!socket.isClosed()) {
            try {
                Received received = socket.recvFrom(MAX_BYTES);
                if (Arrays.equals(received.data(), question)) {
                    socket.sendTo(answer, sender(received));
                }
            } catch (SocketClosedException e) {
                return;
            } catch (IOException e) {
                System.err.println(e.getMessage()); // an asker that cannot be reached is none of the others' business
            }
        }
    }

    /** Asks, and collects what answers for as long as it is given. */
    public static Set<Sockaddr> find(String name, Sockaddr where, int interfaceIndex, Duration time)
            throws IOException {
        Set<Sockaddr> found = new LinkedHashSet<>();
        long deadline = System.nanoTime() + time.toNanos();
        try (Socket socket = new Socket(where.family(), SOCK_DGRAM)) {
            if (where instanceof SockaddrIn6) {
                socket.setSockOpt(Ipv6Options.IPV6_MULTICAST_IF, interfaceIndex);
            } else {
                socket.setSockOpt(IpOptions.IP_MULTICAST_IF, MulticastInterface.ofIndex(interfaceIndex));
            }
            socket.sendTo(("hawser? " + requireName(name)).getBytes(UTF_8), where);
            for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                socket.setTimeout(Duration.ofNanos(left));
                Received received = socket.recvFrom(MAX_BYTES);
                Matcher answer = ANSWER.matcher(new String(received.data(), UTF_8));
                if (answer.matches() && answer.group(1).equals(name) && Integer.parseInt(answer.group(2)) <= 65_535) {
                    found.add(withPort(sender(received), Integer.parseInt(answer.group(2))));
                }
            }
        } catch (TimedOutException e) {
            // Those who have not answered by now will not.
        }
        return found;
    }

    private static Sockaddr sender(Received received) {
        return Objects.requireNonNull(received.address(), "a datagram of UDP has a sender");
    }

    private static Sockaddr withPort(Sockaddr address, int port) {
        return switch (address) {
            case SockaddrIn in -> new SockaddrIn(in.address(), port);
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), port, in6.flowInfo(), in6.scopeId());
            default -> address;
        };
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a service's name has 1..64 letters, digits and _.- only: " + name);
        }
        return name;
    }

    /** Ends {@link #answer}. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
