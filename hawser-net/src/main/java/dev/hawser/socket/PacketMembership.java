package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a packet socket asks of an interface, {@code struct packet_mreq} of packet(7).
 *
 * <p>Immutable.
 *
 * @param index the index of the interface
 * @param type a PACKET_MR_* value: 0 the group with the address, 1 all packets, 2 all groups, 3 the station with the address
 * @param address a link-layer address, up to 8 bytes; empty where the type needs none
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record PacketMembership(int index, int type, byte[] address) {

    private static final int SIZE = Abi.value("sizeof(struct packet_mreq)");
    private static final int INDEX = Abi.value("offsetof(struct packet_mreq,mr_ifindex)");
    private static final int TYPE = Abi.value("offsetof(struct packet_mreq,mr_type)");
    private static final int LENGTH = Abi.value("offsetof(struct packet_mreq,mr_alen)");
    private static final int ADDRESS = Abi.value("offsetof(struct packet_mreq,mr_address)");

    static final OptionCodec<PacketMembership> CODEC =
            OptionCodec.writeOnly(PacketMembership.class, PacketMembership::encode);

    /** Copies the address, and checks its length. */
    public PacketMembership {
        LinuxSockaddrText.check("type", type, 0xffff);
        address = address.clone();
        if (address.length > SIZE - ADDRESS) {
            throw new IllegalArgumentException(
                    "give an address of at most " + (SIZE - ADDRESS) + " bytes: " + address.length);
        }
    }

    /**
     * All packets that the interface sees.
     *
     * @param index the index of the interface
     * @return the membership, of type PACKET_MR_PROMISC
     */
    public static PacketMembership promiscuous(int index) {
        return new PacketMembership(index, Abi.value("PACKET_MR_PROMISC"), new byte[0]);
    }

    /**
     * The link-layer address.
     *
     * @return a copy
     */
    @Override
    public byte[] address() {
        return address.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PacketMembership that
                && index == that.index
                && type == that.type
                && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * index + type) + Arrays.hashCode(address);
    }

    @Override
    public String toString() {
        return "PacketMembership[index=" + index + ", type=" + type + ", address="
                + HexFormat.ofDelimiter(":").formatHex(address) + "]";
    }

    private static byte[] encode(PacketMembership membership) {
        return new CStruct(SIZE)
                .putInt(INDEX, membership.index)
                .putShort(TYPE, membership.type)
                .putShort(LENGTH, membership.address.length)
                .put(ADDRESS, membership.address)
                .bytes();
    }
}
