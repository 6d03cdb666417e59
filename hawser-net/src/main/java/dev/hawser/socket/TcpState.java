package dev.hawser.socket;

/** The state of a TCP connection, RFC 9293, in the order of the kernel's numbers. */
public enum TcpState {
    /** A number that this version does not know. */
    UNKNOWN,
    /** Data flow. */
    ESTABLISHED,
    /** connect has sent its SYN. */
    SYN_SENT,
    /** A SYN has come. */
    SYN_RECV,
    /** Closed here; the peer has not acknowledged that. */
    FIN_WAIT1,
    /** Closed here; the peer has not closed. */
    FIN_WAIT2,
    /** Closed on both sides; waits for packets of the connection to die out. */
    TIME_WAIT,
    /** Not connected. */
    CLOSE,
    /** The peer has closed; this side has not. */
    CLOSE_WAIT,
    /** Closed after the peer; the peer has not acknowledged that. */
    LAST_ACK,
    /** Waits for connections. */
    LISTEN,
    /** Closed on both sides at once. */
    CLOSING,
    /** A connection that has not been accepted yet, as the kernel keeps it. */
    NEW_SYN_RECV,
    /** Bound, and neither listening nor connected; a kernel tells it in its tables only. */
    BOUND_INACTIVE;

    private static final TcpState[] STATES = values();

    /**
     * The state with a number of the kernel.
     *
     * @param number such as 1, TCP_ESTABLISHED
     * @return the state
     */
    public static TcpState of(int number) {
        return number > 0 && number < STATES.length ? STATES[number] : UNKNOWN;
    }
}
