package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * An address of a controller area network: {@code struct sockaddr_can}. Its last field is a union, and nothing in it says
 * of which protocol it is: CAN_RAW and CAN_BCM use the interface alone, CAN_ISOTP two identifiers, CAN_J1939 a name, a
 * group and an address. The record has the union as it is for CAN_J1939, the widest; {@link #rxId} and {@link #txId}
 * read it as CAN_ISOTP does.
 *
 * <p>Immutable.
 *
 * <p>Source: the kernel's documentation, <cite>SocketCAN</cite>, <cite>ISO 15765-2</cite> and <cite>J1939</cite>.
 *
 * @param ifIndex the index of the interface, 0 for all of CAN
 * @param name the name of a unit, J1939_NO_NAME for none
 * @param pgn the parameter group, J1939_NO_PGN for none
 * @param address the address of a unit, 0 to 255, J1939_NO_ADDR for none
 */
public record SockaddrCan(int ifIndex, long name, int pgn, int address) implements Sockaddr {

    /** Checks the address. */
    public SockaddrCan {
        LinuxSockaddrText.check("address", address, 0xff);
    }

    /**
     * An interface, for CAN_RAW and CAN_BCM.
     *
     * @param ifIndex the index of the interface, 0 for all of CAN
     * @return the address
     */
    public static SockaddrCan of(int ifIndex) {
        return new SockaddrCan(ifIndex, 0, 0, 0);
    }

    /**
     * An interface, for CAN_RAW and CAN_BCM.
     *
     * @param interfaceName the name of the interface; empty for all of CAN
     * @return the address
     * @throws IllegalArgumentException if there is no such interface
     */
    public static SockaddrCan of(String interfaceName) {
        return of(interfaceName.isEmpty() ? 0 : SockaddrText.interfaceIndex(interfaceName, interfaceName));
    }

    /**
     * Two identifiers on an interface, for CAN_ISOTP.
     *
     * @param ifIndex the index of the interface
     * @param rxId the identifier of what is received, CAN_EFF_FLAG with those of 29 bits
     * @param txId the identifier of what is sent
     * @return the address
     */
    public static SockaddrCan ofIsoTp(int ifIndex, int rxId, int txId) {
        return new SockaddrCan(ifIndex, LinuxSockaddrCodec.pair(rxId, txId), 0, 0);
    }

    @Override
    public int family() {
        return Constants.AF_CAN;
    }

    /**
     * What CAN_ISOTP receives.
     *
     * @return the identifier; without a meaning in addresses of other protocols
     */
    public int rxId() {
        return LinuxSockaddrCodec.first(name);
    }

    /**
     * What CAN_ISOTP sends.
     *
     * @return the identifier; without a meaning in addresses of other protocols
     */
    public int txId() {
        return LinuxSockaddrCodec.second(name);
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no CAN addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code can:3} for an interface, {@code can:3/0x7e0/0x7e8} for the
     * identifiers of CAN_ISOTP, {@code can:3/0x1122334455667788/0x3ff00/0x20} for name, group and address of CAN_J1939.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String text = "can:" + Integer.toUnsignedString(ifIndex);
        if (pgn != 0 || address != 0) {
            return text + "/0x%x/0x%x/0x%x".formatted(name, pgn, address);
        }
        return name == 0 ? text : text + "/0x%x/0x%x".formatted(rxId(), txId());
    }
}
