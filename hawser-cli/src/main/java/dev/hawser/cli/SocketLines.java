package dev.hawser.cli;

import dev.hawser.netlink.InetSocketEntry;
import dev.hawser.netlink.SocketEntry;
import dev.hawser.netlink.SocketOwners;
import dev.hawser.netlink.UnixSocketEntry;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Open sockets in the columns of {@code ss}, each as wide as it must be. */
final class SocketLines {

    private static final List<String> HEADER =
            List.of("Netid", "State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port", "Process");

    private final Services services;
    private final Map<Integer, String> links;
    private final @Nullable SocketOwners owners;
    private final List<List<String>> rows = new ArrayList<>(List.of(HEADER));

    /** Names ports by the services, and interfaces by their numbers; without owners, the last column is empty. */
    SocketLines(Services services, Map<Integer, String> links, @Nullable SocketOwners owners) {
        this.services = services;
        this.links = links;
        this.owners = owners;
    }

    /** Whether a socket is one of IPv4, or else of IPv6; Unix sockets are of any family. */
    static boolean isOfFamily(SocketEntry entry, boolean ipv4) {
        return !(entry instanceof InetSocketEntry inet) || (inet.local() instanceof SockaddrIn) == ipv4;
    }

    void add(SocketEntry entry) {
        String local;
        String remote;
        switch (entry) {
            case InetSocketEntry inet -> {
                String link = inet.linkIndex() == 0
                        ? ""
                        : "%" + links.getOrDefault(inet.linkIndex(), "if" + inet.linkIndex());
                local = text(inet, inet.local(), link);
                remote = text(inet, inet.remote(), "");
            }
            case UnixSocketEntry unix -> {
                local = (unix.local().isUnnamed() ? "*" : name(unix)) + " " + unix.inode();
                remote = "* " + unix.peerInode();
            }
        }
        rows.add(List.of(
                netid(entry),
                entry.state().ssName(),
                Long.toString(entry.receiveQueue()),
                Long.toString(entry.sendQueue()),
                local,
                remote,
                owners == null ? "" : users(owners.of(entry.inode()))));
    }

    void print(PrintStream out) {
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 1);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private static String netid(SocketEntry entry) {
        return switch (entry) {
            case InetSocketEntry inet -> protocol(inet);
            case UnixSocketEntry unix ->
                unix.type() == Constants.SOCK_STREAM
                        ? "u_str"
                        : unix.type() == Constants.SOCK_DGRAM ? "u_dgr" : "u_seq";
        };
    }

    private static String protocol(InetSocketEntry entry) {
        return entry.protocol() == Constants.IPPROTO_TCP
                ? "tcp"
                : entry.protocol() == Constants.IPPROTO_UDP ? "udp" : "raw";
    }

    /** A star for every address of both families, and for every port. */
    private String text(InetSocketEntry entry, Sockaddr address, String link) {
        return switch (address) {
            case SockaddrIn in -> in.host() + link + ":" + port(entry, in.port());
            case SockaddrIn6 in6 -> {
                boolean any = in6.high() == 0 && in6.low() == 0 && !entry.ipv6Only();
                yield (any ? "*" : "[" + in6.host() + "]") + link + ":" + port(entry, in6.port());
            }
            default -> address.toString();
        };
    }

    private String port(InetSocketEntry entry, int port) {
        return port == 0 ? "*" : services.name(protocol(entry), port);
    }

    /** As the kernel has it, with {@code @} for the zero bytes of an abstract name. */
    private static String name(UnixSocketEntry entry) {
        String text = entry.local().toString();
        return text.startsWith("unix:") ? text.substring("unix:".length()) : text;
    }

    private static String users(List<SocketOwners.Owner> owners) {
        return owners.isEmpty()
                ? ""
                : owners.stream()
                        .map(owner -> "(\"" + printable(owner.command()) + "\",pid=" + owner.pid() + ",fd=" + owner.fd()
                                + ")")
                        .collect(Collectors.joining(",", "users:(", ")"));
    }

    /** A process may call itself anything, also what a terminal takes for a command. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
