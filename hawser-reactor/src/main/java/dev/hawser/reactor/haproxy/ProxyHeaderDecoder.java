package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.haproxy.ProxyHeader.Command;
import dev.hawser.reactor.haproxy.ProxyHeader.Network;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header of either version, in whatever pieces it comes, and not a byte of what follows it. One for each connection. It needs no reactor.
 *
 * <p>Whatever can be known to be wrong is refused at once: no more than the header's own bytes are waited for, and no more than the limits are kept.
 *
 * <h2>Threading</h2>
 * For one thread at a time.
 *
 * <h2>Errors</h2>
 * {@link ProxyHeaderException} for what is no header, or longer than allowed, or whose checksum is wrong. The decoder is of no more use then.
 *
 * <p>Source: proxy-protocol.txt, sections 2.1 and 2.2.
 *
 * {@snippet file="dev/hawser/reactor/haproxy/HaProxySnippetsTest.java" region="decoder"}
 */
public final class ProxyHeaderDecoder {

    /** How long a header of version 1 may be, with its end of line. */
    public static final int MAX_V1_BYTES = 107;

    /** How many bytes of addresses and fields a header of version 2 may have, unless another limit is given. */
    public static final int DEFAULT_MAX_V2_BYTES = 4096;

    static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    /** The signature, the version and command, the family, the length. */
    static final int FIXED_BYTES = 16;

    static final int UNIX_BYTES = 108;

    private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int COMMAND_AT = SIGNATURE.length;
    private static final int NETWORK_AT = COMMAND_AT + 1;
    private static final int LENGTH_AT = COMMAND_AT + 2;

    private final int maxV2Bytes;
    private byte[] held = new byte[MAX_V1_BYTES + 1];
    private int length;

    /** With the limit of {@link #DEFAULT_MAX_V2_BYTES}. */
    public ProxyHeaderDecoder() {
        this(DEFAULT_MAX_V2_BYTES);
    }

    /**
     * With a limit.
     *
     * @param maxV2Bytes how many bytes of addresses and fields a header of version 2 may have
     * @throws IllegalArgumentException if it is not 0 to 65535
     */
    public ProxyHeaderDecoder(int maxV2Bytes) {
        if (maxV2Bytes < 0 || maxV2Bytes > 0xffff) {
            throw new IllegalArgumentException(
                    "a header has 0 to 65535 bytes of addresses and fields, not " + maxV2Bytes);
        }
        this.maxV2Bytes = maxV2Bytes;
    }

    /**
     * Reads on.
     *
     * @param data what has come; it is read up to the header's end, or altogether where that has not come
     * @return the header; null where there is more to come
     * @throws ProxyHeaderException if it is none
     */
    public @Nullable ProxyHeader decode(ByteBuffer data) throws ProxyHeaderException {
        while (data.hasRemaining()) {
            take(data, needed());
            if (length <= SIGNATURE.length) {
                checkBeginning();
            }
            if (isText() ? endsLine() : length >= FIXED_BYTES && length == FIXED_BYTES + announced()) {
                return isText() ? textual() : binary();
            }
        }
        return null;
    }

    int maxV2Bytes() {
        return maxV2Bytes;
    }

    /** What was read and is no header. */
    byte[] taken() {
        return Arrays.copyOf(held, length);
    }

    private boolean isText() {
        return length > 0 && held[0] == WORD[0];
    }

    /** How many more bytes surely belong to the header. */
    private int needed() throws ProxyHeaderException {
        if (length < SIGNATURE.length || isText()) {
            return 1;
        }
        return length < FIXED_BYTES ? FIXED_BYTES - length : FIXED_BYTES + announced() - length;
    }

    private void take(ByteBuffer data, int count) {
        int taken = Math.min(count, data.remaining());
        if (length + taken > held.length) {
            held = Arrays.copyOf(held, Math.max(length + taken, 2 * held.length));
        }
        data.get(held, length, taken);
        length += taken;
    }

    /** No byte that cannot be one of a header's first is waited upon. */
    private void checkBeginning() throws ProxyHeaderException {
        byte[] wanted = isText() ? WORD : SIGNATURE;
        int compared = Math.min(length, wanted.length);
        if (!Arrays.equals(held, 0, compared, wanted, 0, compared)) {
            throw new ProxyHeaderException("the connection does not begin with a header of the PROXY protocol");
        }
    }

    // Version 1.

    private boolean endsLine() throws ProxyHeaderException {
        byte last = held[length - 1];
        boolean ended = last == '\n';
        if (ended ? held[length - 2] != '\r' : length >= MAX_V1_BYTES) {
            throw new ProxyHeaderException(
                    ended ? "the header ends without a carriage return" : "the header has no end within 107 bytes");
        }
        return ended;
    }

    private ProxyHeader textual() throws ProxyHeaderException {
        String line = new String(held, 0, length - 2, StandardCharsets.ISO_8859_1);
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return ProxyHeader.local(1);
        }
        boolean isIpv6 = words[1].equals("TCP6");
        if (!isIpv6 && !words[1].equals("TCP4")) {
            throw new ProxyHeaderException("version 1 has TCP4, TCP6 and UNKNOWN, not: " + quoted(words[1]));
        }
        if (words.length != 6) {
            throw new ProxyHeaderException("two addresses and two ports are wanted: " + quoted(line));
        }
        Sockaddr source = address(isIpv6, words[2], words[4]);
        Sockaddr destination = address(isIpv6, words[3], words[5]);
        return new ProxyHeader(1, Command.PROXY, isIpv6 ? Network.TCP6 : Network.TCP4, source, destination, List.of());
    }

    private static Sockaddr address(boolean isIpv6, String host, String port) throws ProxyHeaderException {
        boolean looksRight =
                host.matches(isIpv6 ? "[0-9A-Fa-f:.]{2,39}" : "[0-9.]{7,15}") && port.matches("0|[1-9][0-9]{0,4}");
        try {
            if (looksRight) {
                int number = Integer.parseInt(port);
                return isIpv6 ? SockaddrIn6.of(host, number) : SockaddrIn.of(host, number);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new ProxyHeaderException("no address and port: " + quoted(host) + " " + quoted(port));
    }

    /** So that nobody writes into a log what he likes. */
    private static String quoted(String text) {
        return "\"" + text.replaceAll("[^ -~]", "?") + "\"";
    }

    // Version 2.

    private int announced() throws ProxyHeaderException {
        int versionAndCommand = held[COMMAND_AT];
        if ((versionAndCommand & 0xf0) != 0x20 || (versionAndCommand & 0x0f) > 1) {
            throw new ProxyHeaderException("version 2 has the commands 0x20 and 0x21, not 0x"
                    + Integer.toHexString(Byte.toUnsignedInt(held[COMMAND_AT])));
        }
        int announced = Short.toUnsignedInt(ByteBuffer.wrap(held).getShort(LENGTH_AT));
        if (announced > maxV2Bytes) {
            throw new ProxyHeaderException(
                    "the header announces " + announced + " bytes, and " + maxV2Bytes + " are allowed");
        }
        return announced;
    }

    private ProxyHeader binary() throws ProxyHeaderException {
        Command command = (held[COMMAND_AT] & 0x0f) == 0 ? Command.LOCAL : Command.PROXY;
        int code = Byte.toUnsignedInt(held[NETWORK_AT]);
        if (command == Command.PROXY && (code >> 4 > 3 || (code & 0xf) > 2)) {
            throw new ProxyHeaderException("no family and kind of a socket: 0x" + Integer.toHexString(code));
        }
        Network network = network(code);
        ByteBuffer body =
                ByteBuffer.wrap(held, FIXED_BYTES, length - FIXED_BYTES).slice();
        if (command == Command.LOCAL || network == Network.UNSPEC) {
            return new ProxyHeader(2, command, Network.UNSPEC, null, null, fieldsOrNone(code, body));
        }
        if (body.remaining() < network.addressBytes()) {
            throw new ProxyHeaderException("two addresses of " + network + " have " + network.addressBytes()
                    + " bytes, not " + body.remaining());
        }
        ByteBuffer addresses = body.slice(0, network.addressBytes());
        body.position(network.addressBytes());
        Sockaddr source = address(network, addresses, 0);
        Sockaddr destination = address(network, addresses, 1);
        return new ProxyHeader(2, command, network, source, destination, fields(body));
    }

    /** A kind that is not known leaves the addresses unknown. */
    private static Network network(int code) {
        return Arrays.stream(Network.values())
                .filter(network -> network.code() == code)
                .findFirst()
                .orElse(Network.UNSPEC);
    }

    /** What follows no addresses may be anything, and is to be ignored; but it may be fields. */
    private List<ProxyTlv> fieldsOrNone(int code, ByteBuffer body) {
        try {
            return code == 0 ? fields(body) : List.of();
        } catch (ProxyHeaderException e) {
            return List.of();
        }
    }

    private List<ProxyTlv> fields(ByteBuffer body) throws ProxyHeaderException {
        List<ProxyTlv> fields = ProxyTlv.decode(body);
        int at = length - fields.stream().mapToInt(ProxyTlv::encodedBytes).sum();
        for (ProxyTlv field : fields) {
            if (field.type() == ProxyTlv.SSL) {
                ProxySsl.decode(field.value());
            }
            if (field.type() == ProxyTlv.CRC32C) {
                check(field, at + ProxyTlv.OVERHEAD_BYTES);
            }
            at += field.encodedBytes();
        }
        return fields;
    }

    private void check(ProxyTlv field, int at) throws ProxyHeaderException {
        byte[] zeroed = taken();
        Arrays.fill(zeroed, at, at + ProxyTlv.CRC_BYTES, (byte) 0);
        if (checksum(zeroed) != ByteBuffer.wrap(field.value()).getInt()) {
            throw new ProxyHeaderException("the checksum of the header is wrong");
        }
    }

    static int checksum(byte[] header) {
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(header);
        return (int) sum.getValue();
    }

    private static Sockaddr address(Network network, ByteBuffer from, int index) {
        int half = switch (network) {
            case TCP4, UDP4 -> Integer.BYTES;
            case TCP6, UDP6 -> 2 * Long.BYTES;
            default -> UNIX_BYTES;
        };
        int at = index * half;
        int portAt = 2 * half + index * Short.BYTES;
        return switch (network) {
            case TCP4, UDP4 -> new SockaddrIn(from.getInt(at), Short.toUnsignedInt(from.getShort(portAt)));
            case TCP6, UDP6 ->
                new SockaddrIn6(
                        from.getLong(at),
                        from.getLong(at + Long.BYTES),
                        Short.toUnsignedInt(from.getShort(portAt)),
                        0,
                        0);
            default -> unix(from.slice(at, half));
        };
    }

    /** A path ends at its first zero; a name without a path begins with one, and those that fill up are no part of it. */
    private static SockaddrUn unix(ByteBuffer from) {
        int end = 0;
        if (from.get(0) != 0) {
            while (end < UNIX_BYTES && from.get(end) != 0) {
                end++;
            }
        } else {
            end = UNIX_BYTES;
            while (end > 0 && from.get(end - 1) == 0) {
                end--;
            }
        }
        byte[] name = new byte[end];
        from.get(name);
        return new SockaddrUn(name);
    }
}
