package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.haproxy.ProxyHeader.Command;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes headers. */
final class ProxyHeaderEncoder {

    private static final int MAX_BYTES = 0xffff;

    private ProxyHeaderEncoder() {}

    static byte[] encode(ProxyHeader header) {
        return header.version() == 1 ? text(header) : bytes(header);
    }

    private static byte[] text(ProxyHeader header) {
        String line = switch (header.source()) {
            case SockaddrIn from
            when header.destination() instanceof SockaddrIn to ->
                "PROXY TCP4 " + from.host() + " " + to.host() + " " + from.port() + " " + to.port();
            case SockaddrIn6 from
            when header.destination() instanceof SockaddrIn6 to ->
                "PROXY TCP6 " + host(from) + " " + host(to) + " " + from.port() + " " + to.port();
            case null, default -> "PROXY UNKNOWN";
        };
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Without the scope, which means nothing to others. */
    private static String host(SockaddrIn6 address) {
        return new SockaddrIn6(address.high(), address.low(), 0, 0, 0).host();
    }

    private static byte[] bytes(ProxyHeader header) {
        int length = header.network().addressBytes()
                + header.tlvs().stream().mapToInt(ProxyTlv::encodedBytes).sum();
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a header has at most " + MAX_BYTES + " bytes of addresses and fields, not " + length);
        }
        ByteBuffer to = ByteBuffer.allocate(ProxyHeaderDecoder.FIXED_BYTES + length);
        to.put(ProxyHeaderDecoder.SIGNATURE);
        to.put((byte) (header.command() == Command.LOCAL ? 0x20 : 0x21));
        to.put((byte) header.network().code());
        to.putShort((short) length);
        putAddresses(to, header.source(), header.destination());
        int checksumAt = -1;
        for (ProxyTlv field : header.tlvs()) {
            boolean isChecksum = field.type() == ProxyTlv.CRC32C;
            (isChecksum ? ProxyTlv.crc32c() : field).encodeTo(to);
            checksumAt = isChecksum ? to.position() - ProxyTlv.CRC_BYTES : checksumAt;
        }
        if (checksumAt >= 0) {
            to.putInt(checksumAt, ProxyHeaderDecoder.checksum(to.array()));
        }
        return to.array();
    }

    private static void putAddresses(ByteBuffer to, @Nullable Sockaddr source, @Nullable Sockaddr destination) {
        if (source instanceof SockaddrIn from && destination instanceof SockaddrIn in) {
            to.putInt(from.address()).putInt(in.address());
            to.putShort((short) from.port()).putShort((short) in.port());
        } else if (source instanceof SockaddrIn6 from && destination instanceof SockaddrIn6 in) {
            to.putLong(from.high()).putLong(from.low()).putLong(in.high()).putLong(in.low());
            to.putShort((short) from.port()).putShort((short) in.port());
        } else if (source instanceof SockaddrUn from && destination instanceof SockaddrUn un) {
            to.put(Arrays.copyOf(from.name(), ProxyHeaderDecoder.UNIX_BYTES));
            to.put(Arrays.copyOf(un.name(), ProxyHeaderDecoder.UNIX_BYTES));
        }
    }
}
