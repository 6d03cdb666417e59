package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is listed is what {@code ip} lists on the same machine. */
@RequiresProgram({"ip", "python3"})
class NetworkTest {

    /** Prints what {@code ip -json} lists, a line for each, with addresses as hexadecimal numbers. */
    private static final String IP = """
            import ipaddress, json, subprocess, sys

            def ip(*words):
                output = subprocess.run(('ip', '-json', '-N') + words, stdout=subprocess.PIPE, check=True).stdout
                return [each for each in json.loads(output or '[]') if each]

            def packed(address):
                return ipaddress.ip_address(address).packed.hex() if address else None

            if sys.argv[1] == 'links':
                for x in ip('link'):
                    print(x['ifindex'], x['ifname'], x['mtu'], x.get('address'), x['operstate'], 'UP' in x['flags'])
            if sys.argv[1] == 'addresses':
                for x in ip('addr'):
                    for a in x['addr_info']:
                        print(x['ifindex'], packed(a['local']), a['prefixlen'], packed(a.get('broadcast')),
                              a.get('label'), a['scope'])
            if sys.argv[1] == 'routes':
                for family, everywhere in ('-4', '0.0.0.0/0'), ('-6', '::/0'):
                    for x in ip(family, 'route', 'show', 'table', 'all'):
                        to = ipaddress.ip_network(x['dst'].replace('default', everywhere))
                        print(packed(to.network_address), to.prefixlen, packed(x.get('gateway')), x.get('dev'),
                              x.get('metric', 0), x.get('table', 254), x.get('protocol', 3), packed(x.get('prefsrc')))
            if sys.argv[1] == 'neighbours':
                for x in ip('neigh', 'show', 'nud', 'all'):
                    print(packed(x['dst']), x['dev'], x.get('lladdr'))
            """;

    @Test
    void linksAreThoseOfIp() throws Exception {
        assertThat(Network.links().stream().map(NetworkTest::line)).containsExactlyInAnyOrderElementsOf(ip("links"));
    }

    private static String line(Link link) {
        return line(
                link.index(),
                link.name(),
                link.mtu(),
                link.address(),
                link.state().name().replace("_", ""),
                link.isUp() ? "True" : "False");
    }

    @Test
    void trafficOfTheLoopbackIsCounted() throws IOException {
        LinkStatistics before = loopback();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(new byte[1000], 1000, socket.getLocalSocketAddress()));
            socket.receive(new DatagramPacket(new byte[1000], 1000));
        }
        LinkStatistics after = loopback();
        assertThat(after.sent().bytes()).isGreaterThanOrEqualTo(before.sent().bytes() + 1028);
        assertThat(after.received().packets()).isGreaterThan(before.received().packets());
    }

    private static LinkStatistics loopback() throws IOException {
        Link loopback = Network.links().stream()
                .filter(link -> link.name().equals("lo"))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(loopback.statistics());
    }

    @Test
    void addressesAreThoseOfIp() throws Exception {
        assertThat(Network.addresses().stream().map(NetworkTest::line))
                .containsExactlyInAnyOrderElementsOf(ip("addresses"));
    }

    private static String line(LinkAddress address) {
        return line(
                address.linkIndex(),
                hex(address.address()),
                address.prefixLength(),
                hex(address.broadcast()),
                address.label(),
                address.scope());
    }

    @Test
    void routesAreThoseOfIp() throws Exception {
        Map<Integer, String> names = names();
        assertThat(Network.routes().stream().map(route -> line(route, names)))
                .containsExactlyInAnyOrderElementsOf(ip("routes"));
    }

    private static String line(Route route, Map<Integer, String> names) {
        Route.Hop hop = route.hops().isEmpty()
                ? new Route.Hop(null, 0, 1)
                : route.hops().getFirst();
        return line(
                hex(route.destination()),
                route.prefixLength(),
                hex(hop.gateway()),
                names.get(hop.linkIndex()),
                route.metric(),
                route.table(),
                route.protocol(),
                hex(route.preferredSource()));
    }

    @Test
    void neighboursAreThoseOfIp() throws Exception {
        Map<Integer, String> names = names();
        assertThat(Network.neighbours().stream()
                        .map(each -> line(hex(each.address()), names.get(each.linkIndex()), each.hardwareAddress())))
                .containsExactlyInAnyOrderElementsOf(ip("neighbours"));
    }

    private static Map<Integer, String> names() throws IOException {
        return Network.links().stream().collect(Collectors.toMap(Link::index, Link::name));
    }

    private static @Nullable String hex(@Nullable InetAddress address) {
        return address == null ? null : HexFormat.of().formatHex(address.getAddress());
    }

    private static String line(@Nullable Object... fields) {
        return Arrays.stream(fields)
                .map(field -> field == null ? "None" : field.toString())
                .collect(Collectors.joining(" "));
    }

    private static List<String> ip(String what) throws Exception {
        try (Peer python = Peers.python(IP, what)) {
            List<String> lines = python.readLines();
            assertThat(python.awaitExit()).isZero();
            return lines;
        }
    }
}
