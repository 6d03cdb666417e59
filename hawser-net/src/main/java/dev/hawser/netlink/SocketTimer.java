package dev.hawser.netlink;

import java.time.Duration;

/**
 * What a TCP socket waits for.
 *
 * @param kind what happens when the time has passed
 * @param remaining how long until then
 * @param tries how often it has happened already
 */
public record SocketTimer(Kind kind, Duration remaining, int tries) {

    /** What a timer is for. */
    public enum Kind {
        /** Nothing is waited for. */
        NONE,
        /** Data are sent again. */
        RETRANSMIT,
        /** The peer is asked whether it is still there. */
        KEEPALIVE,
        /** The socket is forgotten. */
        TIME_WAIT,
        /** The peer is asked whether it has room again. */
        PROBE;

        static Kind of(int number) {
            return number < values().length ? values()[number] : NONE;
        }
    }
}
