package dev.hawser.reactor.application;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SockaddrIn;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An application in a process of its own, which tells on its standard output what it does, and exits as a shell expects after a signal. */
final class ApplicationProgram {

    /** A cold JVM is slow, and says so where the tests read. */
    private static final Logger LOG = Logger.getLogger("dev.hawser.reactor");

    private ApplicationProgram() {}

    /** The arguments: "echo" or "graceful"; how long it may take to stop, in milliseconds; "reload" for a hook. */
    public static void main(String[] arguments) throws IOException {
        LOG.setLevel(Level.SEVERE);
        Supplier<Protocol> protocol = arguments[0].equals("graceful") ? GracefulEcho::new : Echo::new;
        int signal;
        try (Reactor reactor = Reactor.open()) {
            StreamServerEndpointService server =
                    new StreamServerEndpointService(Listening.tcp(reactor), Factory.of(protocol));
            Application application = new Application(reactor)
                    .graceful(Duration.ofMillis(Long.parseLong(arguments[1])))
                    .add(server)
                    .add(new Announcer(server));
            if (arguments.length > 2) {
                application.onReload(() -> {
                    application.status("reads again");
                    System.out.println("reload");
                });
            }
            signal = application.run();
        }
        System.out.println("signal " + signal);
        System.exit(signal == 0 ? 0 : 128 + signal);
    }

    /** Tells where the server is, and when it stops. */
    private record Announcer(StreamServerEndpointService server) implements Service {

        @Override
        public void startService() {
            SockaddrIn address =
                    (SockaddrIn) Objects.requireNonNull(server.port()).getHost();
            System.out.println("port " + address.port());
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            System.out.println("stopping");
            return Deferred.succeed(null);
        }

        @Override
        public boolean isRunning() {
            return server.isRunning();
        }
    }
}
