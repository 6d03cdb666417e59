package dev.hawser.cli;

import dev.hawser.netlink.Link;
import dev.hawser.netlink.Network;
import dev.hawser.netlink.SocketEntry;
import dev.hawser.netlink.SocketOwners;
import dev.hawser.netlink.SocketState;
import dev.hawser.netlink.SocketTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser sockets}: the open sockets of this machine, in the columns and with the letters of {@code ss}. */
@Command(
        name = "sockets",
        description = {
            "Lists the open sockets of this machine, as ss does: by default those with a peer, of all kinds below.",
            "",
            "The letters can be written together: hawser sockets -tunlp. The processes of other users are told to root alone."
        },
        sortOptions = false)
final class SocketsCommand implements Callable<Integer> {
    private static final Set<SocketState> LISTENING = EnumSet.of(SocketState.LISTENING, SocketState.CLOSED);

    /** What has no peer yet, or no longer. */
    private static final Set<SocketState> NOT_CONNECTED =
            EnumSet.of(SocketState.LISTENING, SocketState.CLOSED, SocketState.TIME_WAIT, SocketState.SYN_RECEIVED);

    private final Streams streams;

    @Option(
            names = {"-t", "--tcp"},
            description = "TCP sockets.")
    private boolean tcp;

    @Option(
            names = {"-u", "--udp"},
            description = "UDP sockets.")
    private boolean udp;

    @Option(
            names = {"-w", "--raw"},
            description = "Raw sockets.")
    private boolean raw;

    @Option(
            names = {"-x", "--unix"},
            description = "Unix sockets.")
    private boolean unix;

    @Option(
            names = {"-4", "--ipv4"},
            description = "IPv4 alone.")
    private boolean ipv4;

    @Option(
            names = {"-6", "--ipv6"},
            description = "IPv6 alone.")
    private boolean ipv6;

    @Option(
            names = {"-l", "--listening"},
            description = "Those that listen, and datagram sockets without a peer.")
    private boolean listening;

    @Option(
            names = {"-a", "--all"},
            description = "Those in any state; it outdoes -l.")
    private boolean all;

    @Option(
            names = {"-n", "--numeric"},
            description = "Ports as numbers, not as names of services.")
    private boolean numeric;

    @Option(
            names = {"-p", "--processes"},
            description = "The processes that have the sockets open.")
    private boolean processes;

    SocketsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        SocketLines lines = new SocketLines(
                numeric ? Services.NONE : Services.read(),
                Network.links().stream().collect(Collectors.toMap(Link::index, Link::name)),
                processes ? SocketOwners.read() : null);
        for (SocketEntry entry : entries()) {
            if (isWanted(entry)) {
                lines.add(entry);
            }
        }
        lines.print(streams.out());
        return 0;
    }

    /** In the order of {@code ss}. A family alone means all protocols of the Internet. */
    private List<SocketEntry> entries() throws IOException {
        boolean everything = !tcp && !udp && !raw && !unix && !ipv4 && !ipv6;
        boolean wholeInternet = everything || ((ipv4 || ipv6) && !tcp && !udp && !raw);
        List<SocketEntry> entries = new ArrayList<>();
        if (unix || everything) {
            entries.addAll(SocketTable.unix());
        }
        if (raw || wholeInternet) {
            entries.addAll(SocketTable.raw());
        }
        if (udp || wholeInternet) {
            entries.addAll(SocketTable.udp());
        }
        if (tcp || wholeInternet) {
            entries.addAll(SocketTable.tcp());
        }
        return entries;
    }

    private boolean isWanted(SocketEntry entry) {
        boolean state = all || (listening ? LISTENING.contains(entry.state()) : !NOT_CONNECTED.contains(entry.state()));
        return state && (ipv4 == ipv6 || SocketLines.isOfFamily(entry, ipv4));
    }
}
