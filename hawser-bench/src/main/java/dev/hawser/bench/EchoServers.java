package dev.hawser.bench;

import dev.hawser.select.EpollSelector;
import dev.hawser.select.PollSelector;
import dev.hawser.select.SelectSelector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The servers of the echo scenario, in the order in which they are reported. */
final class EchoServers {
    private static final List<JavaServer> IN_JAVA = List.of(
            new JavaServer(JdkSelectorServer.NAME, JdkSelectorServer::new),
            new JavaServer(JdkVirtualThreadServer.NAME, JdkVirtualThreadServer::new),
            new JavaServer(HawserVirtualThreadServer.NAME, HawserVirtualThreadServer::new),
            new JavaServer(HawserSelectorServer.EPOLL, () -> new HawserSelectorServer(EpollSelector::open)),
            new JavaServer(HawserSelectorServer.POLL, () -> new HawserSelectorServer(PollSelector::open)),
            new JavaServer(HawserSelectorServer.SELECT, () -> new HawserSelectorServer(SelectSelector::open)));

    /** They look at every connection each time, so with many of them there is nothing to learn that is not known. */
    private static final Set<String> ON_DEMAND = Set.of(HawserSelectorServer.POLL, HawserSelectorServer.SELECT);

    private EchoServers() {}

    static List<ServerProgram> all() {
        return Stream.concat(Stream.<ServerProgram>of(new CEpollServer()), IN_JAVA.stream())
                .toList();
    }

    static List<String> names() {
        return all().stream().map(ServerProgram::name).toList();
    }

    /** Those that a run measures where it is not told otherwise. */
    static List<String> usual() {
        return names().stream().filter(name -> !ON_DEMAND.contains(name)).toList();
    }

    static Optional<ServerProgram> named(String name) {
        return all().stream().filter(server -> server.name().equals(name)).findFirst();
    }

    static EchoServer inJava(String name) {
        return IN_JAVA.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server in Java is called " + name))
                .create()
                .get();
    }
}
