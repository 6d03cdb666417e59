package dev.hawser.bench;

import java.io.IOException;
import java.util.stream.Stream;

/** Runs one Java server in a process of its own: the first line it prints is the port it listens on, or why it cannot. */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws IOException {
        PortServer server = named(args[0]);
        MemoryProbe.answer(ParentLink.endWithParent());
        try {
            server.serve(0, port -> ParentLink.say(Integer.toString(port)));
        } catch (ServerProgram.UnavailableException e) {
            ParentLink.say(ServerProgram.UNAVAILABLE + e.getMessage());
        }
    }

    private static PortServer named(String name) {
        return Stream.of(EchoServers.SERVERS, EchoServers.OVER_TLS, RequestServers.SERVERS)
                .flatMap(servers -> servers.named(name).stream())
                .filter(JavaServer.class::isInstance)
                .map(JavaServer.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server in Java is called " + name))
                .create()
                .get();
    }
}
