package dev.hawser.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The servers of the scenario of short requests. */
final class RequestServers {
    static final Servers SERVERS = new Servers(
            List.of(
                    new JavaServer(
                            ThreadingRequestServer.VIRTUAL, () -> new ThreadingRequestServer(Thread.ofVirtual())),
                    new JavaServer(
                            ThreadingRequestServer.PLATFORM, () -> new ThreadingRequestServer(Thread.ofPlatform())),
                    new JavaServer(ForkingRequestServer.NAME, ForkingRequestServer::new),
                    new PythonServer("python-threading", "ThreadingTCPServer"),
                    new PythonServer("python-forking", "ForkingTCPServer")),
            Set.of());

    private RequestServers() {}

    /** For the help text and for shell completion. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(SERVERS.names());
        }
    }
}
