package dev.hawser.socket;

/**
 * The value of SO_TXTIME, {@code struct sock_txtime} of {@code <linux/net_tstamp.h>}: packets are sent at the time that
 * their ancillary data, SCM_TXTIME, say.
 *
 * @param clockId the clock of those times, a CLOCK_* number: 0 CLOCK_REALTIME, 1 CLOCK_MONOTONIC, 11 CLOCK_TAI; other than
 *     CLOCK_MONOTONIC takes CAP_NET_ADMIN
 * @param flags SOF_TXTIME_* flags, or-ed: 1, the time is a deadline; 2, report packets that were not sent
 */
public record SendTime(int clockId, int flags) {

    static final OptionCodec<SendTime> CODEC = OptionCodec.of(
            SendTime.class,
            2 * Integer.BYTES,
            2 * Integer.BYTES,
            value -> CBytes.ints(value.clockId, value.flags),
            bytes -> new SendTime(CBytes.toInts(bytes)[0], CBytes.toInts(bytes)[1]));
}
