package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Sockaddr;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a server and its worker say to each other: each message is one packet. A descriptor that belongs to it comes with it. */
sealed interface WorkerMessage {

    /** The longest packet of a worker: a failure, with texts that were cut to {@link #MAX_TEXT_BYTES}. */
    int MAX_ANSWER_BYTES = 32 * 1024;

    /** Of a text: a failure has two. */
    int MAX_TEXT_BYTES = 15 * 1024;

    /** The longest packet to a worker of a server of connections; for one of datagrams, the datagram comes on top. */
    int MAX_REQUEST_BYTES = 256;

    /**
     * The first message to a worker.
     *
     * @param datagrams whether the server's socket comes with this message; else a connection comes with each request
     * @param maxPacketSize the longest datagram
     */
    record Welcome(Sockaddr serverAddress, boolean datagrams, int maxPacketSize) implements WorkerMessage {}

    /**
     * A request to a worker.
     *
     * @param timeoutNanos of the connection; negative for none
     * @param data the datagram; empty where a connection comes with this message
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way to one reader
    record Request(Sockaddr clientAddress, long timeoutNanos, byte[] data) implements WorkerMessage {}

    /** Has a worker end when it has served what it was given. */
    record Retire() implements WorkerMessage {}

    /** A worker can take its first request. */
    record Ready() implements WorkerMessage {}

    /** A worker cannot take requests, and ends. */
    record Unfit(String message, String stackTrace) implements WorkerMessage {}

    /**
     * A worker has served a request.
     *
     * @param last whether it ends now, without being told to
     */
    record Done(boolean last) implements WorkerMessage {}

    /** A worker has served a request, and the handler has thrown something. */
    record Failed(boolean last, String message, String stackTrace) implements WorkerMessage {}

    /** The packet. */
    default byte[] encode() {
        return switch (this) {
            case Welcome(Sockaddr address, boolean datagrams, int maxPacketSize) -> {
                byte[] bytes = address.toBytes();
                yield packet('W', 5 + bytes.length)
                        .put(flag(datagrams))
                        .putInt(maxPacketSize)
                        .put(bytes)
                        .array();
            }
            case Request(Sockaddr client, long timeoutNanos, byte[] data) -> {
                byte[] address = client.toBytes();
                yield packet('Q', 9 + address.length + data.length)
                        .putLong(timeoutNanos)
                        .put((byte) address.length)
                        .put(address)
                        .put(data)
                        .array();
            }
            case Retire() -> packet('E', 0).array();
            case Ready() -> packet('R', 0).array();
            case Unfit(String message, String stackTrace) -> texts('U', false, message, stackTrace);
            case Done(boolean last) -> packet('D', 1).put(flag(last)).array();
            case Failed(boolean last, String message, String stackTrace) -> texts('F', last, message, stackTrace);
        };
    }

    /**
     * The message of a packet, which may come from a process that does anything.
     *
     * @throws ProtocolException if it is none
     */
    static WorkerMessage decode(byte[] bytes, int length) throws ProtocolException {
        ByteBuffer packet = ByteBuffer.wrap(bytes, 0, length);
        try {
            WorkerMessage message = read(packet);
            if (packet.hasRemaining()) {
                throw new ProtocolException(packet.remaining() + " bytes too many after " + message);
            }
            return message;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            ProtocolException damaged = new ProtocolException("a damaged packet of " + length + " bytes");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static WorkerMessage read(ByteBuffer packet) throws ProtocolException {
        byte kind = packet.get();
        return switch (kind) {
            case 'W' -> {
                boolean datagrams = flag(packet);
                int maxPacketSize = packet.getInt();
                yield new Welcome(Sockaddr.ofBytes(rest(packet)), datagrams, maxPacketSize);
            }
            case 'Q' -> {
                long timeoutNanos = packet.getLong();
                Sockaddr client = Sockaddr.ofBytes(some(packet, packet.get() & 0xff));
                yield new Request(client, timeoutNanos, rest(packet));
            }
            case 'E' -> new Retire();
            case 'R' -> new Ready();
            case 'D' -> new Done(flag(packet));
            case 'F', 'U' -> {
                boolean last = flag(packet);
                String message = new String(some(packet, packet.getShort() & 0xffff), UTF_8);
                String stackTrace = new String(rest(packet), UTF_8);
                yield kind == 'F' ? new Failed(last, message, stackTrace) : new Unfit(message, stackTrace);
            }
            default -> throw new ProtocolException("a packet of unknown kind " + kind);
        };
    }

    private static ByteBuffer packet(char kind, int bytes) {
        return ByteBuffer.allocate(1 + bytes).put((byte) kind);
    }

    private static byte[] texts(char kind, boolean last, String message, String stackTrace) {
        byte[] first = cut(message);
        byte[] second = cut(stackTrace);
        return packet(kind, 3 + first.length + second.length)
                .put(flag(last))
                .putShort((short) first.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    private static boolean flag(ByteBuffer packet) {
        byte value = packet.get();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("neither true nor false: " + value);
        }
        return value == 1;
    }

    private static byte[] rest(ByteBuffer packet) {
        return some(packet, packet.remaining());
    }

    private static byte[] some(ByteBuffer packet, int count) {
        if (count > packet.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        packet.get(bytes);
        return bytes;
    }

    /** As many whole characters of a text as there is room for. */
    private static byte[] cut(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int end = Math.min(bytes.length, MAX_TEXT_BYTES);
        while (end < bytes.length && end > 0 && isInsideCharacter(bytes[end])) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static boolean isInsideCharacter(byte next) {
        return (next & 0xc0) == 0x80;
    }
}
