package dev.hawser.socket;

/**
 * Linux's error numbers by their C names, as {@link SocketError#errno} has them: CPython's {@code errno} module. Unlike
 * {@link Constants} they are compile-time constants, and may stand in a {@code case} label. Any other number has a name
 * too, see {@link #name}.
 *
 * <p>Source: errno(3), {@code <asm-generic/errno.h>}.
 */
public final class Errno {

    /** {@code EPERM}: the caller lacks a privilege. */
    public static final int EPERM = dev.hawser.posix.Errno.EPERM;

    /** {@code ENOENT}: no file has that path. */
    public static final int ENOENT = dev.hawser.posix.Errno.ENOENT;

    /** {@code EINTR}: a signal cut the call short; call again. */
    public static final int EINTR = dev.hawser.posix.Errno.EINTR;

    /** {@code EIO}: the device failed. */
    public static final int EIO = dev.hawser.posix.Errno.EIO;

    /** {@code ENXIO}: no such device or address; no interface has that index. */
    public static final int ENXIO = dev.hawser.posix.Errno.ENXIO;

    /** {@code EBADF}: the number names no open descriptor. */
    public static final int EBADF = dev.hawser.posix.Errno.EBADF;

    /** {@code EAGAIN}: the call would have to wait, or a resource is short for the moment. */
    public static final int EAGAIN = dev.hawser.posix.Errno.EAGAIN;

    /** {@code EWOULDBLOCK}: the same number as {@link #EAGAIN}. */
    public static final int EWOULDBLOCK = dev.hawser.posix.Errno.EWOULDBLOCK;

    /** {@code ENOMEM}: the kernel has no memory to give. */
    public static final int ENOMEM = dev.hawser.posix.Errno.ENOMEM;

    /** {@code EACCES}: the permissions of a file or address forbid it. */
    public static final int EACCES = dev.hawser.posix.Errno.EACCES;

    /** {@code EFAULT}: a pointer leads to no memory of the process. */
    public static final int EFAULT = dev.hawser.posix.Errno.EFAULT;

    /** {@code EEXIST}: it is there already. */
    public static final int EEXIST = dev.hawser.posix.Errno.EEXIST;

    /** {@code ENODEV}: no device, no interface has that name. */
    public static final int ENODEV = dev.hawser.posix.Errno.ENODEV;

    /** {@code EINVAL}: an argument makes no sense here. */
    public static final int EINVAL = dev.hawser.posix.Errno.EINVAL;

    /** {@code ENFILE}: the system has no file left to open. */
    public static final int ENFILE = dev.hawser.posix.Errno.ENFILE;

    /** {@code EMFILE}: the process has no descriptor number left. */
    public static final int EMFILE = dev.hawser.posix.Errno.EMFILE;

    /** {@code ENOSPC}: there is no room left. */
    public static final int ENOSPC = dev.hawser.posix.Errno.ENOSPC;

    /** {@code EPIPE}: the peer reads no more. */
    public static final int EPIPE = dev.hawser.posix.Errno.EPIPE;

    /** {@code ENAMETOOLONG}: the name is too long. */
    public static final int ENAMETOOLONG = dev.hawser.posix.Errno.ENAMETOOLONG;

    /** {@code ENONET}: the machine is not on the network. */
    public static final int ENONET = dev.hawser.posix.Errno.ENONET;

    /** {@code EPROTO}: the protocol was violated. */
    public static final int EPROTO = dev.hawser.posix.Errno.EPROTO;

    /** {@code ENOTSOCK}: the descriptor is not a socket. */
    public static final int ENOTSOCK = dev.hawser.posix.Errno.ENOTSOCK;

    /** {@code EDESTADDRREQ}: the datagram has no destination. */
    public static final int EDESTADDRREQ = dev.hawser.posix.Errno.EDESTADDRREQ;

    /** {@code EMSGSIZE}: the message is too long for one datagram. */
    public static final int EMSGSIZE = dev.hawser.posix.Errno.EMSGSIZE;

    /** {@code EPROTOTYPE}: the protocol does not suit the type of the socket. */
    public static final int EPROTOTYPE = dev.hawser.posix.Errno.EPROTOTYPE;

    /** {@code ENOPROTOOPT}: the protocol has no such option. */
    public static final int ENOPROTOOPT = dev.hawser.posix.Errno.ENOPROTOOPT;

    /** {@code EPROTONOSUPPORT}: the family has no such protocol. */
    public static final int EPROTONOSUPPORT = dev.hawser.posix.Errno.EPROTONOSUPPORT;

    /** {@code ESOCKTNOSUPPORT}: the family has no sockets of such a type. */
    public static final int ESOCKTNOSUPPORT = dev.hawser.posix.Errno.ESOCKTNOSUPPORT;

    /** {@code EOPNOTSUPP}: this kind of socket cannot do that. */
    public static final int EOPNOTSUPP = dev.hawser.posix.Errno.EOPNOTSUPP;

    /** {@code EAFNOSUPPORT}: the kernel, or the socket, does not know the address family. */
    public static final int EAFNOSUPPORT = dev.hawser.posix.Errno.EAFNOSUPPORT;

    /** {@code EADDRINUSE}: another socket has the address. */
    public static final int EADDRINUSE = dev.hawser.posix.Errno.EADDRINUSE;

    /** {@code EADDRNOTAVAIL}: no interface here has the address, or no port is left. */
    public static final int EADDRNOTAVAIL = dev.hawser.posix.Errno.EADDRNOTAVAIL;

    /** {@code ENETDOWN}: the network interface is down. */
    public static final int ENETDOWN = dev.hawser.posix.Errno.ENETDOWN;

    /** {@code ENETUNREACH}: no route leads to the network. */
    public static final int ENETUNREACH = dev.hawser.posix.Errno.ENETUNREACH;

    /** {@code ECONNABORTED}: the connection ended before it was accepted. */
    public static final int ECONNABORTED = dev.hawser.posix.Errno.ECONNABORTED;

    /** {@code ECONNRESET}: the peer reset the connection. */
    public static final int ECONNRESET = dev.hawser.posix.Errno.ECONNRESET;

    /** {@code ENOBUFS}: the kernel has no buffer to give. */
    public static final int ENOBUFS = dev.hawser.posix.Errno.ENOBUFS;

    /** {@code EISCONN}: the socket is connected already. */
    public static final int EISCONN = dev.hawser.posix.Errno.EISCONN;

    /** {@code ENOTCONN}: the socket is not connected. */
    public static final int ENOTCONN = dev.hawser.posix.Errno.ENOTCONN;

    /** {@code ESHUTDOWN}: the socket was shut down for sending. */
    public static final int ESHUTDOWN = dev.hawser.posix.Errno.ESHUTDOWN;

    /** {@code ETIMEDOUT}: the peer did not answer in time. */
    public static final int ETIMEDOUT = dev.hawser.posix.Errno.ETIMEDOUT;

    /** {@code ECONNREFUSED}: nothing listens at the address. */
    public static final int ECONNREFUSED = dev.hawser.posix.Errno.ECONNREFUSED;

    /** {@code EHOSTDOWN}: the host does not answer on its own network. */
    public static final int EHOSTDOWN = dev.hawser.posix.Errno.EHOSTDOWN;

    /** {@code EHOSTUNREACH}: no route leads to the host. */
    public static final int EHOSTUNREACH = dev.hawser.posix.Errno.EHOSTUNREACH;

    /** {@code EALREADY}: the connection attempt before this one is still under way. */
    public static final int EALREADY = dev.hawser.posix.Errno.EALREADY;

    /** {@code EINPROGRESS}: the connection attempt goes on after the call. */
    public static final int EINPROGRESS = dev.hawser.posix.Errno.EINPROGRESS;

    /** {@code ECANCELED}: the operation was cancelled. */
    public static final int ECANCELED = dev.hawser.posix.Errno.ECANCELED;

    private Errno() {}

    /**
     * The C name of an error number.
     *
     * @param errno the number
     * @return such as {@code ECONNREFUSED}, or {@code errno 9999} where Linux has none
     */
    public static String name(int errno) {
        return dev.hawser.posix.Errno.name(errno);
    }

    /**
     * The text of an error number, strerror(3) in English.
     *
     * @param errno the number
     * @return such as {@code Connection refused}, or {@code Unknown error 9999}
     */
    public static String text(int errno) {
        return dev.hawser.posix.Errno.text(errno);
    }
}
