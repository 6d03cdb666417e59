package dev.hawser.netlink;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the open sockets of this machine with their states, as {@code ss} does. {@link SocketOwners} tells whose they are.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * The kernel answers at once. A long table is no picture of one moment: sockets that come and go meanwhile may be in it or
 * not.
 *
 * <h2>Errors</h2>
 * {@link NetlinkException} where the kernel has no such table, which names what it lacks; {@link
 * MalformedNetlinkException} for answers that are none; else a {@link SocketError}.
 *
 * <h2>Platform notes</h2>
 * What is listed is the network namespace of the process, sockets of other users included. No privilege is needed.
 *
 * <p>Source: sock_diag(7).
 *
 * {@snippet file="dev/hawser/netlink/NetlinkSnippetsTest.java" region="sockets"}
 */
public final class SocketTable {

    private SocketTable() {}

    /**
     * The TCP sockets.
     *
     * @return those of IPv4, then those of IPv6, in all states
     * @throws IOException if the kernel refuses
     */
    public static List<InetSocketEntry> tcp() throws IOException {
        return inet("list TCP sockets", Constants.IPPROTO_TCP, "CONFIG_INET_TCP_DIAG");
    }

    /**
     * The UDP sockets.
     *
     * @return those of IPv4, then those of IPv6, in all states
     * @throws IOException if the kernel refuses
     */
    public static List<InetSocketEntry> udp() throws IOException {
        return inet("list UDP sockets", Constants.IPPROTO_UDP, "CONFIG_INET_UDP_DIAG");
    }

    /**
     * The raw sockets. Many kernels are built without a table of them: then /proc/net/raw and raw6 tell, as far as they go.
     *
     * @return those of IPv4, then those of IPv6, in all states
     * @throws IOException if the kernel refuses
     */
    public static List<InetSocketEntry> raw() throws IOException {
        try {
            return inet("list raw sockets", Constants.IPPROTO_RAW, "CONFIG_INET_RAW_DIAG");
        } catch (NetlinkException e) {
            if (!ProcNetRaw.isThere()) {
                throw e;
            }
            return ProcNetRaw.read();
        }
    }

    /**
     * The Unix sockets.
     *
     * @return those of all types, in all states
     * @throws IOException if the kernel refuses
     */
    public static List<UnixSocketEntry> unix() throws IOException {
        return list("list Unix sockets", "CONFIG_UNIX_DIAG", UnixDiagDecoder.request(), UnixDiagDecoder::decode);
    }

    private static List<InetSocketEntry> inet(String operation, int protocol, String part) throws IOException {
        List<InetSocketEntry> all = new ArrayList<>();
        for (int family : new int[] {Constants.AF_INET, Constants.AF_INET6}) {
            byte[] request = InetDiagDecoder.request(family, protocol);
            all.addAll(list(operation, part, request, message -> InetDiagDecoder.decode(message, protocol)));
        }
        return all;
    }

    private static <T> List<T> list(String operation, String part, byte[] request, NetlinkSocket.Decoder<T> decoder)
            throws IOException {
        try {
            return NetlinkSocket.list(operation, NetlinkSocket.SOCK_DIAG, InetDiagDecoder.TYPE, request, decoder);
        } catch (NetlinkException e) {
            throw e.errno() == Errno.ENOENT || e.errno() == Errno.EINVAL ? missing(operation, e.errno(), part, e) : e;
        } catch (IOException e) {
            boolean noProtocol = e instanceof SocketError error
                    && (error.errno() == Errno.EPROTONOSUPPORT || error.errno() == Errno.EAFNOSUPPORT);
            throw noProtocol ? missing(operation, ((SocketError) e).errno(), "CONFIG_INET_DIAG", e) : e;
        }
    }

    private static NetlinkException missing(String operation, int errno, String part, IOException cause) {
        NetlinkException missing =
                new NetlinkException(operation, errno, "this kernel was built without sock_diag for it (" + part + ")");
        missing.initCause(cause);
        return missing;
    }
}
