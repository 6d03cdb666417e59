package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNSPEC;
import static dev.hawser.socket.Constants.IPPROTO_ICMP;
import static dev.hawser.socket.Constants.IPPROTO_ICMPV6;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;

import dev.hawser.socket.AddrInfo;
import dev.hawser.socket.AddrInfoHints;
import dev.hawser.socket.Errno;
import dev.hawser.socket.NameService;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.TimedOutException;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks a host for an echo, as ping(8) does: over a datagram socket of ICMP, for which the group of the process must be in
 * {@code net.ipv4.ping_group_range}, else over a raw socket, which takes root or CAP_NET_RAW.
 *
 * <p>An echo request (RFC 792, RFC 4443) is a type, a code, a checksum, an identifier, a sequence number, and any data. On a
 * datagram socket the kernel fills in identifier and checksum, and delivers the answers to this socket alone; on a raw one
 * all that is the program's, and it sees the answers to others too.
 */
public final class Ping implements Closeable {

    private static final int HEADER_BYTES = 8;
    private static final int DATA_BYTES = 56; // what ping sends
    private static final int MAX_IPV4_HEADER_BYTES = 60;

    private final boolean ipv4;
    private final Sockaddr address;
    private final Socket socket;
    private final boolean raw;
    private final short identifier = (short) ThreadLocalRandom.current().nextInt();

    /** Looks the host up and opens a socket; nothing is sent yet. */
    public Ping(String host) throws IOException {
        AddrInfo target = NameService.getAddrInfo(host, 0, AddrInfoHints.of(AF_UNSPEC, SOCK_DGRAM))
                .getFirst();
        ipv4 = target.family() == AF_INET;
        address = target.address();
        socket = open(target.family(), ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
        raw = socket.type() == SOCK_RAW;
        socket.connect(address); // only its answers come, and what a router says of it is an exception
    }

    private static Socket open(int family, int protocol) throws IOException {
        try {
            return new Socket(family, SOCK_DGRAM, protocol);
        } catch (IOException e) {
            requireNotPermitted(e);
        }
        try {
            return new Socket(family, SOCK_RAW, protocol);
        } catch (IOException e) {
            requireNotPermitted(e);
            throw new IOException(
                    "not permitted to ping: run it as root or with CAP_NET_RAW, or let its group do it with"
                            + " sysctl -w net.ipv4.ping_group_range='0 2147483647'",
                    e);
        }
    }

    private static void requireNotPermitted(IOException e) throws IOException {
        int errno = e instanceof SocketError error ? error.errno() : 0;
        if (errno != Errno.EACCES && errno != Errno.EPERM) {
            throw e;
        }
    }

    /** Pings the host that the first argument names, as often as the second says: 4 times where there is none. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            System.err.println("which host? Ping HOST [COUNT]");
            System.exit(2);
        }
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        boolean answered;
        try (Ping ping = new Ping(args[0])) {
            answered = ping.run(args[0], count, Duration.ofSeconds(1), System.out);
        }
        System.exit(answered ? 0 : 1);
    }

    /**
     * Sends so many requests, one each interval, and prints how long each answer took.
     *
     * @return whether any was answered
     */
    public boolean run(String host, int count, Duration interval, PrintStream out)
            throws IOException, InterruptedException {
        if (count < 1) {
            throw new IllegalArgumentException("a host is asked once or more often, not " + count + " times");
        }
        out.println("PING " + host + " (" + numeric() + "): " + DATA_BYTES + " data bytes");
        List<Duration> times = new ArrayList<>();
        for (int sequence = 1; sequence <= count; sequence++) {
            long begin = System.nanoTime();
            try {
                Duration time = ask((short) sequence, interval);
                times.add(time);
                out.println(HEADER_BYTES + DATA_BYTES + " bytes from " + numeric() + ": icmp_seq=" + sequence + " time="
                        + millis(time) + " ms");
            } catch (TimedOutException e) {
                out.println("no answer: icmp_seq=" + sequence);
            }
            long left = interval.toNanos() - (System.nanoTime() - begin);
            if (sequence < count && left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
        }
        summarize(host, count, times, out);
        return !times.isEmpty();
    }

    private static void summarize(String host, int count, List<Duration> times, PrintStream out) {
        int lost = 100 * (count - times.size()) / count;
        out.println("--- " + host + " ping statistics ---");
        out.println(count + " packets transmitted, " + times.size() + " received, " + lost + "% packet loss");
        times.stream().reduce(Duration::plus).ifPresent(sum -> {
            Duration min = times.stream().min(Duration::compareTo).orElseThrow();
            Duration max = times.stream().max(Duration::compareTo).orElseThrow();
            out.println("rtt min/avg/max = " + millis(min) + "/" + millis(sum.dividedBy(times.size())) + "/"
                    + millis(max) + " ms");
        });
    }

    /** One request and its answer: how long it took. */
    public Duration ask(short sequence, Duration timeout) throws IOException {
        byte[] request = request(sequence);
        byte[] answer = new byte[MAX_IPV4_HEADER_BYTES + request.length];
        long begin = System.nanoTime();
        long deadline = begin + timeout.toNanos();
        socket.setTimeout(timeout);
        socket.send(request);
        while (true) {
            int length = socket.recvInto(answer);
            long now = System.nanoTime();
            if (isAnswer(ByteBuffer.wrap(answer, 0, length), sequence)) {
                return Duration.ofNanos(now - begin);
            }
            // Something else: a late answer, or what a raw socket sees besides. The time that is left is less.
            socket.setTimeout(Duration.ofNanos(Math.max(1, deadline - now)));
        }
    }

    private byte[] request(short sequence) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + DATA_BYTES);
        packet.put((byte) (ipv4 ? 8 : 128)).put((byte) 0).putShort((short) 0); // type, code, room for the checksum
        packet.putShort(identifier).putShort(sequence);
        for (byte i = 0; packet.hasRemaining(); i++) {
            packet.put(i);
        }
        if (raw && ipv4) { // the kernel knows how to do it for IPv6, where the addresses count too
            packet.putShort(2, checksum(packet.flip()));
        }
        return packet.array();
    }

    /** RFC 1071: the complement of the sum of all 16-bit words, with the carries added at the other end. */
    static short checksum(ByteBuffer packet) {
        int sum = 0;
        while (packet.remaining() >= 2) {
            sum += packet.getShort() & 0xffff;
        }
        if (packet.hasRemaining()) {
            sum += (packet.get() & 0xff) << 8;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    private boolean isAnswer(ByteBuffer packet, short sequence) {
        if (raw && ipv4 && packet.hasRemaining()) {
            int headerBytes = 4 * (packet.get(0) & 0xf); // in front of the rest stands the header of IP
            packet.position(Math.min(headerBytes, packet.limit()));
        }
        if (packet.remaining() < HEADER_BYTES) {
            return false;
        }
        int start = packet.position();
        return packet.get(start) == (byte) (ipv4 ? 0 : 129)
                && (!raw || packet.getShort(start + 4) == identifier)
                && packet.getShort(start + 6) == sequence;
    }

    private String numeric() {
        return switch (address) {
            case SockaddrIn in -> in.toString().substring(0, in.toString().lastIndexOf(':'));
            case SockaddrIn6 in6 -> in6.toString().substring(1, in6.toString().lastIndexOf(']'));
            default -> address.toString();
        };
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e6);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
