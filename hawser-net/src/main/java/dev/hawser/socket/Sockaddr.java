package dev.hawser.socket;

import java.io.Serializable;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * A socket address: one record per address family, as {@code struct sockaddr} has one struct per family (and four for
 * Bluetooth). An address of a
 * family that has no record here is a {@link SockaddrOther}; a later version may give it one, so a {@code switch} over
 * addresses always has a default branch.
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} where a text or a number is no address; the message names it. No name is ever
 * looked up here.
 *
 * <p>Source: socket(7), ip(7), ipv6(7), unix(7), netlink(7), packet(7), vsock(7), and the kernel's headers.
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="addresses"}
 */
public sealed interface Sockaddr extends Serializable
        permits SockaddrIn,
                SockaddrIn6,
                SockaddrUn,
                SockaddrNl,
                SockaddrLl,
                SockaddrVm,
                SockaddrAlg,
                SockaddrCan,
                SockaddrTipc,
                SockaddrQrtr,
                SockaddrL2,
                SockaddrRc,
                SockaddrSco,
                SockaddrHci,
                SockaddrOther {

    /**
     * The address family.
     *
     * @return an AF_* number
     */
    int family();

    /**
     * The same address as {@code java.net} has it.
     *
     * @return an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
     * @throws UnsupportedOperationException if {@code java.net} has no such address
     */
    SocketAddress toJavaNet();

    /**
     * The address as the kernel has it, to be kept or passed on: {@link #ofBytes} reads it.
     *
     * @return the bytes of the {@code struct sockaddr} of its family, the family first in this machine's byte order
     */
    default byte[] toBytes() {
        return SockaddrCodec.encode(this).toArray(ValueLayout.JAVA_BYTE);
    }

    /**
     * The address that the kernel has. Bytes that are no address of their family, because they are too few, are a {@link SockaddrOther}.
     *
     * @param bytes the bytes of a {@code struct sockaddr}, as {@link #toBytes} gives them: 2 to 128, the size of {@code struct
     *     sockaddr_storage}
     * @return the address, equal to the one that {@link #toBytes} was asked of
     * @throws IllegalArgumentException if there are fewer or more bytes
     */
    static Sockaddr ofBytes(byte[] bytes) {
        Sockaddr address =
                bytes.length > SockaddrOther.MAX_BYTES + Short.BYTES ? null : SockaddrCodec.decode(bytes, bytes.length);
        if (address == null) {
            throw new IllegalArgumentException("no socket address has " + bytes.length + " bytes: give 2 to 128");
        }
        return address;
    }

    /**
     * The address that {@code java.net} has.
     *
     * @param address a resolved {@link InetSocketAddress}, or a {@link UnixDomainSocketAddress}
     * @return the address of the family that it belongs to
     */
    static Sockaddr of(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet
            when inet.isUnresolved() ->
                throw new IllegalArgumentException("unresolved: " + inet + "; look the name up first");
            case InetSocketAddress inet -> of(inet.getAddress(), inet.getPort());
            case UnixDomainSocketAddress unix -> SockaddrUn.of(unix.getPath());
            default -> throw new IllegalArgumentException("not an Internet or Unix address: " + address);
        };
    }

    /**
     * An Internet address with a port.
     *
     * @param address the host
     * @param port 0 to 65535
     * @return a {@link SockaddrIn} or a {@link SockaddrIn6}
     */
    static Sockaddr of(java.net.InetAddress address, int port) {
        return switch (address) {
            case java.net.Inet6Address six -> SockaddrIn6.ofBytes(six.getAddress(), port, 0, six.getScopeId());
            default -> SockaddrIn.ofBytes(address.getAddress(), port);
        };
    }

    /**
     * Reads the text that {@code toString} writes: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code unix:/run/x.sock},
     * {@code unix:@name} for an abstract name. An empty host, {@code :80}, means every IPv4 address of this machine. In a
     * Unix path or name, {@code \x} with two hexadecimal digits is a byte: {@code toString} writes so whatever is not
     * printable.
     *
     * <p>Linux's own families: {@code netlink:1234/0x11} (port and groups), {@code packet:lo/0x0800} (interface by name or
     * index, and protocol), {@code vsock:2:1024}, {@code alg:hash:sha256}, {@code can:vcan0}, {@code tipc:2:1000:1:0/2},
     * {@code qrtr:1:16384}; each record's {@code toString} tells the rest.
     *
     * <p>An address that was written and read is equal to what it was, with three exceptions: an IPv6 address loses its
     * flow info, which is not in the text; a Unix path that begins with {@code @} has become the same path from
     * {@code ./}; and the text of a {@link SockaddrOther} cannot be read at all.
     *
     * @param text the text
     * @return the address
     * @throws IllegalArgumentException if the text is no address
     */
    static Sockaddr parse(String text) {
        return SockaddrText.parse(text);
    }
}
