package dev.hawser.socket;

/**
 * The value of SO_LINGER, {@code struct linger} of socket(7): what {@code close} does with data that the peer has not
 * acknowledged.
 *
 * @param on whether close waits at all; off, the kernel goes on sending in the background
 * @param seconds how long close waits; 0: the connection is reset at once and unsent data are dropped
 */
public record Linger(boolean on, int seconds) {

    /** Close does not wait. */
    public static final Linger OFF = new Linger(false, 0);

    /** Close resets the connection. */
    public static final Linger RESET = new Linger(true, 0);

    static final OptionCodec<Linger> CODEC = OptionCodec.of(
            Linger.class,
            2 * Integer.BYTES,
            2 * Integer.BYTES,
            linger -> CBytes.ints(linger.on ? 1 : 0, linger.seconds),
            bytes -> new Linger(CBytes.toInts(bytes)[0] != 0, CBytes.toInts(bytes)[1]));
}
