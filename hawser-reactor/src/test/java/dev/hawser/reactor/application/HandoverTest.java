package dev.hawser.reactor.application;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The moment in which one process leaves to another: whatever happens then, one of them serves, and not both. */
@Timeout(30)
class HandoverTest {

    private static final Duration BRIEF = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** What the old process does when its successor serves. */
    @FunctionalInterface
    private interface Leaving {
        boolean leave(Succession.Promise promise) throws Exception;
    }

    private Succession open(Leaving leaving) throws IOException {
        Succession succession = Succession.open(SockaddrUn.of(directory.resolve("control")), new Succession.Sides() {
            @Override
            public Handover.Offer offer(Socket control) {
                return new Handover.Offer(List.of(), control);
            }

            @Override
            public boolean leaveTo(PeerCredentials successor, Succession.Promise promise) throws IOException {
                try {
                    return leaving.leave(promise);
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void end() {
                end.countDown();
            }
        });
        opened.add(succession);
        Thread.ofVirtual().start(succession::watch);
        return succession;
    }

    private Predecessor find() throws IOException {
        Predecessor found = Predecessor.find(SockaddrUn.of(directory.resolve("control")), -1);
        assertThat(found).isNotNull();
        opened.add(found);
        opened.add(found.control());
        return found;
    }

    private static boolean promised(Succession.Promise promise) throws IOException {
        promise.give();
        return true;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void anOldOneThatCannotLeaveSaysSoAndTheNextMayTry() throws Exception {
        List<String> asked = new ArrayList<>();
        open(promise -> {
            asked.add("asked");
            if (asked.size() == 1) {
                throw new IOException("busy");
            }
            return promised(promise);
        });

        Predecessor first = find();
        assertThatIOException()
                .isThrownBy(() -> first.relieve(Handover.PATIENCE))
                .withMessageContaining("does not leave");
        find().relieve(Handover.PATIENCE);
        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSuccessorThatHasGoneIsNotLeftTo() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        List<String> outcomes = new ArrayList<>();
        open(promise -> {
            gone.await();
            try {
                boolean left = promised(promise);
                outcomes.add("left");
                return left;
            } catch (IOException e) {
                outcomes.add("stays");
                throw e;
            }
        });

        Predecessor first = find();
        assertThatThrownBy(() -> first.relieve(BRIEF)).isInstanceOf(SocketTimeoutException.class);
        gone.countDown();
        find().relieve(Handover.PATIENCE);

        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(outcomes).containsExactly("stays", "left");
    }

    @Test
    void aPromiseThatComesInTheLastMomentCounts() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        open(promise -> {
            late.await();
            return promised(promise);
        });
        Predecessor found = find();
        CompletableFuture<String> relieved = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                found.relieve(Handover.PATIENCE);
                relieved.complete("relieved");
            } catch (IOException e) {
                relieved.completeExceptionally(e);
            }
        });
        late.countDown();
        assertThat(relieved.get(10, TimeUnit.SECONDS)).isEqualTo("relieved");
    }

    @Test
    void aReactorThatIsBusyDoesNotLeaveLater() throws Exception {
        try (Reactor reactor = Reactor.open()) {
            HotRestart restart = new HotRestart(reactor, SockaddrUn.of(directory.resolve("control")), pid -> {}, BRIEF);
            CountDownLatch answered = new CountDownLatch(1);
            List<String> done = new ArrayList<>();
            CompletableFuture<String> outcome = new CompletableFuture<>();
            reactor.callWhenRunning(() -> {
                Thread.ofVirtual().start(() -> {
                    try {
                        restart.leaveTo(new PeerCredentials(1, 0, 0), () -> done.add("promised"));
                        outcome.complete("left");
                    } catch (IOException e) {
                        outcome.complete(String.valueOf(e.getMessage()));
                    }
                    answered.countDown();
                });
                awaitUninterrupted(answered);
                reactor.callLater(BRIEF, reactor::stop);
            });
            reactor.run();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).contains("busy");
            assertThat(done).isEmpty();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tooManyOpenFilesAreWaitedOutWithoutABusyLoop() throws Exception {
        try (Faults faults = Faults.install()) {
            faults.on("accept4").fail(Errno.EMFILE);
            open(HandoverTest::promised);
            try (Socket peer = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
                peer.connect(SockaddrUn.of(directory.resolve("control")));
                eventually().until(() -> faults.count("accept4") >= 1);
                long first = System.nanoTime();
                eventually().until(() -> faults.count("accept4") >= 3);
                assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(500));
            }
        }
    }
}
