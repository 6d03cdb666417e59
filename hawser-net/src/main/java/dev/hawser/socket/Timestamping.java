package dev.hawser.socket;

/**
 * The value of SO_TIMESTAMPING, {@code struct so_timestamping} of {@code <linux/net_tstamp.h>}: which times of packets the
 * kernel takes and gives as ancillary data.
 *
 * @param flags SOF_TIMESTAMPING_* flags, or-ed; 0: none
 * @param clock the index of the PTP clock to take the times from, with SOF_TIMESTAMPING_BIND_PHC; a kernel before 5.15
 *     has none and takes 0 only
 */
public record Timestamping(int flags, int clock) {

    /** The kernels before 5.15 have the flags alone. */
    static final OptionCodec<Timestamping> CODEC = OptionCodec.of(
            Timestamping.class, Integer.BYTES, 2 * Integer.BYTES, Timestamping::encode, Timestamping::decode);

    private static byte[] encode(Timestamping value) {
        return value.clock == 0 ? CBytes.ints(value.flags) : CBytes.ints(value.flags, value.clock);
    }

    private static Timestamping decode(byte[] bytes) {
        int[] ints = CBytes.toInts(bytes);
        return new Timestamping(ints[0], ints.length > 1 ? ints[1] : 0);
    }
}
