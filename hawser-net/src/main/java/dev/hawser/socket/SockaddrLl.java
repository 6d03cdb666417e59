package dev.hawser.socket;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A link layer address: {@code struct sockaddr_ll} of packet(7). To bind, the interface and the protocol are enough; to
 * send on a datagram socket, the interface, the protocol and the hardware address.
 *
 * <p>Immutable.
 *
 * @param ifIndex the index of the interface, 0 for any
 * @param protocol the type of Ethernet frame, 0 to 0xffff, as a number of this machine (the struct has it in network
 *     order): 0x0800 is IPv4, 3 is every protocol, 0 none
 * @param packetType a PACKET_* number, 0 to 255: whom a received packet was for
 * @param hardwareType an ARPHRD_* number, 0 to 0xffff, the kind of interface
 * @param address the hardware address, at most 32 bytes; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record SockaddrLl(int ifIndex, int protocol, int packetType, int hardwareType, byte[] address)
        implements Sockaddr {

    /** The kernel's longest hardware address, that of InfiniBand with room to spare: MAX_ADDR_LEN. */
    static final int MAX_ADDRESS_BYTES = 32;

    /** Checks the ranges. */
    public SockaddrLl {
        LinuxSockaddrText.check("protocol", protocol, 0xffff);
        LinuxSockaddrText.check("packet type", packetType, 0xff);
        LinuxSockaddrText.check("hardware type", hardwareType, 0xffff);
        address = address.clone();
        if (address.length > MAX_ADDRESS_BYTES) {
            throw new IllegalArgumentException(
                    "a hardware address of " + address.length + " bytes is too long, at most " + MAX_ADDRESS_BYTES);
        }
    }

    /**
     * What to bind to: the packets of a protocol on an interface.
     *
     * @param ifIndex the index of the interface, 0 for any
     * @param protocol the type of Ethernet frame, 3 for every protocol
     * @return the address
     */
    public static SockaddrLl of(int ifIndex, int protocol) {
        return new SockaddrLl(ifIndex, protocol, 0, 0, new byte[0]);
    }

    /**
     * What to bind to: the packets of a protocol on an interface.
     *
     * @param interfaceName the name of the interface; empty for any
     * @param protocol the type of Ethernet frame, 3 for every protocol
     * @return the address
     * @throws IllegalArgumentException if there is no such interface
     */
    public static SockaddrLl of(String interfaceName, int protocol) {
        return of(interfaceName.isEmpty() ? 0 : SockaddrText.interfaceIndex(interfaceName, interfaceName), protocol);
    }

    @Override
    public int family() {
        return Constants.AF_PACKET;
    }

    /**
     * The hardware address.
     *
     * @return a copy
     */
    @Override
    public byte[] address() {
        return address.clone();
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no link layer addresses: " + this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrLl that
                && ifIndex == that.ifIndex
                && protocol == that.protocol
                && packetType == that.packetType
                && hardwareType == that.hardwareType
                && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * ifIndex + protocol) + Arrays.hashCode(address);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code packet:1/0x0800}, interface and protocol; where there is more, the
     * types of packet and of hardware and the hardware address follow: {@code packet:1/0x0800/4/772/00:00:00:00:00:00}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String text = "packet:" + Integer.toUnsignedString(ifIndex) + "/0x%04x".formatted(protocol);
        return packetType == 0 && hardwareType == 0 && address.length == 0
                ? text
                : text + "/" + packetType + "/" + hardwareType + "/"
                        + HexFormat.ofDelimiter(":").formatHex(address);
    }
}
