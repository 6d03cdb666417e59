package dev.hawser.netlink;

import dev.hawser.socket.Errno;
import java.net.SocketException;

/**
 * The kernel refused a netlink request: it answered with an NLMSG_ERROR, or ended its list with an errno.
 *
 * <p>The message reads {@code list raw sockets: ENOENT (No such file or directory): ...}, with the kernel's own words
 * where it has any, or with what the errno means for this request.
 */
public final class NetlinkException extends SocketException {

    private static final long serialVersionUID = 1L;

    /** The errno. */
    private final int errno;

    NetlinkException(String operation, int errno, String why) {
        super(operation + ": " + Errno.name(errno) + " (" + Errno.text(errno) + ")"
                + (why.isEmpty() ? "" : ": " + why));
        this.errno = errno;
    }

    /**
     * The error number of the answer.
     *
     * @return one of {@link Errno}; EINTR where what was listed changed each time while it was
     */
    public int errno() {
        return errno;
    }

    /**
     * The name of the error number.
     *
     * @return such as {@code ENOENT}
     */
    public String errnoName() {
        return Errno.name(errno);
    }
}
