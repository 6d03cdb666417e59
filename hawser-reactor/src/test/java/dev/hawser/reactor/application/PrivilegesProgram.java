package dev.hawser.reactor.application;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts as root, becomes the user that is given, and tells what all its threads are. */
final class PrivilegesProgram {

    private static final Logger LOG = Logger.getLogger("dev.hawser.reactor");

    private PrivilegesProgram() {}

    /** The arguments: a user, and a group or nothing. */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.SEVERE);
        Thread.ofVirtual().start(() -> {}).join(); // the carriers are threads of the process, too
        try (Reactor reactor = Reactor.open()) {
            StreamServerEndpointService server =
                    new StreamServerEndpointService(Listening.tcp(reactor), Factory.of(Echo::new));
            new Application(reactor)
                    .runAs(arguments[0], arguments.length > 1 ? arguments[1] : null)
                    .add(server)
                    .add(new Teller(reactor))
                    .run();
        } catch (IOException | IllegalArgumentException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    private record Teller(Reactor reactor) implements Service {

        @Override
        public Deferred<@Nullable Void> privilegedStartService() {
            System.out.println("privileged " + Privileges.effectiveUserId());
            return Deferred.succeed(null);
        }

        @Override
        public void startService() {
            System.out.println("started " + Privileges.effectiveUserId());
            tell("Uid:");
            tell("Gid:");
            tell("Groups:");
            try {
                Privileges.drop("root", null);
            } catch (IOException | IllegalArgumentException e) {
                System.out.println("back: " + e.getMessage());
            }
            try {
                Privileges.drop("daemon", null);
            } catch (IOException | IllegalArgumentException e) {
                System.out.println("again: " + e.getMessage());
            }
            reactor.stop();
        }

        /** What the threads have in a line of their status, each value once. */
        private static void tell(String key) {
            TreeSet<String> values = new TreeSet<>();
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                List<Path> all = threads.toList();
                for (Path thread : all) {
                    statusOf(thread).stream()
                            .filter(line -> line.startsWith(key))
                            .forEach(line ->
                                    values.add(line.replaceAll("\\s+", " ").strip()));
                }
                System.out.println((all.size() > 5 ? "many threads " : "few threads ") + values);
            } catch (IOException e) {
                System.out.println(e);
            }
        }

        /** Nothing of one that has ended meanwhile. */
        private static List<String> statusOf(Path thread) throws IOException {
            try {
                return Files.readAllLines(thread.resolve("status"));
            } catch (NoSuchFileException e) {
                return List.of();
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("No such process")) {
                    return List.of();
                }
                throw e;
            }
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            return Deferred.succeed(null);
        }

        @Override
        public boolean isRunning() {
            return true;
        }
    }
}
