package dev.hawser.bench;

import dev.hawser.select.EpollSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers of the echo scenario, in the order in which they are reported. */
final class EchoServers {
    private static final List<JavaServer> IN_JAVA = List.of(
            new JavaServer(JdkSelectorServer.NAME, JdkSelectorServer::new),
            new JavaServer(JdkVirtualThreadServer.NAME, JdkVirtualThreadServer::new),
            new JavaServer(HawserVirtualThreadServer.NAME, HawserVirtualThreadServer::new),
            new JavaServer(HawserSelectorServer.EPOLL, () -> new HawserSelectorServer(EpollSelector::open)));

    private EchoServers() {}

    static List<ServerProgram> all() {
        return Stream.concat(Stream.<ServerProgram>of(new CEpollServer()), IN_JAVA.stream())
                .toList();
    }

    static List<String> names() {
        return all().stream().map(ServerProgram::name).toList();
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
