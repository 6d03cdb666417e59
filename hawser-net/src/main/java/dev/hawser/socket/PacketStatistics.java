package dev.hawser.socket;

/**
 * How a packet socket fared since it was last asked, {@code struct tpacket_stats} of packet(7).
 *
 * @param packets how many packets came, those dropped included
 * @param drops how many were dropped because there was no room
 */
public record PacketStatistics(long packets, long drops) {

    /** A ring of TPACKET_V3 adds a third number. */
    static final OptionCodec<PacketStatistics> CODEC = OptionCodec.readOnly(
            PacketStatistics.class, 2 * Integer.BYTES, 3 * Integer.BYTES, bytes -> decode(CBytes.toInts(bytes)));

    private static PacketStatistics decode(int[] ints) {
        return new PacketStatistics(Integer.toUnsignedLong(ints[0]), Integer.toUnsignedLong(ints[1]));
    }
}
