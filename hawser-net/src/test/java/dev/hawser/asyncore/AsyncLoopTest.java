package dev.hawser.asyncore;

import static dev.hawser.asyncore.Probe.Event.ACCEPTED;
import static dev.hawser.asyncore.Probe.Event.CLOSE;
import static dev.hawser.asyncore.Probe.Event.READ;
import static dev.hawser.asyncore.Probe.Event.WRITABLE;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop itself: when it ends, what other threads may do, and what a turn costs. */
class AsyncLoopTest extends Loops {

    AsyncLoopTest() {
        super(Backend.EPOLL, Family.TCP4);
    }

    @Test
    void aDispatcherWantsToReadAndToWriteUnlessItSaysOtherwise() {
        Dispatcher plain = new Dispatcher(loop);

        assertThat(plain.readable()).isTrue();
        assertThat(plain.writable()).isTrue();
        assertThat(plain.loop()).isSameAs(loop);
        assertThat(plain.fileno()).isEqualTo(-1);
        assertThat(plain.address()).isNull();
    }

    @Test
    void aDispatcherTellsWhatItIsDoingAndWithWhom() throws IOException {
        assertThat(new Dispatcher(loop)).hasToString("Dispatcher[new]");
        Probe listener = listener();
        assertThat(listener).hasToString("Probe[listening " + listener.socket().getSockName() + "]");
        Probe client = client(listener);
        loopUntil(() -> client.state() == State.CONNECTED);
        assertThat(client).hasToString("Probe[connected " + listener.address() + "]");
    }

    @Test
    void withoutASocketNothingCanBeDone() {
        Dispatcher plain = new Dispatcher(loop);

        assertThatThrownBy(plain::socket).hasMessage("there is no socket yet: call createSocket first");
        assertThatThrownBy(() -> plain.send(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> plain.recv(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> plain.listen(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedSocketIsRefused() throws IOException {
        Socket closed = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        closed.close();

        assertThatThrownBy(() -> new Probe(loop, closed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(loop.getMap()).isEmpty();
    }

    @Test
    void aSocketHasOneDispatcher() throws IOException {
        Socket[] pair = connection();
        Probe first = reader(pair[0]);

        assertThatThrownBy(() -> new Probe(loop, pair[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the socket has a dispatcher already, close that: Probe[connected");

        pair[1].send(new byte[3]);
        loopUntil(() -> first.received.size() == 3);
        first.close();
        assertThatThrownBy(() -> new Probe(loop, pair[0])).hasMessageContaining("is closed");
    }

    @Test
    void closeAllClosesEveryDispatcher() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            probes.add(listener());
        }
        assertThat(loop.getMap()).hasSize(10);

        loop.closeAll();

        assertThat(loop.getMap()).isEmpty();
        assertThat(probes).allMatch(each -> each.socket().isClosed());
        assertThat(probes).allMatch(each -> each.events.isEmpty());
        listener(); // the loop goes on
    }

    @Test
    void theDefaultLoopIsSharedUntilItIsClosed() throws IOException {
        AsyncLoop shared = AsyncLoop.getDefault();
        assertThat(AsyncLoop.getDefault()).isSameAs(shared);
        Probe probe = new Probe(shared);
        probe.createSocket();

        shared.closeAll();

        assertThat(probe.socket().isClosed()).isTrue();
        assertThat(AsyncLoop.getDefault()).isSameAs(shared);
        shared.close();
        try (AsyncLoop next = AsyncLoop.getDefault()) {
            assertThat(next).isNotSameAs(shared);
            assertThat(next.poll(ZERO)).isZero();
        }
    }

    @Test
    void closeAllClosesAlsoWhatRefusesToOrFails() throws IOException {
        Dispatcher refusing = new Dispatcher(loop) {
            @Override
            public void close() {}
        };
        Dispatcher failing = new Dispatcher(loop) {
            @Override
            public void close() {
                throw new IllegalStateException("spam");
            }
        };
        Dispatcher breaking = new Dispatcher(loop) {
            @Override
            public void close() {
                throw new AssertionError("eggs");
            }
        };
        for (Dispatcher each : List.of(refusing, failing, breaking)) {
            each.createSocket();
        }

        assertThatThrownBy(() -> loop.closeAll())
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(loop.getMap()).isEmpty();
        assertThat(List.of(refusing, failing, breaking))
                .allMatch(each -> each.socket().isClosed());
    }

    @Test
    void theLoopEndsWhenNoDispatcherIsLeft() throws IOException {
        Socket[] pair = connection();
        reader(pair[0]);
        pair[1].close();

        loop.loop();

        assertThat(loop.getMap()).isEmpty();
        loop.loop(); // at once
    }

    @Test
    void theLoopEndsAlsoWhenTheLastOneIsClosedBeforeTheWait() throws IOException {
        Probe closing = listener();
        closing.on(WRITABLE, closing::close);
        loop.loop();

        Probe failing = listener();
        failing.on(WRITABLE, () -> {
            throw new IllegalStateException("spam");
        });
        loop.loop();

        Probe lost = listener();
        lost.socket().close();
        loop.loop();

        assertThat(loop.getMap()).isEmpty();
    }

    @Test
    void theLoopEndsAfterItsTurns() throws IOException {
        Probe listener = listener();
        int[] asked = {0};
        listener.on(WRITABLE, () -> asked[0]++);

        loop.loop(ZERO, 3);
        assertThat(asked[0]).isEqualTo(3);
        loop.loop(ZERO, 0);
        assertThat(asked[0]).isEqualTo(3);
    }

    @Test
    void aTurnTellsHowManyWereReady() throws IOException {
        Socket[] pair = connection();
        reader(pair[0]);
        assertThat(loop.poll(ZERO)).isZero();

        pair[1].send(new byte[1]);

        assertThat(loop.poll(PATIENCE)).isEqualTo(1);
    }

    @Test
    void withoutADispatcherATurnWaitsForItsTimeOrForAWakeUp() throws IOException {
        long begin = System.nanoTime();
        assertThat(loop.poll(ofMillis(30))).isZero();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));

        loop.wakeUp();
        assertThat(loop.poll(null)).isZero();
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatThrownBy(() -> loop.poll(ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.loop(ofMillis(-1), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMapIsAViewThatNobodyElseChanges() throws IOException {
        var view = loop.getMap();
        Probe listener = listener();

        assertThat(view).containsOnly(java.util.Map.entry(listener.socket().fileno(), listener));
        assertThatThrownBy(view::clear).isInstanceOf(UnsupportedOperationException.class);
        listener.close();
        assertThat(view).isEmpty();
    }

    @Test
    void aStreamThatNeitherConnectsNorListensIsLeftAlone() throws IOException {
        Probe probe = new Probe(loop);
        probe.createSocket();

        loop.loop(ZERO, 3);

        assertThat(probe.events).isEmpty();
    }

    @Test
    void anEmptyDatagramIsNoEnd() throws IOException {
        Probe receiver = new Probe(loop);
        receiver.createSocket(Constants.AF_INET, Constants.SOCK_DGRAM);
        assertThat(receiver.state()).isEqualTo(State.OPEN);
        receiver.writable = false;
        receiver.on(READ, receiver::readAll);
        receiver.bind(family().address());
        try (Socket sender = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            sender.sendTo(new byte[0], receiver.socket().getSockName());
            loopUntil(() -> receiver.saw(READ));
            sender.sendTo(new byte[7], receiver.socket().getSockName());
            loopUntil(() -> receiver.received.size() == 7);
        }

        assertThat(receiver.saw(CLOSE)).isFalse();
    }

    @Test
    void aSenderOfDatagramsRestsWhileItHasNothingToSend() throws IOException {
        try (Socket receiver = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            receiver.bind(family().address());
            DispatcherWithSend sender = new DispatcherWithSend(loop);
            sender.createSocket(Constants.AF_INET, Constants.SOCK_DGRAM);
            assertThat(loop.poll(ZERO)).isZero();

            sender.connect(receiver.getSockName());
            sender.send(new byte[7]);

            assertThat(receiver.recv(100)).hasSize(7);
            loop.loop(ZERO, 3);
            assertThat(loop.poll(ZERO)).isZero();
        }
    }

    @Test
    void aConnectThatHasNotBegunIsNoneThatGoesOn() throws IOException {
        Probe listener = new Probe(loop);
        listener.createSocket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        listener.bind(Family.UNIX.address());
        listener.listen(0);
        SockaddrUn full = (SockaddrUn) listener.socket().getSockName();
        Socket first = add(new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM));
        first.connect(full);
        Probe client = new Probe(loop);
        client.createSocket(Constants.AF_UNIX, Constants.SOCK_STREAM);

        assertThatThrownBy(() -> client.connect(full)).isInstanceOf(WouldBlockException.class);

        assertThat(client.state()).isEqualTo(State.NEW);
        loopUntil(() -> !listener.accepted.isEmpty());
        client.connect(full);
        assertThat(client.state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void aListenerThatFindsNoDescriptorRestsAndGoesOn() throws IOException {
        try (Faults faults = Faults.install()) {
            Probe listener = listener();
            Socket[] pair = connection();
            Probe other = reader(pair[0]);
            faults.on("accept4").times(3).fail(Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS);
            int[] turns = {0};
            other.on(WRITABLE, () -> turns[0]++);
            Socket client = add(new Socket(Constants.AF_INET, Constants.SOCK_STREAM));
            client.connect(listener.socket().getSockName());
            long begin = System.nanoTime();

            while (!listener.saw(ACCEPTED)) {
                loop.poll(PATIENCE);
            }

            long rested = System.nanoTime() - begin;
            assertThat(rested).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(3L * AsyncLoop.REST_MILLIS));
            assertThat(turns[0]).isLessThan(20);
            assertThat(listener.errors).isEmpty();
            assertThat(log.at(Level.WARNING))
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("cannot accept for now"));
            pair[1].send(new byte[3]);
            loopUntil(() -> other.received.size() == 3);
        }
    }

    @Test
    void aClosedLoopIsNotRunAgain() throws IOException {
        Probe listener = listener();

        loop.close();
        loop.close();

        assertThat(listener.state()).isEqualTo(State.CLOSED);
        assertThat(listener.socket().isClosed()).isTrue();
        assertThatThrownBy(() -> loop.poll(ZERO)).isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(loop::loop).isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(listener::createSocket).isInstanceOf(ClosedSelectorException.class);
    }

    @Test
    void aHandlerMayCloseTheLoop() throws IOException {
        Socket[] pair = connection();
        Probe closing = reader(pair[0]);
        Probe other = reader(connection()[0]);
        closing.on(READ, () -> loop.close());
        pair[1].send(new byte[1]);

        loop.loop();

        assertThat(closing.state()).isEqualTo(State.CLOSED);
        assertThat(other.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aHandlerGoesThroughWhileAnotherThreadClosesTheLoop() throws Exception {
        Probe listener = listener();
        List<Probe> taken = new ArrayList<>();
        listener.on(ACCEPTED, () -> {
            try {
                Tasks.run(loop::close).result();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            taken.add(new Probe(loop, listener.accepted.getFirst()));
        });
        client(listener);

        loop.loop();

        assertThat(listener.errors).isEmpty();
        assertThat(taken).singleElement().matches(each -> each.socket().isClosed());
    }

    @Test
    void aHandlerDoesNotRunItsOwnLoop() throws IOException {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        probe.on(READ, () -> loop.poll(ZERO));
        pair[1].send(new byte[1]);

        loopUntil(() -> !probe.errors.isEmpty());

        assertThat(probe.errors).singleElement().isInstanceOf(IllegalStateException.class);
    }

    /** Runs the loop in a thread of its own until it ends. */
    private FutureTask<Void> running(boolean virtual) throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        Probe first = new Probe(loop);
        try {
            first.createSocket();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        first.on(WRITABLE, runs::countDown);
        FutureTask<Void> task = new FutureTask<>(() -> {
            loop.loop();
            return null;
        });
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
        runs.await();
        return task;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherThreadMayCloseADispatcherAndTheLoopSeesThatNobodyIsLeft(boolean virtual) throws Exception {
        FutureTask<Void> task = running(virtual);

        for (Dispatcher each : loop.getMap().values()) {
            each.close();
        }

        task.get(30, TimeUnit.SECONDS);
        assertThat(loop.getMap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherThreadMayCloseTheLoop(boolean virtual) throws Exception {
        FutureTask<Void> task = running(virtual);
        Dispatcher one = loop.getMap().values().iterator().next();

        loop.close();

        task.get(30, TimeUnit.SECONDS);
        assertThat(one.socket().isClosed()).isTrue();
    }

    @Test
    void anotherThreadMayWakeTheLoopUp() throws Exception {
        FutureTask<Void> task = running(false);
        Probe one = (Probe) loop.getMap().values().iterator().next();
        CountDownLatch asked = new CountDownLatch(1);
        one.on(WRITABLE, asked::countDown);

        loop.wakeUp();

        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        loop.close();
        task.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatAnotherThreadMayNotDoIsRefused() throws Exception {
        FutureTask<Void> task = running(false);
        Dispatcher one = loop.getMap().values().iterator().next();

        for (Probe.Action call : List.<Probe.Action>of(
                () -> new Probe(loop).createSocket(),
                () -> one.listen(1),
                () -> one.bind(family().address()),
                () -> one.connect(family().address()),
                () -> one.setReuseAddr(),
                () -> one.accept(),
                () -> one.send(new byte[1]),
                () -> one.recv(1),
                () -> loop.closeAll(),
                () -> loop.poll(ZERO))) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        }

        assertThat(loop.getMap()).hasSize(1);
        loop.close();
        task.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatAThreadHasPreparedAnotherOneRuns() throws Exception {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        pair[1].send(new byte[4]);
        pair[1].close();
        FutureTask<Void> task = new FutureTask<>(() -> {
            loop.loop();
            return null;
        });

        Thread.ofVirtual().start(task);

        task.get(30, TimeUnit.SECONDS);
        assertThat(probe.received.size()).isEqualTo(4);
    }

    @Test
    void anIdleDispatcherCostsATurnTwoQuestionsAndNothingElse() throws IOException {
        try (Faults faults = Faults.install();
                AsyncLoop counted = new AsyncLoop(backend().open())) {
            int[] asked = {0, 0};
            for (int i = 0; i < 500; i++) {
                Socket[] pair = connection();
                new Idle(counted, pair[0], asked);
            }
            for (int i = 0; i < 2_000; i++) {
                counted.poll(ZERO);
            }
            long calls = total(faults);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            asked[0] = 0;
            asked[1] = 0;
            long bytes = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                counted.poll(ZERO);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;

            assertThat(asked).containsExactly(50_000, 50_000);
            assertThat(total(faults) - calls).as("system calls in 100 turns").isBetween(100L, 400L);
            assertThat(bytes / 100).as("bytes for a turn of 500 dispatchers").isLessThan(4_000);
            counted.closeAll();
        }
    }

    private static long total(Faults faults) {
        return List.of("epollWait", "epollControl", "poll", "select", "recv", "read", "getSockOpt").stream()
                .mapToLong(faults::seen)
                .sum();
    }

    private static final class Idle extends Dispatcher {

        private final int[] asked;

        Idle(AsyncLoop loop, Socket socket, int[] asked) throws IOException {
            super(loop, socket);
            this.asked = asked;
        }

        @Override
        protected boolean readable() {
            asked[0]++;
            return true;
        }

        @Override
        protected boolean writable() {
            asked[1]++;
            return false;
        }
    }
}
