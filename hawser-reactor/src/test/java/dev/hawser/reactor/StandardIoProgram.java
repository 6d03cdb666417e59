package dev.hawser.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes to its standard output what it reads from its standard input, and tells on standard error how that ended. */
final class StandardIoProgram extends Protocol {

    /** A cold JVM is slow, and says so where the tests read. */
    private static final Logger LOG = Logger.getLogger("dev.hawser.reactor");

    private StandardIoProgram() {}

    /** The first argument is the kind of the backend. */
    public static void main(String[] arguments) throws IOException {
        LOG.setLevel(Level.SEVERE);
        try (Reactor reactor = Reactor.open(BackendKind.valueOf(arguments[0]))) {
            reactor.callWhenRunning(() -> begin(reactor));
            reactor.run();
        }
    }

    private static void begin(Reactor reactor) {
        try {
            reactor.standardIo(new StandardIoProgram());
            System.err.println("ready " + other(reactor));
        } catch (IOException e) {
            System.err.println(e);
            reactor.stop();
        }
    }

    private static String other(Reactor reactor) throws IOException {
        try {
            reactor.standardIo(new StandardIoProgram());
            return "twice";
        } catch (IllegalStateException e) {
            return "once";
        }
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        System.err.println("lost " + reason.reason() + " " + reason.errno());
        transport().reactor().stop();
    }
}
