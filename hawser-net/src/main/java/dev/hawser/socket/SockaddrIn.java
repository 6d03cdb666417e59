package dev.hawser.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An IPv4 address: {@code struct sockaddr_in} of ip(7).
 *
 * <p>Immutable.
 *
 * @param address the 32 bits of the address, the first byte highest: {@code 0x7f000001} is 127.0.0.1
 * @param port 0 to 65535
 */
public record SockaddrIn(int address, int port) implements Sockaddr {

    /** 0.0.0.0, every address of this machine. */
    public static final int INADDR_ANY = 0;

    /** 127.0.0.1. */
    public static final int INADDR_LOOPBACK = 0x7f000001;

    /** 255.255.255.255. */
    public static final int INADDR_BROADCAST = 0xffffffff;

    /** Checks the port. */
    public SockaddrIn {
        SockaddrText.checkPort(port);
    }

    /**
     * The address with this text and port.
     *
     * @param host four decimal numbers with dots; empty: every address; {@code <broadcast>}: 255.255.255.255
     * @param port 0 to 65535; 0 lets the kernel choose at bind
     * @return the address
     */
    public static SockaddrIn of(String host, int port) {
        return new SockaddrIn(SockaddrText.parseIpv4(host), port);
    }

    static SockaddrIn ofBytes(byte[] four, int port) {
        return new SockaddrIn(
                ((four[0] & 0xff) << 24) | ((four[1] & 0xff) << 16) | ((four[2] & 0xff) << 8) | (four[3] & 0xff), port);
    }

    @Override
    public int family() {
        return Constants.AF_INET;
    }

    /**
     * The address without the port.
     *
     * @return four decimal numbers with dots
     */
    public String host() {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(4).putInt(address).array();
    }

    @Override
    public InetSocketAddress toJavaNet() {
        return new InetSocketAddress(SockaddrText.inetAddress(bytes()), port);
    }

    @Override
    public String toString() {
        return host() + ":" + port;
    }
}
