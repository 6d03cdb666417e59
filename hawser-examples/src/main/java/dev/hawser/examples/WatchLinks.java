package dev.hawser.examples;

import dev.hawser.netlink.Link;
import dev.hawser.netlink.Network;
import dev.hawser.netlink.NetworkEvent;
import dev.hawser.netlink.NetworkWatch;
import dev.hawser.netlink.WatchTopic;
import java.io.IOException;
import java.util.Locale;

/**
 * Prints the network interfaces of this machine, then a line whenever one comes, changes or goes, as {@code ip monitor
 * link} does. It ends with Ctrl-C.
 *
 * <pre>{@code
 *   lo: up, state unknown, mtu 65536, 00:00:00:00:00:00
 * + rope0: down, state down, mtu 1500, 1e:7c:65:0a:4d:11, veth
 * * rope0: up, state lowerlayerdown, mtu 1500, 1e:7c:65:0a:4d:11, veth
 * - rope0: down, state down, mtu 1500, 1e:7c:65:0a:4d:11, veth
 * }</pre>
 */
public final class WatchLinks {

    private WatchLinks() {}

    /**
     * Watches until it is ended.
     *
     * @param args none
     * @throws IOException if the kernel refuses
     */
    public static void main(String[] args) throws IOException {
        // First the watch, then the list: what happens in between is told twice rather than never.
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS)) {
            printAll();
            while (true) {
                print(watch.next());
            }
        }
    }

    private static void print(NetworkEvent event) throws IOException {
        switch (event) {
            case NetworkEvent.LinkAdded(Link link) -> System.out.println("+ " + describe(link));
            case NetworkEvent.LinkChanged(Link link) -> System.out.println("* " + describe(link));
            case NetworkEvent.LinkRemoved(Link link) -> System.out.println("- " + describe(link));
            case NetworkEvent.EventsLost lost -> {
                System.out.println("! " + lost.reason() + "; there are now:");
                printAll();
            }
            default -> throw new AssertionError("nothing else was asked for: " + event);
        }
    }

    private static void printAll() throws IOException {
        for (Link link : Network.links()) {
            System.out.println("  " + describe(link));
        }
    }

    private static String describe(Link link) {
        String state = link.state().name().toLowerCase(Locale.ROOT).replace("_", "");
        return link.name() + ": " + (link.isUp() ? "up" : "down") + ", state " + state + ", mtu " + link.mtu()
                + (link.address() == null ? "" : ", " + link.address())
                + (link.kind() == null ? "" : ", " + link.kind());
    }
}
