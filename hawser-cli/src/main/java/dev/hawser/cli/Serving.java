package dev.hawser.cli;

import dev.hawser.examples.Server;
import dev.hawser.examples.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Runs a server until Ctrl-C, which ends it with a line of what it served. */
final class Serving {

    /** What the help of each says of how it ends. */
    static final String END =
            "Ctrl-C (SIGINT) and SIGTERM disconnect the clients and end it with a line of what it served. The exit "
                    + "code is then 130 or 143, as of any program that a signal ended.";

    private Serving() {}

    /** Makes a service, which is ready from then on. */
    @FunctionalInterface
    interface Maker<S extends Service> {
        S make() throws IOException;
    }

    /** The function says in one line why the server cannot be made. */
    static int untilSignal(Maker<Server> maker, Function<IOException, String> why, String name, Streams streams)
            throws IOException {
        try (Server server = made(maker, why)) {
            streams.out().println(name + " on " + server.address() + ", Ctrl-C stops it");
            return untilSignal(server, "served", streams);
        }
    }

    /** Ends with a line of what it did: the verb, and the count. */
    static int untilSignal(Service service, String verb, Streams streams) throws IOException {
        PrintStream out = streams.out();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, ended), "hawser-stop"));
        try {
            service.serve();
        } finally {
            out.println((streams.interactive() ? "\n" : "") + verb + " " + service.served());
            out.flush();
            ended.countDown();
        }
        return 0;
    }

    static <S extends Service> S made(Maker<S> maker, Function<IOException, String> why) throws IOException {
        try {
            return maker.make();
        } catch (IOException e) {
            throw new CommandFailure(why.apply(e), e);
        }
    }

    /** What a signal sets off. The process ends when this returns, so it waits until the server has. */
    private static void stop(Service service, CountDownLatch ended) {
        try {
            service.close();
            ended.await();
        } catch (IOException | InterruptedException e) {
            System.err.println("hawser: " + e.getMessage());
        }
    }
}
