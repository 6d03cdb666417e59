package dev.hawser.examples;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.IpOptions;
import dev.hawser.socket.Ipv6Options;
import dev.hawser.socket.NetlinkOptions;
import dev.hawser.socket.PacketOptions;
import dev.hawser.socket.RawOptions;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOption;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.TcpOptions;
import dev.hawser.socket.UdpOptions;
import dev.hawser.socket.UnixOptions;
import dev.hawser.socket.VsockOptions;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The socket options that Hawser knows, read on a socket of their kind: for a {@link Doctor}. */
final class OptionTables {

    private static final String SECTION = "Options";

    /** A kind of socket. */
    private record Kind(int family, int type, int protocol) {}

    /**
     * @param table has a constant for each option
     * @param kinds the sockets that such options are for: each option for one of them
     */
    private record Table(String name, Class<?> table, List<Kind> kinds) {}

    private static final Kind TCP = new Kind(Constants.AF_INET, Constants.SOCK_STREAM, 0);
    private static final Kind UDP = new Kind(Constants.AF_INET, Constants.SOCK_DGRAM, 0);
    private static final Kind UDP6 = new Kind(Constants.AF_INET6, Constants.SOCK_DGRAM, 0);
    private static final Kind UNIX = new Kind(Constants.AF_UNIX, Constants.SOCK_STREAM, 0);
    private static final Kind RAW = new Kind(Constants.AF_INET, Constants.SOCK_RAW, Constants.IPPROTO_ICMP);
    private static final Kind RAW6 = new Kind(Constants.AF_INET6, Constants.SOCK_RAW, Constants.IPPROTO_RAW);
    private static final Kind ICMP6 = new Kind(Constants.AF_INET6, Constants.SOCK_RAW, Constants.IPPROTO_ICMPV6);
    private static final Kind PACKET = new Kind(Constants.AF_PACKET, Constants.SOCK_RAW, 0);
    private static final Kind NETLINK = new Kind(Constants.AF_NETLINK, Constants.SOCK_RAW, 0);
    private static final Kind VSOCK = new Kind(Constants.AF_VSOCK, Constants.SOCK_STREAM, 0);

    private static final List<Table> TABLES = List.of(
            new Table("of all sockets", SocketOptions.class, List.of(TCP)),
            new Table("of IPv4", IpOptions.class, List.of(UDP)),
            new Table("of IPv6", Ipv6Options.class, List.of(UDP6, RAW6, ICMP6)),
            new Table("of TCP", TcpOptions.class, List.of(TCP)),
            new Table("of UDP", UdpOptions.class, List.of(UDP)),
            new Table("of raw sockets", RawOptions.class, List.of(RAW, ICMP6)),
            new Table("of Unix sockets", UnixOptions.class, List.of(UNIX)),
            new Table("of packet sockets", PacketOptions.class, List.of(PACKET)),
            new Table("of netlink", NetlinkOptions.class, List.of(NETLINK)),
            new Table("of vsock", VsockOptions.class, List.of(VSOCK)));

    private OptionTables() {}

    static List<Finding> examine() {
        return TABLES.stream().map(OptionTables::examine).toList();
    }

    private static Finding examine(Table table) {
        List<Socket> sockets = new ArrayList<>();
        String unmade = "";
        for (Kind kind : table.kinds()) {
            try {
                sockets.add(new Socket(kind.family(), kind.type(), kind.protocol()));
            } catch (IOException e) {
                unmade = reason(e);
            }
        }
        try {
            return sockets.isEmpty() ? Finding.of(SECTION, table.name(), false, unmade) : examine(table, sockets);
        } finally {
            sockets.forEach(OptionTables::close);
        }
    }

    private static Finding examine(Table table, List<Socket> sockets) {
        int tried = 0;
        Map<String, List<String>> refused = new TreeMap<>();
        for (Field field : table.table().getFields()) {
            if (value(field) instanceof SocketOption<?> option && option.isReadable()) {
                tried++;
                List<String> why =
                        sockets.stream().map(socket -> refusal(socket, option)).toList();
                if (!why.contains("")) {
                    refused.computeIfAbsent(why.getFirst(), errno -> new ArrayList<>())
                            .add(option.name());
                }
            }
        }
        return finding(table, tried, refused);
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a public constant that cannot be read", e);
        }
    }

    private static Finding finding(Table table, int tried, Map<String, List<String>> refused) {
        int missing = refused.values().stream().mapToInt(List::size).sum();
        String detail = tried - missing + " of " + tried
                + refused.entrySet().stream()
                        .map(entry -> "; " + entry.getKey() + ": " + String.join(" ", entry.getValue()))
                        .collect(Collectors.joining());
        return Finding.of(SECTION, table.name(), missing < tried, detail);
    }

    /** Nothing where the kernel knows the option: that it has no value before there is a connection, is none. */
    private static String refusal(Socket socket, SocketOption<?> option) {
        try {
            close(socket.getSockOpt(option));
            return "";
        } catch (IOException e) {
            int errno = e instanceof SocketError error ? error.errno() : 0;
            boolean unknown = errno == Errno.ENOPROTOOPT || errno == Errno.EOPNOTSUPP || errno == Errno.EPERM;
            return unknown ? Errno.name(errno) : "";
        }
    }

    /** A socket; or the value of SO_PEERPIDFD, which is a descriptor. */
    private static void close(Object value) {
        if (value instanceof Closeable open) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only looked at.
            }
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof SocketError error ? error.details().reason() : String.valueOf(failure.getMessage());
    }
}
