package dev.hawser.netlink;

/**
 * The state of a socket: TCP's of RFC 9293, which the kernel uses for sockets of all kinds. A datagram socket with a peer
 * is ESTABLISHED, one without is CLOSED.
 *
 * <p>Source: {@code <netinet/tcp.h>}, ss(8).
 */
public enum SocketState {
    /** Connected. */
    ESTABLISHED("ESTAB"),
    /** The connection was asked for. */
    SYN_SENT("SYN-SENT"),
    /** The peer has asked for the connection. */
    SYN_RECEIVED("SYN-RECV"),
    /** This side has ended, the peer has not heard of it yet. */
    FIN_WAIT_1("FIN-WAIT-1"),
    /** This side has ended, the peer has not. */
    FIN_WAIT_2("FIN-WAIT-2"),
    /** Both have ended; late packets are waited for. */
    TIME_WAIT("TIME-WAIT"),
    /** Not connected. */
    CLOSED("UNCONN"),
    /** The peer has ended, this side has not. */
    CLOSE_WAIT("CLOSE-WAIT"),
    /** Both have ended, the peer has not heard of it yet. */
    LAST_ACK("LAST-ACK"),
    /** It waits for connections. */
    LISTENING("LISTEN"),
    /** Both have ended at the same time. */
    CLOSING("CLOSING"),
    /** A number that has no name here. */
    UNKNOWN("UNKNOWN");

    private final String ssName;

    SocketState(String ssName) {
        this.ssName = ssName;
    }

    /** The kernel counts them from one, in this order. */
    static SocketState of(int number) {
        return number >= 1 && number < values().length ? values()[number - 1] : UNKNOWN;
    }

    /**
     * What {@code ss} calls it.
     *
     * @return such as {@code ESTAB}
     */
    public String ssName() {
        return ssName;
    }
}
