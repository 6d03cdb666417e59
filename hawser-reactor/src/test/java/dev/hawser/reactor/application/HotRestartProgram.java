package dev.hawser.reactor.application;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.socket.Privileges;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A server on TCP and on a Unix path, whose place the next one takes. */
final class HotRestartProgram {

    private static final Logger LOG = Logger.getLogger("dev.hawser.reactor");

    private HotRestartProgram() {}

    /**
     * The arguments: the control socket, the path, what to do when all listens, "serve", "fail", "halt", or "halt-late", and whom to become, if anybody. It begins when a line is read, so that
     * the JVM may have started before.
     */
    public static void main(String[] arguments) throws IOException {
        LOG.setLevel(Level.SEVERE);
        IO.readln();
        int signal;
        try (Reactor reactor = Reactor.open()) {
            StreamServerEndpointService tcp = server(Listening.tcp(reactor));
            StreamServerEndpointService unix = server(Listening.unix(reactor, SockaddrUn.of(arguments[1])));
            Application application = new Application(reactor);
            if (arguments.length > 3) {
                application.runAs(arguments[3], null);
            }
            signal = application
                    .hotRestart(SockaddrUn.of(arguments[0]))
                    .graceful(Duration.ofSeconds(20))
                    .add(tcp)
                    .add(unix)
                    .add(new Fate(arguments[2], tcp))
                    .run();
        }
        System.out.println("end " + signal);
    }

    private static StreamServerEndpointService server(ServerEndpoint endpoint) {
        return new StreamServerEndpointService(endpoint, Factory.of(LineTalk::new));
    }

    /** What becomes of the process when it has come so far. */
    private record Fate(String fate, StreamServerEndpointService tcp) implements Service {

        @Override
        public Deferred<@Nullable Void> privilegedStartService() {
            switch (fate) {
                case "fail" -> {
                    return Deferred.fail(new IOException("as asked"));
                }
                case "halt" -> Runtime.getRuntime().halt(3);
                default -> {}
            }
            return Deferred.succeed(null);
        }

        @Override
        public void startService() {
            if (fate.equals("halt-late")) {
                Runtime.getRuntime().halt(3);
            }
            SockaddrIn address = (SockaddrIn) Objects.requireNonNull(tcp.port()).getHost();
            System.out.println("port " + address.port() + " of " + Privileges.effectiveUserId());
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            return Deferred.succeed(null);
        }

        @Override
        public boolean isRunning() {
            return tcp.isRunning();
        }
    }
}
