package dev.hawser.socket;

/**
 * A group of packet sockets that share what comes in, the value of PACKET_FANOUT of packet(7).
 *
 * @param group the number of the group, 0 to 65535
 * @param mode how packets are shared, a PACKET_FANOUT_* value: 0 by flow, 1 in turn, 2 by processor, 3 to the next when
 *     one is full, 4 by chance, 5 by queue
 * @param flags PACKET_FANOUT_FLAG_* flags, or-ed
 */
public record PacketFanout(int group, int mode, int flags) {

    static final OptionCodec<PacketFanout> CODEC = OptionCodec.of(
            PacketFanout.class,
            Integer.BYTES,
            Integer.BYTES,
            fanout -> CBytes.ints(fanout.group | (fanout.mode | fanout.flags) << 16),
            bytes -> decode(CBytes.of(bytes).getInt()));

    /** Checks that the numbers fit. */
    public PacketFanout {
        if (group >>> 16 != 0 || mode >>> 8 != 0 || (flags & 0xff00) != flags) {
            throw new IllegalArgumentException(
                    "give a group of 0 to 65535, a mode of 0 to 255 and PACKET_FANOUT_FLAG_* flags: " + group + ", "
                            + mode + ", " + flags);
        }
    }

    private static PacketFanout decode(int value) {
        return new PacketFanout(value & 0xffff, (value >>> 16) & 0xff, (value >>> 16) & 0xff00);
    }
}
