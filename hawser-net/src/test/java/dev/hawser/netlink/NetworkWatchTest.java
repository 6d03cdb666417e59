package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.SocketClosedException;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes made by {@code ip}, in a network namespace of the test's own. */
@Timeout(60)
class NetworkWatchTest {

    @Test
    void linksComeChangeAndGo() throws Exception {
        try (Peer watch = Namespace.run(NamespaceProgram.class, "LINKS")) {
            assertThat(watch.readLine()).isEqualTo("watching");
            watch.writeLine("ip link add hawser0 type veth peer name hawser1");
            assertThat(until(watch, "LinkAdded[link=Link[index=", "name=hawser0"))
                    .contains("kind=veth");
            watch.writeLine("ip link set hawser0 mtu 1280");
            assertThat(until(watch, "LinkChanged[", "name=hawser0", "mtu=1280")).contains("state=DOWN");
            watch.writeLine("ip link set hawser0 name rope0");
            until(watch, "LinkChanged[", "name=rope0");
            watch.writeLine("ip link delete rope0");
            until(watch, "LinkRemoved[", "name=rope0");
            watch.closeInput();
            until(watch, "SocketClosedException");
            assertThat(watch.awaitExit()).isZero();
        }
    }

    @Test
    void addressesAndRoutesComeAndGo() throws Exception {
        try (Peer watch = Namespace.run(NamespaceProgram.class, "ADDRESSES", "ROUTES")) {
            assertThat(watch.readLine()).isEqualTo("watching");
            watch.writeLine("ip link set lo up");
            until(watch, "AddressAdded[", "/127.0.0.1, prefixLength=8");
            watch.writeLine("ip address add 10.7.0.1/24 broadcast 10.7.0.255 label lo:hawser dev lo");
            assertThat(until(watch, "AddressAdded[", "address=/10.7.0.1, prefixLength=24"))
                    .contains("broadcast=/10.7.0.255", "label=lo:hawser");
            watch.writeLine("ip route add 10.8.0.0/16 via 10.7.0.2 dev lo metric 77 table 300 proto static");
            assertThat(until(watch, "RouteAdded[", "destination=/10.8.0.0, prefixLength=16"))
                    .contains("gateway=/10.7.0.2", "metric=77", "table=300", "protocol=4");
            watch.writeLine("ip route delete 10.8.0.0/16 table 300");
            until(watch, "RouteRemoved[", "destination=/10.8.0.0");
            watch.writeLine("ip address delete 10.7.0.1/24 dev lo");
            until(watch, "AddressRemoved[", "address=/10.7.0.1");
        }
    }

    @Test
    void routesOfAllKindsAreListed() throws Exception {
        try (Peer namespace = Namespace.run(NamespaceProgram.class, "LINKS")) {
            assertThat(namespace.readLine()).isEqualTo("watching");
            namespace.writeLine("ip link set lo up");
            namespace.writeLine("ip address add 10.7.0.1/24 dev lo");
            namespace.writeLine("ip route add 10.8.0.0/16 nexthop via 10.7.0.2 weight 3 nexthop via 10.7.0.3");
            namespace.writeLine("ip route add blackhole 10.9.0.0/16");
            namespace.writeLine("ip route add default via 10.7.0.4");
            namespace.writeLine("routes");
            List<String> routes = new ArrayList<>();
            for (String line = namespace.readLine(); !line.equals("end of routes"); line = namespace.readLine()) {
                routes.add(line);
            }
            assertThat(routes)
                    .anyMatch(line -> line.matches(
                            ".*/10\\.8\\.0\\.0, .*/10\\.7\\.0\\.2,.*weight=3.*/10\\.7\\.0\\.3,.*weight=1.*"))
                    .anyMatch(line -> line.matches(".*/10\\.9\\.0\\.0, .*hops=\\[],.*type=6.*"))
                    .anyMatch(line ->
                            line.matches(".*/0\\.0\\.0\\.0, prefixLength=0, hops=.*/10\\.7\\.0\\.4,.*table=254,.*"));
        }
    }

    @Test
    void closingWakesWhoeverWaits() throws Exception {
        NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS);
        Tasks<NetworkEvent> first = Tasks.start(() -> watch.next()).awaitParked();
        Tasks<NetworkEvent> second = Tasks.start(() -> watch.next()).awaitParked();
        watch.close();
        assertThatThrownBy(first::result).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(second::result).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(watch::next).isInstanceOf(SocketClosedException.class);
        watch.close();
    }

    @Test
    void aWaitEndsInTimeAndByAnInterrupt() throws IOException {
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.values())) {
            long start = System.nanoTime();
            while (watch.next(Duration.ofMillis(50)) != null) {
                start = System.nanoTime();
            }
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> {
                        while (watch.next() != null) {
                            assertThat(Thread.currentThread().isInterrupted()).isTrue();
                        }
                    })
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void wrongArgumentsAreNamed() throws IOException {
        assertThatThrownBy(NetworkWatch::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WatchTopic.LINKS");
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS)) {
            assertThatThrownBy(() -> watch.next(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a timeout is not negative: PT-1S");
        }
    }

    /** The first line that has all the parts; the others, of which there may be any number, are passed over. */
    private static String until(Peer peer, String... parts) {
        List<String> before = new ArrayList<>();
        while (true) {
            String line = peer.readLine();
            if (List.of(parts).stream().allMatch(line::contains)) {
                return line;
            }
            before.add(line);
            assertThat(before).hasSizeLessThan(200);
        }
    }
}
