package dev.hawser.posix;

import java.util.ArrayList;
import java.util.List;

/**
 * Linux's error numbers: constants for those that the code tells apart, and names and texts for all of them.
 *
 * <p>The numbers are those of {@code <asm-generic/errno.h>}, the same on x86-64 and aarch64. The texts are glibc's English
 * ones ({@code strerror(3)} in the C locale), whatever the locale of the process and whichever its C library.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 */
public final class Errno {
    /** The caller lacks a privilege. */
    public static final int EPERM = 1;

    /** No file has that path. */
    public static final int ENOENT = 2;

    /** A signal cut the call short; call again. */
    public static final int EINTR = 4;

    /** The device failed. */
    public static final int EIO = 5;

    /** No such device or address; no interface has that index. */
    public static final int ENXIO = 6;

    /** The number names no open descriptor. */
    public static final int EBADF = 9;

    /** The call would have to wait, or a resource is short for the moment. */
    public static final int EAGAIN = 11;

    /** The same number as {@link #EAGAIN}. */
    public static final int EWOULDBLOCK = EAGAIN;

    /** The kernel has no memory to give. */
    public static final int ENOMEM = 12;

    /** The permissions of a file or address forbid it. */
    public static final int EACCES = 13;

    /** A pointer leads to no memory of the process. */
    public static final int EFAULT = 14;

    /** It is there already. */
    public static final int EEXIST = 17;

    /** No device, no interface has that name. */
    public static final int ENODEV = 19;

    /** An argument makes no sense here. */
    public static final int EINVAL = 22;

    /** The system has no file left to open. */
    public static final int ENFILE = 23;

    /** The process has no descriptor number left. */
    public static final int EMFILE = 24;

    /** There is no room left. */
    public static final int ENOSPC = 28;

    /** The peer reads no more. */
    public static final int EPIPE = 32;

    /** The memory lent for a result is too little, or a number too large. */
    public static final int ERANGE = 34;

    /** The name is too long. */
    public static final int ENAMETOOLONG = 36;

    /** The kernel has no such call, or a filter of the process forbids it. */
    public static final int ENOSYS = 38;

    /** The machine is not on the network. */
    public static final int ENONET = 64;

    /** The protocol was violated. */
    public static final int EPROTO = 71;

    /** The descriptor is not a socket. */
    public static final int ENOTSOCK = 88;

    /** The datagram has no destination. */
    public static final int EDESTADDRREQ = 89;

    /** The message is too long for one datagram. */
    public static final int EMSGSIZE = 90;

    /** The protocol does not suit the type of the socket. */
    public static final int EPROTOTYPE = 91;

    /** The protocol has no such option. */
    public static final int ENOPROTOOPT = 92;

    /** The family has no such protocol. */
    public static final int EPROTONOSUPPORT = 93;

    /** The family has no sockets of such a type. */
    public static final int ESOCKTNOSUPPORT = 94;

    /** This kind of socket cannot do that. */
    public static final int EOPNOTSUPP = 95;

    /** The kernel, or the socket, does not know the address family. */
    public static final int EAFNOSUPPORT = 97;

    /** Another socket has the address. */
    public static final int EADDRINUSE = 98;

    /** No interface here has the address, or no port is left. */
    public static final int EADDRNOTAVAIL = 99;

    /** The network interface is down. */
    public static final int ENETDOWN = 100;

    /** No route leads to the network. */
    public static final int ENETUNREACH = 101;

    /** The connection ended before it was accepted. */
    public static final int ECONNABORTED = 103;

    /** The peer reset the connection. */
    public static final int ECONNRESET = 104;

    /** The kernel has no buffer to give. */
    public static final int ENOBUFS = 105;

    /** The socket is connected already. */
    public static final int EISCONN = 106;

    /** The socket is not connected. */
    public static final int ENOTCONN = 107;

    /** The socket was shut down for sending. */
    public static final int ESHUTDOWN = 108;

    /** The peer did not answer in time. */
    public static final int ETIMEDOUT = 110;

    /** Nothing listens at the address. */
    public static final int ECONNREFUSED = 111;

    /** The host does not answer on its own network. */
    public static final int EHOSTDOWN = 112;

    /** No route leads to the host. */
    public static final int EHOSTUNREACH = 113;

    /** The connection attempt before this one is still under way. */
    public static final int EALREADY = 114;

    /** The connection attempt goes on after the call. */
    public static final int EINPROGRESS = 115;

    /** The operation was cancelled. */
    public static final int ECANCELED = 125;

    /** Line n, counted from 0, is error n, with a blank line after each ten; {@code -} is a number without a name. */
    private static final String TABLE = """
            - Success
            EPERM Operation not permitted
            ENOENT No such file or directory
            ESRCH No such process
            EINTR Interrupted system call
            EIO Input/output error
            ENXIO No such device or address
            E2BIG Argument list too long
            ENOEXEC Exec format error
            EBADF Bad file descriptor

            ECHILD No child processes
            EAGAIN Resource temporarily unavailable
            ENOMEM Cannot allocate memory
            EACCES Permission denied
            EFAULT Bad address
            ENOTBLK Block device required
            EBUSY Device or resource busy
            EEXIST File exists
            EXDEV Invalid cross-device link
            ENODEV No such device

            ENOTDIR Not a directory
            EISDIR Is a directory
            EINVAL Invalid argument
            ENFILE Too many open files in system
            EMFILE Too many open files
            ENOTTY Inappropriate ioctl for device
            ETXTBSY Text file busy
            EFBIG File too large
            ENOSPC No space left on device
            ESPIPE Illegal seek

            EROFS Read-only file system
            EMLINK Too many links
            EPIPE Broken pipe
            EDOM Numerical argument out of domain
            ERANGE Numerical result out of range
            EDEADLK Resource deadlock avoided
            ENAMETOOLONG File name too long
            ENOLCK No locks available
            ENOSYS Function not implemented
            ENOTEMPTY Directory not empty

            ELOOP Too many levels of symbolic links
            -
            ENOMSG No message of desired type
            EIDRM Identifier removed
            ECHRNG Channel number out of range
            EL2NSYNC Level 2 not synchronized
            EL3HLT Level 3 halted
            EL3RST Level 3 reset
            ELNRNG Link number out of range
            EUNATCH Protocol driver not attached

            ENOCSI No CSI structure available
            EL2HLT Level 2 halted
            EBADE Invalid exchange
            EBADR Invalid request descriptor
            EXFULL Exchange full
            ENOANO No anode
            EBADRQC Invalid request code
            EBADSLT Invalid slot
            -
            EBFONT Bad font file format

            ENOSTR Device not a stream
            ENODATA No data available
            ETIME Timer expired
            ENOSR Out of streams resources
            ENONET Machine is not on the network
            ENOPKG Package not installed
            EREMOTE Object is remote
            ENOLINK Link has been severed
            EADV Advertise error
            ESRMNT Srmount error

            ECOMM Communication error on send
            EPROTO Protocol error
            EMULTIHOP Multihop attempted
            EDOTDOT RFS specific error
            EBADMSG Bad message
            EOVERFLOW Value too large for defined data type
            ENOTUNIQ Name not unique on network
            EBADFD File descriptor in bad state
            EREMCHG Remote address changed
            ELIBACC Can not access a needed shared library

            ELIBBAD Accessing a corrupted shared library
            ELIBSCN .lib section in a.out corrupted
            ELIBMAX Attempting to link in too many shared libraries
            ELIBEXEC Cannot exec a shared library directly
            EILSEQ Invalid or incomplete multibyte or wide character
            ERESTART Interrupted system call should be restarted
            ESTRPIPE Streams pipe error
            EUSERS Too many users
            ENOTSOCK Socket operation on non-socket
            EDESTADDRREQ Destination address required

            EMSGSIZE Message too long
            EPROTOTYPE Protocol wrong type for socket
            ENOPROTOOPT Protocol not available
            EPROTONOSUPPORT Protocol not supported
            ESOCKTNOSUPPORT Socket type not supported
            EOPNOTSUPP Operation not supported
            EPFNOSUPPORT Protocol family not supported
            EAFNOSUPPORT Address family not supported by protocol
            EADDRINUSE Address already in use
            EADDRNOTAVAIL Cannot assign requested address

            ENETDOWN Network is down
            ENETUNREACH Network is unreachable
            ENETRESET Network dropped connection on reset
            ECONNABORTED Software caused connection abort
            ECONNRESET Connection reset by peer
            ENOBUFS No buffer space available
            EISCONN Transport endpoint is already connected
            ENOTCONN Transport endpoint is not connected
            ESHUTDOWN Cannot send after transport endpoint shutdown
            ETOOMANYREFS Too many references: cannot splice

            ETIMEDOUT Connection timed out
            ECONNREFUSED Connection refused
            EHOSTDOWN Host is down
            EHOSTUNREACH No route to host
            EALREADY Operation already in progress
            EINPROGRESS Operation now in progress
            ESTALE Stale file handle
            EUCLEAN Structure needs cleaning
            ENOTNAM Not a XENIX named type file
            ENAVAIL No XENIX semaphores available

            EISNAM Is a named type file
            EREMOTEIO Remote I/O error
            EDQUOT Disk quota exceeded
            ENOMEDIUM No medium found
            EMEDIUMTYPE Wrong medium type
            ECANCELED Operation canceled
            ENOKEY Required key not available
            EKEYEXPIRED Key has expired
            EKEYREVOKED Key has been revoked
            EKEYREJECTED Key was rejected by service

            EOWNERDEAD Owner died
            ENOTRECOVERABLE State not recoverable
            ERFKILL Operation not possible due to RF-kill
            EHWPOISON Memory page has hardware error
            """;

    private static final List<String> LINES = readLines();

    private Errno() {}

    /** Gives the C name of an error number, such as {@code ECONNREFUSED}, or {@code errno 9999} where Linux has none. */
    public static String name(int errno) {
        String line = line(errno);
        return line.startsWith("-") ? "errno " + errno : line.substring(0, line.indexOf(' '));
    }

    /**
     * Gives the text of an error number as {@code strerror(3)} does, such as {@code Connection refused}, or
     * {@code Unknown error 9999}.
     */
    public static String text(int errno) {
        String line = line(errno);
        int space = line.indexOf(' ');
        return space < 0 ? "Unknown error " + errno : line.substring(space + 1);
    }

    /** Gives name and text, as error messages have them: {@code ECONNREFUSED (Connection refused)}. */
    public static String describe(int errno) {
        return name(errno) + " (" + text(errno) + ")";
    }

    private static String line(int errno) {
        return errno >= 0 && errno < LINES.size() ? LINES.get(errno) : "-";
    }

    private static List<String> readLines() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = TABLE.indexOf('\n'); end >= 0; end = TABLE.indexOf('\n', start)) {
            if (end > start) {
                lines.add(TABLE.substring(start, end));
            }
            start = end + 1;
        }
        return lines;
    }
}
