package dev.hawser.select;

import dev.hawser.posix.Abi;

/**
 * The events of {@link Poll} and {@link Epoll}, ints under their C names, to be imported statically and joined by |. One that C
 * holds unsigned, {@link #EPOLLET}, is the int of the same bits.
 *
 * <p>Source: poll(2), epoll_ctl(2), pipe(7).
 */
public final class SelectConstants {

    // Events of poll(2)

    /** {@code POLLIN}: there is something to read, or the end of the stream. */
    public static final int POLLIN = Abi.value("POLLIN");

    /** {@code POLLPRI}: there is urgent data, or another exceptional condition. */
    public static final int POLLPRI = Abi.value("POLLPRI");

    /** {@code POLLOUT}: a write would not wait. */
    public static final int POLLOUT = Abi.value("POLLOUT");

    /** {@code POLLERR}: there is an error; told without being asked for. */
    public static final int POLLERR = Abi.value("POLLERR");

    /** {@code POLLHUP}: the peer has hung up; told without being asked for. */
    public static final int POLLHUP = Abi.value("POLLHUP");

    /** {@code POLLNVAL}: the number is of no open descriptor; told without being asked for. */
    public static final int POLLNVAL = Abi.value("POLLNVAL");

    /** {@code POLLRDHUP}: the peer of a stream has sent its last byte. */
    public static final int POLLRDHUP = Abi.value("POLLRDHUP");

    /** {@code POLLRDNORM}: the same as POLLIN. */
    public static final int POLLRDNORM = Abi.value("POLLRDNORM");

    /** {@code POLLRDBAND}: there is data of another priority to read. */
    public static final int POLLRDBAND = Abi.value("POLLRDBAND");

    /** {@code POLLWRNORM}: the same as POLLOUT. */
    public static final int POLLWRNORM = Abi.value("POLLWRNORM");

    /** {@code POLLWRBAND}: data of another priority could be written. */
    public static final int POLLWRBAND = Abi.value("POLLWRBAND");

    /** {@code POLLMSG}: not used by Linux. */
    public static final int POLLMSG = Abi.value("POLLMSG");

    // Events of epoll(7)

    /** {@code EPOLLIN}: there is something to read, or the end of the stream. */
    public static final int EPOLLIN = Abi.value("EPOLLIN");

    /** {@code EPOLLPRI}: there is urgent data, or another exceptional condition. */
    public static final int EPOLLPRI = Abi.value("EPOLLPRI");

    /** {@code EPOLLOUT}: a write would not wait. */
    public static final int EPOLLOUT = Abi.value("EPOLLOUT");

    /** {@code EPOLLERR}: there is an error; told without being asked for. */
    public static final int EPOLLERR = Abi.value("EPOLLERR");

    /** {@code EPOLLHUP}: the peer has hung up; told without being asked for. */
    public static final int EPOLLHUP = Abi.value("EPOLLHUP");

    /** {@code EPOLLRDHUP}: the peer of a stream has sent its last byte. */
    public static final int EPOLLRDHUP = Abi.value("EPOLLRDHUP");

    /** {@code EPOLLRDNORM}: the same as EPOLLIN. */
    public static final int EPOLLRDNORM = Abi.value("EPOLLRDNORM");

    /** {@code EPOLLRDBAND}: there is data of another priority to read. */
    public static final int EPOLLRDBAND = Abi.value("EPOLLRDBAND");

    /** {@code EPOLLWRNORM}: the same as EPOLLOUT. */
    public static final int EPOLLWRNORM = Abi.value("EPOLLWRNORM");

    /** {@code EPOLLWRBAND}: data of another priority could be written. */
    public static final int EPOLLWRBAND = Abi.value("EPOLLWRBAND");

    /** {@code EPOLLMSG}: not used by Linux. */
    public static final int EPOLLMSG = Abi.value("EPOLLMSG");

    // How epoll(7) tells them

    /** {@code EPOLLET}: edge-triggered: told once for each change, not for as long as it lasts. */
    public static final int EPOLLET = Abi.value("EPOLLET");

    /** {@code EPOLLONESHOT}: told once, then not again before the next modify. */
    public static final int EPOLLONESHOT = Abi.value("EPOLLONESHOT");

    /** {@code EPOLLEXCLUSIVE}: of several sets that the descriptor is in, one or a few are told; for register alone. */
    public static final int EPOLLEXCLUSIVE = Abi.value("EPOLLEXCLUSIVE");

    /** {@code EPOLLWAKEUP}: keeps the machine from going to sleep, where the process may. */
    public static final int EPOLLWAKEUP = Abi.value("EPOLLWAKEUP");

    // Others

    /** {@code EPOLL_CLOEXEC}: flag of epoll_create1(2): every {@link Epoll} has it. */
    public static final int EPOLL_CLOEXEC = Abi.value("EPOLL_CLOEXEC");

    /** {@code PIPE_BUF}: as many bytes are written to a pipe at once or not at all; a pipe that is ready for writing takes them. */
    public static final int PIPE_BUF = Abi.value("PIPE_BUF");

    private SelectConstants() {}
}
