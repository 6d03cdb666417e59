package dev.hawser.reactor;

/**
 * How a port listens.
 *
 * @param backlog how many connections may wait to be accepted
 * @param reusePort whether other sockets, of other reactors or processes, may listen on the same address (SO_REUSEPORT): the kernel spreads the
 *     connections
 * @param unixMode the permissions of a Unix socket's path, such as 0600; -1: what the umask gives
 */
public record ListenOptions(int backlog, boolean reusePort, int unixMode) {

    /** A backlog of 128, a port of its own, the permissions of the umask. */
    public static final ListenOptions DEFAULT = new ListenOptions(128, false, -1);

    /**
     * With another backlog.
     *
     * @param backlog how many connections may wait
     * @return the options
     */
    public ListenOptions withBacklog(int backlog) {
        return new ListenOptions(backlog, reusePort, unixMode);
    }

    /**
     * With SO_REUSEPORT.
     *
     * @return the options
     */
    public ListenOptions withReusePort() {
        return new ListenOptions(backlog, true, unixMode);
    }

    /**
     * With permissions.
     *
     * @param unixMode the permissions of a Unix socket's path
     * @return the options
     */
    public ListenOptions withUnixMode(int unixMode) {
        return new ListenOptions(backlog, reusePort, unixMode);
    }
}
