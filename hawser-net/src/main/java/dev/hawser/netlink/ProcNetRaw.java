package dev.hawser.netlink;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Raw sockets from /proc/net/raw and raw6, for the many kernels whose sock_diag does not know them. */
final class ProcNetRaw {

    private static final int HEX = 16;
    private static final int HEX_DIGITS_OF_WORD = 8;
    private static final int HEX_DIGITS_OF_IPV4 = 8;
    private static final int HEX_DIGITS_OF_IPV6 = 32;

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int UID = 7;
    private static final int INODE = 9;

    private static final Path IPV4 = Path.of("/proc/net/raw");
    private static final Path IPV6 = Path.of("/proc/net/raw6");

    private ProcNetRaw() {}

    static boolean isThere() {
        return Files.exists(IPV4);
    }

    static List<InetSocketEntry> read() throws IOException {
        List<InetSocketEntry> all = new ArrayList<>();
        for (Path file : List.of(IPV4, IPV6)) {
            if (Files.exists(file)) {
                all.addAll(parse(Files.readAllLines(file)));
            }
        }
        return all;
    }

    /** The first line has the names of the columns. */
    static List<InetSocketEntry> parse(List<String> lines) throws MalformedNetlinkException {
        List<InetSocketEntry> all = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.strip().split(" +");
            try {
                all.add(entry(fields));
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                MalformedNetlinkException malformed = new MalformedNetlinkException("/proc/net/raw: " + line);
                malformed.initCause(e);
                throw malformed;
            }
        }
        return all;
    }

    private static InetSocketEntry entry(String[] fields) {
        String[] queues = fields[QUEUES].split(":", 2);
        return new InetSocketEntry(
                Constants.IPPROTO_RAW,
                SocketState.of(Integer.parseInt(fields[STATE], HEX)),
                address(fields[LOCAL]),
                address(fields[REMOTE]),
                0,
                false,
                Long.parseLong(queues[1], HEX),
                Long.parseLong(queues[0], HEX),
                Long.parseLong(fields[UID]),
                Long.parseLong(fields[INODE]),
                new SocketTimer(SocketTimer.Kind.NONE, Duration.ZERO, 0));
    }

    /** Words of the machine's byte order in hexadecimal, a colon, the port: {@code 0100007F:0001}. */
    private static Sockaddr address(String text) {
        int colon = text.indexOf(':');
        int port = Integer.parseInt(text.substring(colon + 1), HEX);
        ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at < colon; at += HEX_DIGITS_OF_WORD) {
            bytes.putInt(Integer.parseUnsignedInt(text, at, at + HEX_DIGITS_OF_WORD, HEX));
        }
        bytes.flip().order(ByteOrder.BIG_ENDIAN);
        return switch (colon) {
            case HEX_DIGITS_OF_IPV4 -> new SockaddrIn(bytes.getInt(), port);
            case HEX_DIGITS_OF_IPV6 -> new SockaddrIn6(bytes.getLong(), bytes.getLong(), port, 0, 0);
            default -> throw new IllegalArgumentException("no address: " + text);
        };
    }
}
