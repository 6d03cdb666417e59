package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a network of its own, where {@code ip} makes links, changes them and takes them away. */
@Timeout(60)
@RequiresProgram({"ip", "unshare", "nsenter"})
class WatchLinksTest {

    @Test
    void printsWhatThereIsAndWhatBecomesOfIt() throws Exception {
        Jvm.requireOwnNetwork("ip link set lo up");
        try (Peer watch = Jvm.startInOwnNetwork("ip link set lo up", WatchLinks.class)) {
            until(watch, "  lo: up, state unknown, mtu 65536, 00:00:00:00:00:00");
            ip(watch, "link add rope0 address 02:00:00:00:00:07 type veth peer name rope1");
            until(watch, "+ rope0: down, state down, mtu 1500, 02:00:00:00:00:07, veth");
            ip(watch, "link set rope0 mtu 1280");
            until(watch, "* rope0: down, state down, mtu 1280, 02:00:00:00:00:07, veth");
            ip(watch, "link set rope0 up");
            until(watch, "* rope0: up, state lowerlayerdown, mtu 1280, 02:00:00:00:00:07, veth");
            ip(watch, "link delete rope0");
            until(watch, "- rope0: ");
        }
    }

    /** Runs {@code ip} in the network of the example. */
    private static void ip(Peer inNetwork, String words) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-t", Long.toString(inNetwork.process().pid()), "-n", "ip"));
        arguments.addAll(List.of(words.split(" ")));
        try (Peer ip = Peers.start("nsenter", arguments.toArray(String[]::new))) {
            assertThat(ip.awaitExit()).isZero();
        }
    }

    /** Passes over what the kernel tells of its other end, and tells several times. */
    private static void until(Peer peer, String start) {
        List<String> before = new ArrayList<>();
        for (String line = peer.readLine(); !line.startsWith(start); line = peer.readLine()) {
            before.add(line);
            assertThat(before).hasSizeLessThan(100);
        }
    }
}
