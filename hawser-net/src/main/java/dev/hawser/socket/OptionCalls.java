package dev.hawser.socket;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** getsockopt(2) and setsockopt(2), typed and raw. */
final class OptionCalls {

    /** The most bytes of an option's value. */
    static final int MAX_BYTES = 64 * 1024;

    /** Room for all but the longest answers. */
    private static final int FIRST_ROOM = 1024;

    private static final int FILTER_BYTES = Abi.value("sizeof(struct sock_filter)");

    private OptionCalls() {}

    /** One getsockopt: what the kernel returned, and the length that it left. */
    @SuppressWarnings("ArrayRecordComponent") // private, and never compared
    private record Answer(long result, byte[] bytes, long length) {

        boolean wantsMoreRoom() {
            return length > bytes.length;
        }

        byte[] written() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, (int) Math.min(length, bytes.length));
        }
    }

    static <T> T get(SocketState socket, SocketOption<T> option) throws IOException {
        OptionCodec.Decoder<T> decoder = option.decoder();
        // One byte more than the longest answer, to see one that is longer.
        byte[] bytes = readAll(socket, option, option.maxBytes() + 1);
        if (bytes.length < option.minBytes() || bytes.length > option.maxBytes()) {
            String wanted = option.minBytes() == option.maxBytes() ? "" : option.minBytes() + " to ";
            throw Errors.ofAnswer(
                    socket.attempt("getSockOpt", "getsockopt"),
                    "the kernel's value of option " + option + " has " + bytes.length
                            + (bytes.length > option.maxBytes() ? " or more" : "") + " bytes, not " + wanted
                            + option.maxBytes());
        }
        return decoder.decode(bytes, socket.calls());
    }

    private static byte[] readAll(SocketState socket, SocketOption<?> option, int mostRoom) throws IOException {
        boolean inBytes = unit(option.level(), option.option()) == 1;
        int room = inBytes ? Math.min(mostRoom, FIRST_ROOM) : mostRoom;
        for (; ; ) {
            Answer answer = ask(socket, option.level(), option.option(), new byte[room]);
            if (answer.result() == -Errno.EINVAL && room == option.maxBytes() + 1) {
                // SO_NETNS_COOKIE, and some that few know, refuse any room but the very size.
                answer = ask(socket, option.level(), option.option(), new byte[option.maxBytes()]);
            }
            // Some options report the room they need, with success or with an error; others cut the answer off.
            boolean mayHaveMore = answer.wantsMoreRoom() || (answer.result() >= 0 && answer.length() == room);
            if (!mayHaveMore || room == mostRoom) {
                return check(socket, answer, option.name()).written();
            }
            room = (int) Math.min(mostRoom, Math.max(answer.length(), 2L * room));
        }
    }

    static int getInt(SocketState socket, int level, int option) throws IOException {
        byte[] bytes = get(socket, level, option, Integer.BYTES);
        ByteBuffer value = CBytes.of(bytes);
        return switch (bytes.length) {
            case 0 -> 0;
            case Byte.BYTES -> Byte.toUnsignedInt(value.get());
            case Short.BYTES -> Short.toUnsignedInt(value.getShort());
            case Integer.BYTES -> value.getInt();
            default ->
                throw Errors.ofAnswer(
                        socket.attempt("getSockOpt", "getsockopt"),
                        "the kernel's value of option " + number(level, option) + " has " + bytes.length
                                + " bytes: no int");
        };
    }

    static byte[] get(SocketState socket, int level, int option, int maxBytes) throws IOException {
        if (maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("room for an option is 1.." + MAX_BYTES + " bytes: " + maxBytes);
        }
        return exchange(socket, level, option, new byte[maxBytes]);
    }

    /** Reads one of the options whose value the kernel reads before it answers. */
    static byte[] exchange(SocketState socket, int level, int option, byte[] value) throws IOException {
        return check(socket, ask(socket, level, option, value), number(level, option))
                .written();
    }

    static <T> void set(SocketState socket, SocketOption<T> option, T value) throws IOException {
        try (Arena untilSet = Arena.ofConfined()) {
            MemorySegment bytes = MemorySegment.ofArray(option.encode(value, untilSet));
            set(socket, option.level(), option.option(), bytes, bytes.byteSize(), option.name());
        }
    }

    static void set(SocketState socket, int level, int option, byte[] value) throws IOException {
        set(socket, level, option, MemorySegment.ofArray(value), value.length, number(level, option));
    }

    static void setLength(SocketState socket, int level, int option, int length) throws IOException {
        if (length < 0) {
            throw new IllegalArgumentException("a length is 0 or more: " + length);
        }
        set(socket, level, option, MemorySegment.NULL, length, number(level, option));
    }

    private static Answer ask(SocketState socket, int level, int option, byte[] value) {
        int unit = unit(level, option);
        if (value.length < unit) {
            throw new IllegalArgumentException(
                    "option " + number(level, option) + " needs room for " + unit + " bytes: " + value.length);
        }
        int[] length = {value.length / unit};
        long result = socket.handle()
                .now(() -> socket.calls()
                        .getSockOpt(
                                socket.fd(),
                                level,
                                option,
                                MemorySegment.ofArray(value),
                                MemorySegment.ofArray(length)));
        return new Answer(result, value, (long) length[0] * unit);
    }

    /** What the kernel counts a length in: instructions for the filter, where bytes would overrun the array; else bytes. */
    private static int unit(int level, int option) {
        return level == Constants.SOL_SOCKET && option == Constants.SO_ATTACH_FILTER ? FILTER_BYTES : 1;
    }

    private static Answer check(SocketState socket, Answer answer, String name) throws IOException {
        if (answer.result() < 0) {
            throw Errors.of(
                    socket.attempt("getSockOpt", "getsockopt").about(" for option " + name), answer.result(), null);
        }
        return answer;
    }

    // The bytes outlive the call in the caller: what they point to does as well.
    private static void set(SocketState socket, int level, int option, MemorySegment value, long length, String name)
            throws IOException {
        socket.settingOption(level, option);
        long result =
                socket.handle().now(() -> socket.calls().setSockOpt(socket.fd(), level, option, value, (int) length));
        if (result < 0) {
            throw Errors.of(socket.attempt("setSockOpt", "setsockopt").about(" for option " + name), result, null);
        }
    }

    private static String number(int level, int option) {
        return option + " of level " + level;
    }
}
