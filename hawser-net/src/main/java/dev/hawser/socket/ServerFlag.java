package dev.hawser.socket;

/** What {@link Sockets#createServer(Sockaddr, int, ServerFlag...)} sets beside its defaults. */
public enum ServerFlag {

    /** Several servers share the port, SO_REUSEPORT. */
    REUSE_PORT,

    /** An IPv6 server that serves IPv4 too: such peers have addresses like {@code ::ffff:127.0.0.1}. */
    DUAL_STACK
}
