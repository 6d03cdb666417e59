package dev.hawser.examples;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.TlsTransport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with whoever is at a client endpoint: what somebody says here goes there, and what comes back is shown. The end of what is said here is told to the
 * peer, which may go on; the end of what the peer says is the end of it all.
 *
 * <p>A thread waits for the input. It gives one piece at a time to the reactor, and the next when that one has been taken, so that neither side is flooded.
 */
public final class Talk {

    private final Input input;
    private final Predicate<ByteBuffer> output;
    private final Consumer<String> notes;
    private @Nullable Throwable failure;
    private boolean connected;

    /** Where what is said comes from. */
    @FunctionalInterface
    public interface Input {
        /**
         * Waits for the next piece; null is the end.
         *
         * @throws InterruptedException if whoever speaks wants to end the talk now
         */
        byte @Nullable [] next() throws IOException, InterruptedException;
    }

    /**
     * A talk that has not begun.
     *
     * @param output takes what the peer says; false: nobody listens any more
     * @param notes is told what happens, line by line
     */
    public Talk(Input input, Predicate<ByteBuffer> output, Consumer<String> notes) {
        this.input = input;
        this.output = output;
        this.notes = notes;
    }

    /**
     * Talks until the end.
     *
     * @throws IOException if there is no connection, or it breaks
     * @throws InterruptedException if the input wanted it to end
     */
    public void with(Reactor reactor, ClientEndpoint endpoint) throws IOException, InterruptedException {
        Line line = new Line(reactor);
        reactor.callWhenRunning(() -> {
            Deferred<Protocol> connecting = endpoint.connect(address -> line);
            Deferred<@Nullable Void> _ = connecting.finish(made -> {}, reason -> line.end(reason));
        });
        reactor.run();
        line.stopReading();
        Throwable thrown = failure;
        switch (thrown) {
            case null -> {}
            case IOException io -> throw io;
            case InterruptedException interrupted -> throw interrupted;
            default -> throw new IOException(thrown.toString(), thrown);
        }
    }

    /** Whether there was a connection. */
    public boolean wasConnected() {
        return connected;
    }

    /** The connection. */
    private final class Line extends Protocol implements PushProducer, TlsTransport.HandshakeListener {

        private final Reactor reactor;
        private final Thread reader =
                Thread.ofPlatform().daemon().name("hawser-talk-input").unstarted(this::read);
        private CompletableFuture<@Nullable Void> room = CompletableFuture.completedFuture(null);
        private long received;
        private long sent;

        private Line(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            connected = true;
            notes.accept("connected to " + transport().getPeer() + " from "
                    + transport().getHost());
            transport().registerProducer(this);
            reader.start();
        }

        @Override
        public void handshakeCompleted(TlsTransport tls) {
            notes.accept(tls.version() + ", " + tls.cipher() + (tls.isSessionReused() ? ", session resumed" : ""));
            String spoken = tls.applicationProtocol();
            notes.accept("ALPN: " + (spoken == null || spoken.isEmpty() ? "none" : spoken));
            tls.peerCertificates()
                    .forEach(certificate -> notes.accept("certificate: "
                            + certificate.getSubjectX500Principal().getName() + ", by "
                            + certificate.getIssuerX500Principal().getName() + ", until "
                            + certificate.getNotAfter().toInstant()));
        }

        // The input's thread, and what it has the reactor do.

        private void read() {
            try {
                for (byte[] next = input.next(); next != null; next = input.next()) {
                    byte[] piece = next;
                    call(() -> transport().write(piece), piece.length).join();
                }
                call(this::endOutput, 0).join();
            } catch (IOException e) {
                reactor.callFromThread(() -> fail(e));
            } catch (InterruptedException e) {
                reactor.callFromThread(() -> fail(e));
            } catch (IllegalStateException | CompletionException ended) {
                // The talk is over.
            }
        }

        /** Completes when there is room for more. */
        private CompletableFuture<@Nullable Void> call(Runnable what, int bytes) {
            CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
            reactor.callFromThread(() -> {
                what.run();
                sent += bytes;
                CompletableFuture<Void> _ = room.thenRun(() -> done.complete(null));
            });
            return done;
        }

        private void endOutput() {
            transport().unregisterProducer();
            transport().loseWriteConnection();
        }

        private void fail(Throwable why) {
            failure = why;
            transport().abortConnection();
        }

        void stopReading() {
            reader.interrupt();
        }

        @Override
        public void pauseProducing() {
            if (room.isDone()) {
                room = new CompletableFuture<>();
            }
        }

        @Override
        public void resumeProducing() {
            room.complete(null);
        }

        @Override
        public void stopProducing() {
            room.complete(null);
        }

        // What the peer does.

        @Override
        public void dataReceived(ByteBuffer data) {
            received += data.remaining();
            if (!output.test(data)) {
                notes.accept("nobody reads the output any more");
                transport().abortConnection();
            }
        }

        @Override
        public void readConnectionLost() {
            notes.accept("the peer has said all");
            transport().unregisterProducer();
            transport().loseConnection();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            notes.accept("sent " + Server.count(sent, "byte") + ", received " + Server.count(received, "byte") + ": "
                    + reason.getMessage());
            boolean broken =
                    reason.reason() == ConnectionLost.Reason.LOST || reason.reason() == ConnectionLost.Reason.TIMED_OUT;
            end(broken ? reason : null);
        }

        private void end(@Nullable Throwable reason) {
            if (failure == null) {
                failure = reason;
            }
            reactor.stop();
        }
    }
}
