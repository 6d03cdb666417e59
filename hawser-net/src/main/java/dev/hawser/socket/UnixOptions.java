package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;

import dev.hawser.posix.Abi;

/**
 * The options of Unix sockets, as unix(7) describes them; their level is SOL_SOCKET.
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="peer"}
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}. SO_PEEK_OFF is there too.
 *
 * <p>Source: unix(7), and {@code <sys/socket.h>}.
 */
public final class UnixOptions {

    /** The most bytes of a security context. */
    private static final int MAX_CONTEXT = 4096;

    /** Receive the credentials of each sender as ancillary data, SCM_CREDENTIALS. Default: off. */
    public static final SocketOption<Boolean> SO_PASSCRED = option("SO_PASSCRED", FLAG);

    /** Receive the security context of each sender as ancillary data, SCM_SECURITY. Default: off. */
    public static final SocketOption<Boolean> SO_PASSSEC = option("SO_PASSSEC", FLAG);

    /** Receive a pidfd of each sender as ancillary data, SCM_PIDFD: the last of {@link PassedDescriptors}. Default: off. Linux 6.5. */
    public static final SocketOption<Boolean> SO_PASSPIDFD = option("SO_PASSPIDFD", FLAG);

    /** Who is at the other end, as it was at connect, listen or socketPair; read only. */
    public static final SocketOption<PeerCredentials> SO_PEERCRED = option("SO_PEERCRED", PeerCredentials.CODEC);

    /** The other groups of whoever is at the other end; read only. */
    public static final SocketOption<PeerGroups> SO_PEERGROUPS = option("SO_PEERGROUPS", PeerGroups.CODEC);

    /**
     * A descriptor of the process at the other end, for the caller to close: close-on-exec, and never another process's,
     * which a number may be by now; read only. Linux 6.5.
     */
    public static final SocketOption<PidFd> SO_PEERPIDFD = option("SO_PEERPIDFD", PidFd.CODEC);

    /** The security context at the other end, for TCP too; ENOPROTOOPT where no security module has any; read only. */
    public static final SocketOption<String> SO_PEERSEC =
            option("SO_PEERSEC", OptionCodec.text(MAX_CONTEXT).readOnly());

    private UnixOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_SOCKET, Abi.value(name), codec);
    }
}
