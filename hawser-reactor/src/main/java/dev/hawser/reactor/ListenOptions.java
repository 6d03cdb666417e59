package dev.hawser.reactor;

/**
 * How a port listens.
 *
 * @param backlog how many connections may wait to be accepted
 * @param reusePort whether other sockets, of other reactors or processes, may listen on the same address (SO_REUSEPORT): the kernel spreads the
 *     connections
 * @param unixMode the permissions of a Unix socket's path, such as 0600; -1: what the umask gives
 * @param ipv6Only whether the IPv6 wildcard leaves IPv4 to another socket (IPV6_V6ONLY)
 */
public record ListenOptions(int backlog, boolean reusePort, int unixMode, boolean ipv6Only) {

    /** A backlog of 128, a port of its own, the permissions of the umask, IPv4 by the IPv6 wildcard. */
    public static final ListenOptions DEFAULT = new ListenOptions(128, false, -1, false);

    /**
     * With another backlog.
     *
     * @param backlog how many connections may wait
     * @return the options
     */
    public ListenOptions withBacklog(int backlog) {
        return new ListenOptions(backlog, reusePort, unixMode, ipv6Only);
    }

    /**
     * With SO_REUSEPORT.
     *
     * @return the options
     */
    public ListenOptions withReusePort() {
        return new ListenOptions(backlog, true, unixMode, ipv6Only);
    }

    /**
     * With permissions.
     *
     * @param unixMode the permissions of a Unix socket's path
     * @return the options
     */
    public ListenOptions withUnixMode(int unixMode) {
        return new ListenOptions(backlog, reusePort, unixMode, ipv6Only);
    }

    /**
     * Without IPv4, at the IPv6 wildcard.
     *
     * @return the options
     */
    public ListenOptions withIpv6Only() {
        return new ListenOptions(backlog, reusePort, unixMode, true);
    }
}
