package dev.hawser.reactor.amp;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who answers which command: one for a connection, or one for many.
 *
 * <h2>Threading</h2>
 * For one reactor's thread. Responders are called there, and may not wait: what takes its time is a {@link #deferredResponder}'s.
 *
 * <h2>Errors</h2>
 * What a responder throws, and its command declares, is answered by its code. Anything else is reported, answered by the code UNKNOWN, and ends the connection.
 *
 * <p>Source: Twisted's {@code CommandLocator}.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="responder"}
 */
public final class CommandLocator {

    /** Answers at once. */
    @FunctionalInterface
    public interface Responder {

        /**
         * Answers a call.
         *
         * @param arguments what it was called with
         * @return what is answered
         * @throws Exception which is answered by its code, where the command declares it
         */
        AmpValues respond(AmpValues arguments) throws Exception;
    }

    /** Answers later. */
    @FunctionalInterface
    public interface DeferredResponder {

        /**
         * Begins to answer a call.
         *
         * @param arguments what it was called with
         * @return what is answered, when it is there; other calls may be answered before
         * @throws Exception which is answered by its code, where the command declares it
         */
        Deferred<AmpValues> respond(AmpValues arguments) throws Exception;
    }

    /** Makes the protocol that a connection goes on with. */
    @FunctionalInterface
    public interface SwitchResponder {

        /**
         * Answers a call.
         *
         * @param arguments what it was called with
         * @return the protocol from the answer on
         * @throws Exception which is answered by its code, where the command declares it, and leaves the connection as it is
         */
        Protocol respond(AmpValues arguments) throws Exception;
    }

    /** What is answered, and what is done when it has been written. */
    record Reply(AmpValues values, @Nullable Consumer<Amp> afterwards) {}

    /** A command, and what answers it. */
    record Responding(Command command, Deferred.Callback<AmpValues, Deferred<Reply>> call) {}

    private final Map<String, Responding> responders = new HashMap<>();

    /** Answers nothing yet. */
    public CommandLocator() {}

    /**
     * Has a command answered.
     *
     * @param command which
     * @param responder answers at once
     * @return this
     */
    public CommandLocator responder(Command command, Responder responder) {
        return add(command, values -> Deferred.succeed(new Reply(responder.respond(values), null)));
    }

    /**
     * Has a command answered later.
     *
     * @param command which
     * @param responder answers in its time
     * @return this
     */
    public CommandLocator deferredResponder(Command command, DeferredResponder responder) {
        return add(command, values -> responder.respond(values).addCallback(answer -> new Reply(answer, null)));
    }

    /**
     * Has {@link Amp#startTls} of the peer answered: what follows the answer is protected.
     *
     * @param side which side of TLS this is; called for each connection
     * @return this
     */
    public CommandLocator tlsResponder(Callable<AmpTls> side) {
        return add(Amp.START_TLS, values -> {
            AmpTls tls = side.call();
            return Deferred.succeed(new Reply(AmpValues.none(), amp -> amp.protect(tls)));
        });
    }

    /**
     * Has {@link Amp#switchProtocol} of the peer answered: what follows the answer is another protocol's.
     *
     * @param command which
     * @param responder makes the protocol
     * @return this
     */
    public CommandLocator switchResponder(Command command, SwitchResponder responder) {
        return add(command, values -> {
            Protocol next = responder.respond(values);
            return Deferred.succeed(new Reply(AmpValues.none(), amp -> amp.giveTo(next)));
        });
    }

    private CommandLocator add(Command command, Deferred.Callback<AmpValues, Deferred<Reply>> call) {
        responders.put(command.name(), new Responding(command, call));
        return this;
    }

    @Nullable
    Responding locate(String name) {
        return responders.get(name);
    }
}
