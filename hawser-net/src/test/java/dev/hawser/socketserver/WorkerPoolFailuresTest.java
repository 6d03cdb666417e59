package dev.hawser.socketserver;

import static dev.hawser.socketserver.PoolFixture.CLIENT;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socketserver.FakeWorkers.Fake;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pool does about workers that die, hang, or do not start; and at its end. */
class WorkerPoolFailuresTest {

    private PoolFixture it;
    private CapturedLog log;

    @BeforeEach
    void open() throws IOException {
        it = new PoolFixture();
        log = new CapturedLog("dev.hawser.socketserver");
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        it.close();
    }

    private Fake busyWith(String request) {
        it.give(request);
        return it.workers.busy().stream()
                .filter(worker -> request.equals(worker.busyWith))
                .findFirst()
                .orElseThrow();
    }

    private WorkerDiedException reportedDeath() {
        eventually().until(() -> !it.server.reported.isEmpty());
        return (WorkerDiedException) it.server.reported.getFirst().error();
    }

    @Test
    void aDeathInTheMiddleOfARequestIsReportedWithItsClientAndStatusAndTheWorkerReplaced() {
        it.ready();
        Fake worker = busyWith("a");
        worker.ended(137);
        assertThat(reportedDeath())
                .hasMessage("worker " + worker.pid()
                        + " ended in the middle of the request (exit status 137, of signal 9)");
        assertThat(reportedDeath().pid()).isEqualTo(worker.pid());
        assertThat(reportedDeath().exitStatus()).isEqualTo(137);
        assertThat(it.server.reported.getFirst().request()).isEqualTo("a");
        assertThat(it.server.reported.getFirst().clientAddress()).isEqualTo(CLIENT);
        assertThat(it.server.closed).containsExactly("a");
        it.timers.run();
        assertThat(it.workers.started).hasSize(3);
    }

    @Test
    void aDeathWithoutARequestIsLogged() {
        it.ready();
        it.workers.get(0).ended(139);
        assertThat(log.messages())
                .containsExactly("of the workers for 127.0.0.1:0, worker 1000 ended while it had no request"
                        + " (exit status 139, of signal 11)");
        assertThat(it.server.reported).isEmpty();
    }

    @Test
    void whatHandleErrorThrowsIsLoggedAndBreaksNothing() {
        it.server.onError = error -> {
            throw new IllegalStateException("of the user", error);
        };
        it.ready();
        busyWith("a").ended(1);
        eventually().until(() -> !log.at(Level.SEVERE).isEmpty());
        assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessage("of the user");
        assertThat(busyWith("b").given).contains("b");
    }

    @Test
    void aRequestThatTakesTooLongCostsItsWorkerTheLife() {
        it.ready();
        Fake worker = busyWith("a");
        it.timers.pass(PoolFixture.TIME_LIMIT.minusNanos(1));
        assertThat(worker.killed).isFalse();
        it.timers.pass(Duration.ofNanos(1));
        assertThat(worker.killed).isTrue();
        worker.ended(137);
        assertThat(reportedDeath())
                .hasMessage("worker " + worker.pid()
                        + " was killed after 5 min: requestTimeLimit() (exit status 137, of signal 9)");
    }

    @Test
    void theTimeLimitOfARequestEndsWithIt() {
        it.ready();
        Fake worker = busyWith("a");
        it.timers.pass(PoolFixture.TIME_LIMIT.minusSeconds(1));
        worker.done();
        assertThat(busyWith("b")).isSameAs(worker);
        it.timers.pass(PoolFixture.TIME_LIMIT.minusSeconds(1));
        assertThat(worker.killed).isFalse();
    }

    @Test
    void aWorkerThatWasDoneJustBeforeItWasKilledHasServedAndGetsNothingMore() {
        it.ready();
        Fake worker = busyWith("a");
        it.timers.pass(PoolFixture.TIME_LIMIT);
        worker.done();
        it.give("b");
        worker.ended(137);
        assertThat(worker.given).containsExactly("a");
        assertThat(it.server.reported).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotRetireIsKilled() {
        it.ready();
        for (String request : new String[] {"a", "b", "c"}) {
            busyWith(request).done();
        }
        Fake retired = it.workers.started.stream()
                .filter(each -> each.retired)
                .findFirst()
                .orElseThrow();
        it.timers.pass(WorkerPool.RETIRE_LIMIT);
        assertThat(retired.killed).isTrue();
        retired.ended(137);
        assertThat(log.messages().getLast()).contains("was killed after 10 s: it had nothing to do and did not end");
    }

    @Test
    void aWorkerThatLeavesAndDoesNotEndIsKilled() {
        it.ready();
        it.workers.get(0).leaving(null);
        Fake busy = busyWith("a");
        busy.leaving(null);
        busy.done();
        it.timers.pass(WorkerPool.RETIRE_LIMIT);
        assertThat(it.workers.get(0).killed && busy.killed).isTrue();
    }

    @Test
    void closeClientsMeansTheRequestThatIsJustHandedOverToo() {
        it.ready();
        it.workers.get(0).gone = true;
        it.workers.get(1).gone = true;
        it.workers.whileGiving = it.pool::killBusy;
        it.give("a");
        eventually().until(() -> it.server.shutDown.contains("a"));
        assertThat(it.server.reported).isEmpty();
    }

    @Test
    void startsThatFailAreTriedAgainLessAndLessOften() {
        it.workers.cannotStart = new IOException("no java");
        it.pool.keepSpare();
        it.timers.run();
        it.workers.cannotStart = null;
        it.timers.pass(StartBackOff.FIRST.minusNanos(1));
        assertThat(it.workers.started).isEmpty();
        it.timers.pass(Duration.ofNanos(1));
        assertThat(it.workers.started).hasSize(1); // one only, until one is ready
        it.workers.get(0).ended(1);
        it.timers.pass(StartBackOff.FIRST.multipliedBy(4).minusNanos(1)); // the third in a row
        assertThat(it.workers.started).hasSize(1);
        it.timers.pass(Duration.ofNanos(1));
        assertThat(it.workers.started).hasSize(2);
        it.workers.get(1).ready();
        it.timers.run();
        assertThat(it.workers.started).hasSize(3);
    }

    @Test
    void theRestBetweenTwoStartsIsNeverLong() {
        StartBackOff backOff = new StartBackOff();
        for (int i = 0; i < 100; i++) {
            backOff.endedUnused();
        }
        assertThat(backOff.delay()).isEqualTo(StartBackOff.LONGEST);
        backOff.served();
        assertThat(backOff.delay()).isEqualTo(StartBackOff.FIRST);
    }

    @Test
    void whatKeepsWorkersFromStartingIsReportedOnce() {
        it.workers.cannotStart = new IOException("no java");
        it.pool.keepSpare();
        it.timers.pass(Duration.ofMinutes(1));
        assertThat(log.at(Level.SEVERE)).hasSize(1);
        assertThat(log.messages()).containsExactly("cannot start worker processes for now for 127.0.0.1:0");
        assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessage("no java");
    }

    @Test
    void aHandlerThatCannotBeLoadedIsTheReason() {
        it.pool.keepSpare();
        it.timers.run();
        it.workers.get(0).leaving(new WorkerException(1000, "java.lang.ClassNotFoundException: Handler", ""));
        it.workers.get(0).ended(1);
        assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessage("java.lang.ClassNotFoundException: Handler");
    }

    @Test
    void withoutAThreadForAWorkerItIsTriedAgain() {
        it.workers.cannotStart = new OutOfMemoryError("unable to create native thread");
        it.pool.keepSpare();
        it.timers.run();
        it.workers.cannotStart = null;
        it.timers.pass(StartBackOff.FIRST);
        assertThat(it.workers.started).hasSize(1);
    }

    @Test
    void whenNoWorkerStartsRequestsFailInsteadOfWaitingForEver() {
        it.workers.cannotStart = new IOException("no java");
        it.give("a");
        it.timers.pass(Duration.ofSeconds(1));
        eventually().until(() -> it.server.shutDown.contains("a"));
        assertThat(it.pool.hasRoom()).isTrue();
        it.give("b");
        eventually().until(() -> it.server.shutDown.contains("b"));
        assertThat(it.server.reported.getLast().error())
                .isInstanceOf(IOException.class)
                .hasMessage("no worker process takes the request: no java");
        it.workers.cannotStart = null;
        it.timers.pass(StartBackOff.LONGEST);
        it.workers.get(0).ready();
        it.give("c");
        assertThat(it.workers.get(0).given).containsExactly("c");
    }

    @Test
    void whileSomeWorkersLiveRequestsWaitForThemThoughOthersDoNotStart() {
        it.startMore();
        it.workers.cannotStart = new IOException("no memory");
        it.workers.get(2).ended(1);
        it.workers.get(3).ended(1);
        it.timers.pass(Duration.ofSeconds(10));
        assertThat(it.pool.hasRoom()).isFalse();
        it.give("c");
        assertThat(it.server.shutDown).isEmpty();
        it.workers.get(0).done();
        assertThat(it.workers.get(0).given).contains("c");
    }

    @Test
    void aWorkerThatIsNotReadyAfterAMinuteIsKilled() {
        it.pool.keepSpare();
        it.timers.pass(WorkerPool.START_LIMIT);
        Fake hung = it.workers.get(0);
        assertThat(hung.killed).isTrue();
        hung.ready(); // too late
        it.give("a");
        assertThat(hung.given).isEmpty();
        hung.ended(137);
        assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessageContaining("after 1 min");
    }

    @Test
    void aStartThatHangsHoldsUpOthersForSecondsOnly() {
        it.workers.cannotStart = new IOException("no memory");
        it.give("a");
        it.workers.cannotStart = null;
        it.timers.pass(StartBackOff.FIRST); // one at a time from now on, and this one hangs
        assertThat(it.workers.started).hasSize(1);
        it.timers.pass(WorkerPool.SLOW_START);
        assertThat(it.workers.started).hasSizeGreaterThan(1);
        it.workers.get(1).ready();
        assertThat(it.workers.get(1).given).containsExactly("a");
    }

    @Test
    void workersThatDieBeforeTheirFirstRequestAreReplacedLessAndLessOften() {
        it.ready();
        it.workers.get(0).ended(134);
        it.timers.run();
        assertThat(it.workers.started).hasSize(2);
        it.timers.pass(StartBackOff.FIRST);
        assertThat(it.workers.started).hasSize(3);
        it.workers.get(2).ready();
        it.workers.get(2).ended(134);
        it.timers.pass(StartBackOff.FIRST);
        assertThat(it.workers.started).hasSize(3);
        it.timers.pass(StartBackOff.FIRST);
        assertThat(it.workers.started).hasSize(4);
    }

    @Test
    void closeClientsKillsBusyWorkersAndNobodyIsToldOfAnError() {
        it.ready().give("a", "b", "c");
        it.pool.killBusy();
        eventually().until(() -> it.server.shutDown.contains("c"));
        assertThat(it.workers.get(0).killed && it.workers.get(1).killed).isTrue();
        it.workers.get(0).ended(137);
        it.workers.get(1).ended(137);
        assertThat(it.server.reported).isEmpty();
        assertThat(it.server.closed).containsExactlyInAnyOrder("a", "b", "c");
        it.give("d");
        it.workers.get(2).ready();
        assertThat(it.workers.get(2).given).containsExactly("d");
    }

    @Test
    void closeRetiresIdleWorkersKillsThoseThatStartAndLetsBusyOnesFinish() {
        it.server.blockOnClose = false;
        it.ready().give("a");
        it.timers.pass(WorkerPool.STEP.multipliedBy(2));
        Fake busy = it.workers.busy().getFirst();
        it.pool.close();
        Fake other = it.workers.get(busy == it.workers.get(0) ? 1 : 0);
        assertThat(other.retired).isTrue();
        assertThat(it.workers.get(2).killed).isTrue();
        assertThat(busy.retired || busy.killed).isFalse();
        busy.done();
        assertThat(busy.retired).isTrue();
        other.ended(0);
        it.workers.get(2).ended(137);
        it.timers.run();
        assertThat(it.workers.closed).isFalse();
        busy.ended(0);
        it.timers.run();
        assertThat(it.workers.closed).isTrue();
        assertThat(it.timers.closed).isTrue();
        assertThat(log.records()).isEmpty();
    }

    @Test
    void workersThatWereTooManyBeforeTheCloseAreNoConcernAfterIt() {
        it.startMore();
        it.workers.get(2).ready();
        it.workers.get(3).ready();
        it.workers.get(0).done();
        it.server.blockOnClose = false;
        it.pool.close();
        it.timers.pass(WorkerPool.EXCESS_LIMIT);
        assertThat(it.workers.get(1).retired).isFalse();
        it.workers.get(1).done();
        assertThat(it.workers.get(1).retired).isTrue();
    }

    @Test
    void whatWasTakenBeforeTheCloseIsServed() {
        it.server.blockOnClose = false;
        it.give("a", "b");
        it.pool.close();
        it.workers.get(0).ready();
        it.workers.get(0).done();
        assertThat(it.workers.get(0).given).containsExactly("a", "b");
    }

    @Test
    void whatComesAfterTheEndIsShutDown() {
        it.server.blockOnClose = false;
        it.pool.close();
        it.timers.run();
        it.give("a");
        eventually().until(() -> it.server.shutDown.contains("a"));
        assertThat(it.server.reported).isEmpty();
        assertThat(it.workers.started).isEmpty();
    }

    @Test
    void closeWaitsForTheLastRequestAndItsReport() throws Exception {
        it.ready().give("a");
        Thread closer = Thread.ofVirtual().start(it.pool::close);
        eventually().until(() -> closer.getState() == Thread.State.WAITING);
        it.workers.started.forEach(worker -> worker.ended(1));
        it.timers.run();
        closer.join();
        assertThat(it.server.reported).hasSize(1);
    }

    @Test
    void closeMayBeCalledFromHandleError() {
        it.server.onError = error -> it.pool.close();
        it.ready().give("a");
        it.workers.busy().getFirst().ended(1);
        eventually().until(() -> it.workers.started.stream().anyMatch(worker -> worker.retired));
        it.timers.run(); // the one that was to replace it
        it.workers.started.stream().filter(worker -> !worker.gone).forEach(worker -> worker.ended(0));
        it.timers.run();
        it.pool.close(); // waits for the report
        assertThat(it.server.reported).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitForTheClose() throws Exception {
        it.ready().give("a");
        Thread closer = Thread.ofVirtual().start(it.pool::close);
        eventually().until(() -> closer.getState() == Thread.State.WAITING);
        closer.interrupt();
        closer.join();
        assertThat(it.workers.closed).isFalse();
    }
}
