package dev.hawser.examples;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of sockets that there are, and whether this kernel makes them: for a {@link Doctor}. */
final class SocketKinds {

    private static final String SECTION = "Sockets";

    /** @param bindTo null where making one tells enough */
    private record Kind(
            String name,
            int family,
            int type,
            int protocol,
            @Nullable Sockaddr bindTo,
            boolean needed) {}

    private static final List<Kind> KINDS = List.of(
            needed("TCP over IPv4", Constants.AF_INET, Constants.SOCK_STREAM, SockaddrIn.of("127.0.0.1", 0)),
            needed("UDP over IPv4", Constants.AF_INET, Constants.SOCK_DGRAM, SockaddrIn.of("127.0.0.1", 0)),
            bound("TCP over IPv6", Constants.AF_INET6, Constants.SOCK_STREAM, SockaddrIn6.of("::1", 0)),
            bound("UDP over IPv6", Constants.AF_INET6, Constants.SOCK_DGRAM, SockaddrIn6.of("::1", 0)),
            needed("Unix stream", Constants.AF_UNIX, Constants.SOCK_STREAM, SockaddrUn.UNNAMED),
            needed("Unix datagram", Constants.AF_UNIX, Constants.SOCK_DGRAM, SockaddrUn.UNNAMED),
            bound("Unix seqpacket", Constants.AF_UNIX, Constants.SOCK_SEQPACKET, SockaddrUn.UNNAMED),
            of("MPTCP", Constants.AF_INET, Constants.SOCK_STREAM, Constants.IPPROTO_MPTCP),
            of("SCTP", Constants.AF_INET, Constants.SOCK_STREAM, Constants.IPPROTO_SCTP),
            of("UDP-Lite", Constants.AF_INET, Constants.SOCK_DGRAM, Constants.IPPROTO_UDPLITE),
            of("ping, unprivileged", Constants.AF_INET, Constants.SOCK_DGRAM, Constants.IPPROTO_ICMP),
            of("raw IPv4", Constants.AF_INET, Constants.SOCK_RAW, Constants.IPPROTO_ICMP),
            of("raw IPv6", Constants.AF_INET6, Constants.SOCK_RAW, Constants.IPPROTO_ICMPV6),
            of("packet", Constants.AF_PACKET, Constants.SOCK_RAW, 0),
            of("netlink", Constants.AF_NETLINK, Constants.SOCK_RAW, Constants.NETLINK_ROUTE),
            of("netlink sock_diag", Constants.AF_NETLINK, Constants.SOCK_RAW, Constants.NETLINK_SOCK_DIAG),
            of("vsock", Constants.AF_VSOCK, Constants.SOCK_STREAM, 0),
            of("kernel crypto", Constants.AF_ALG, Constants.SOCK_SEQPACKET, 0),
            of("CAN", Constants.AF_CAN, Constants.SOCK_RAW, Constants.CAN_RAW),
            of("Bluetooth L2CAP", Constants.AF_BLUETOOTH, Constants.SOCK_SEQPACKET, Constants.BTPROTO_L2CAP),
            of("TIPC", Constants.AF_TIPC, Constants.SOCK_STREAM, 0),
            of("Qualcomm IPC router", Constants.AF_QIPCRTR, Constants.SOCK_DGRAM, 0));

    private SocketKinds() {}

    private static Kind of(String name, int family, int type, int protocol) {
        return new Kind(name, family, type, protocol, null, false);
    }

    private static Kind bound(String name, int family, int type, Sockaddr bindTo) {
        return new Kind(name, family, type, 0, bindTo, false);
    }

    private static Kind needed(String name, int family, int type, Sockaddr bindTo) {
        return new Kind(name, family, type, 0, bindTo, true);
    }

    static List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (Kind kind : KINDS) {
            String why = refusal(kind);
            Finding finding = Finding.of(SECTION, kind.name(), why == null, why == null ? "" : why);
            findings.add(kind.needed() ? finding.asNeeded() : finding);
        }
        return findings;
    }

    /** Null where one can be made, and bound. */
    private static @Nullable String refusal(Kind kind) {
        try (Socket socket = new Socket(kind.family(), kind.type(), kind.protocol())) {
            if (kind.bindTo() != null) {
                socket.bind(kind.bindTo());
            }
            return null;
        } catch (IOException e) {
            return e instanceof SocketError error
                    ? (error.details().operation().equals("bind") ? "bind: " : "")
                            + error.details().reason()
                    : String.valueOf(e.getMessage());
        }
    }
}
