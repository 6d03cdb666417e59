package dev.hawser.socketserver;

import static dev.hawser.socketserver.PoolFixture.CLIENT;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.socket.Socket;
import dev.hawser.socketserver.PoolServer.Reported;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which worker gets a request, and how many there are. */
class WorkerPoolTest {

    private PoolFixture it;

    @BeforeEach
    void open() throws IOException {
        it = new PoolFixture();
    }

    @AfterEach
    void close() throws IOException {
        it.close();
    }

    @Test
    void workersAreStartedAheadOfNeed() {
        it.pool.keepSpare();
        it.timers.run();
        assertThat(it.workers.started).hasSize(2);
    }

    @Test
    void aWorkerThatStaysBusyIsReplacedAmongTheSpareOnes() {
        it.ready().give("a");
        it.timers.pass(WorkerPool.STEP.multipliedBy(2).minusNanos(1));
        assertThat(it.workers.started).hasSize(2);
        it.timers.pass(Duration.ofNanos(1));
        assertThat(it.workers.started).hasSize(3);
    }

    @Test
    void clientsThatComeOneAfterAnotherNeedNoMoreThanTheSpareWorkers() throws IOException {
        try (PoolFixture busy = new PoolFixture(new WorkerLimits(4, 2, 1000, null, 2))) {
            busy.ready();
            for (int i = 0; i < 100; i++) {
                busy.give("a", "b");
                busy.timers.pass(WorkerPool.STEP.dividedBy(3));
                busy.workers.get(0).done();
                busy.workers.get(1).done();
            }
            assertThat(busy.workers.started).hasSize(2);
        }
    }

    @Test
    void requestsThatWaitForAMomentOnlyAreServedByTheSpareWorkers() throws IOException {
        try (PoolFixture crowded = new PoolFixture(new WorkerLimits(10, 2, 1000, null, 2))) {
            crowded.ready().give("a", "b", "c", "d", "e", "f");
            for (int i = 0; i < 100; i++) {
                crowded.timers.pass(WorkerPool.STEP.dividedBy(4));
                crowded.workers.get(i % 2).done();
                crowded.give("g");
            }
            assertThat(crowded.workers.started).hasSize(2);
        }
    }

    @Test
    void aQueueThatLastsIsServedByAsManyWorkersAsThereAreProcessors() throws IOException {
        try (PoolFixture crowded = new PoolFixture(new WorkerLimits(10, 1, 1000, null, 3))) {
            crowded.give("a", "b", "c", "d");
            crowded.workers.get(0).ready();
            for (int i = 0; i < 10; i++) {
                crowded.timers.pass(WorkerPool.STEP.dividedBy(4));
                crowded.workers.get(0).done();
                crowded.give("e");
            }
            assertThat(crowded.workers.started).hasSize(3);
        }
    }

    @Test
    void aRequestThatHasWaitedLongGetsOneMoreWorkerThoughOthersBecomeFree() throws IOException {
        try (PoolFixture larger = new PoolFixture(new WorkerLimits(10, 2, 3, null, 2))) {
            larger.ready().give("a", "b", "c", "d", "e");
            larger.timers.pass(WorkerPool.STEP.multipliedBy(WorkerPool.LONG_WAIT + 1));
            larger.workers.get(2).ready();
            larger.workers.get(3).ready();
            larger.timers.run();
            assertThat(larger.workers.started).hasSize(5);
        }
    }

    @Test
    void withoutSpareWorkersOneIsStartedForTheFirstRequestAtOnce() throws IOException {
        try (PoolFixture none = new PoolFixture(new WorkerLimits(4, 0, 3, null, 2))) {
            none.pool.keepSpare();
            none.timers.run();
            assertThat(none.workers.started).isEmpty();
            none.give("a", "b");
            assertThat(none.workers.started).hasSize(1);
        }
    }

    @Test
    void thereAreNeverMoreThanTheMost() {
        it.readyMore().give("c", "d", "e");
        it.timers.pass(WorkerPool.STEP.multipliedBy(10));
        assertThat(it.workers.started).hasSize(4);
        assertThat(it.workers.busy()).hasSize(4);
    }

    @Test
    void noMoreStartAtATimeThanTheProcessorsCanBear() throws IOException {
        try (PoolFixture many = new PoolFixture(new WorkerLimits(10, 2, 3, null, 2))) {
            many.give("a", "b", "c", "d", "e");
            assertThat(many.workers.started).hasSize(2);
            many.timers.pass(WorkerPool.STEP.multipliedBy(WorkerPool.LONG_WAIT + 1));
            assertThat(many.workers.started).hasSize(2);
            many.workers.get(0).ready();
            many.timers.run();
            assertThat(many.workers.started).hasSize(3);
        }
    }

    @Test
    void theWorkerThatServedLastGetsTheNextRequest() {
        it.ready().give("a", "b");
        it.workers.get(1).done();
        it.workers.get(0).done();
        it.give("c");
        assertThat(it.workers.get(0).given).containsExactly("a", "c");
    }

    @Test
    void aRequestThatFindsNobodyIdleWaitsForTheFirstThatIsReady() {
        it.give("a");
        it.workers.get(1).ready();
        assertThat(it.workers.get(1).given).containsExactly("a");
        assertThat(it.workers.get(0).given).isEmpty();
    }

    @Test
    void requestsThatWaitAreServedInTheirOrder() {
        it.give("a", "b", "c");
        it.workers.get(0).ready();
        it.workers.get(0).done();
        it.workers.get(0).done();
        assertThat(it.workers.get(0).given).containsExactly("a", "b", "c");
    }

    @Test
    void thereIsRoomWhileAWorkerIsFreeOrCanBeStarted() {
        assertThat(it.pool.hasRoom()).isTrue();
        it.ready().give("a", "b", "c");
        assertThat(it.pool.hasRoom()).isTrue();
        it.give("d");
        assertThat(it.pool.hasRoom()).isFalse();
        it.workers.get(0).done();
        assertThat(it.pool.hasRoom()).isTrue();
    }

    @Test
    void aDeadWorkersRequestGoesToTheNextOne() {
        it.ready();
        it.workers.get(0).gone = true;
        it.workers.get(1).gone = true;
        it.give("a");
        it.workers.get(0).ended(137);
        it.workers.get(1).ended(137);
        it.timers.pass(StartBackOff.FIRST);
        it.workers.get(2).ready();
        assertThat(it.workers.get(2).given).containsExactly("a");
        it.workers.get(2).done();
        assertThat(it.server.reported).isEmpty();
        assertThat(it.server.closed).containsExactly("a");
    }

    @Test
    void thisProcessesPartOfARequestIsClosedWhenAWorkerHasIt() {
        it.give("a");
        assertThat(it.server.closed).isEmpty();
        it.workers.get(0).ready();
        assertThat(it.server.closed).containsExactly("a");
        it.workers.get(0).done();
        assertThat(it.server.closed).containsExactly("a");
        assertThat(it.server.shutDown).isEmpty();
    }

    @Test
    void aRequestThatCannotBePassedIsReportedAndShutDownAndTheWorkerServesOn() {
        it.ready();
        IOException reason = new IOException("EMFILE");
        it.workers.get(0).cannotPass = reason;
        it.workers.get(1).cannotPass = reason;
        it.give("a");
        eventually().until(() -> it.server.closed.size() == 1);
        assertThat(it.server.shutDown).containsExactly("a");
        assertThat(it.server.reported.getFirst().error())
                .hasMessageContaining("EMFILE")
                .hasCause(reason);
        it.workers.get(0).cannotPass = null;
        it.workers.get(1).cannotPass = null;
        it.give("b");
        assertThat(it.workers.busy()).hasSize(1);
    }

    @Test
    void anErrorWhileARequestIsPassedIsReportedAndTheWorkerServesOn() {
        it.ready();
        Error reason = new OutOfMemoryError("for a packet");
        it.workers.get(0).cannotPass = reason;
        it.workers.get(1).cannotPass = reason;
        it.give("a");
        eventually().until(() -> it.server.closed.size() == 1);
        assertThat(it.server.reported.getFirst().error()).hasCause(reason);
        it.workers.get(0).cannotPass = null;
        it.workers.get(1).cannotPass = null;
        it.give("b");
        assertThat(it.workers.busy()).hasSize(1);
    }

    @Test
    void aWorkerMayBeDoneBeforeItsRequestIsHandedOver() {
        it.ready();
        it.workers.whileGiving = () -> it.workers.busy().getFirst().done();
        it.give("a", "b");
        assertThat(it.workers.get(0).given.size() + it.workers.get(1).given.size())
                .isEqualTo(2);
        assertThat(it.server.closed).containsExactly("a", "b");
    }

    @Test
    void aWorkerMayDieWhileItsRequestIsHandedOver() {
        it.ready();
        it.workers.whileGiving = () -> it.workers.busy().getFirst().ended(137);
        it.give("a");
        eventually().until(() -> it.server.reported.size() == 1);
        assertThat(it.server.closed).containsExactly("a");
    }

    @Test
    void whatAHandlerThrowsIsReportedAndTheWorkerServesOn() {
        WorkerException thrown = new WorkerException(1000, "java.lang.Error: no", "");
        it.ready().give("a");
        it.workers.busy().getFirst().done(thrown);
        eventually().until(() -> it.server.reported.size() == 1);
        assertThat(it.server.reported).containsExactly(new Reported("a", CLIENT, thrown));
        it.give("b");
        assertThat(it.workers.busy().getFirst().given).containsExactly("a", "b");
    }

    @Test
    void aWorkerIsRetiredAfterItsLastRequestAndReplaced() {
        it.ready();
        FakeWorkers.Fake first = serve("a");
        serve("b");
        assertThat(first.retired).isFalse();
        serve("c");
        assertThat(first.retired).isTrue();
        it.give("d");
        assertThat(first.given).containsExactly("a", "b", "c");
        first.ended(0);
        assertThat(it.server.reported).isEmpty();
    }

    private FakeWorkers.Fake serve(String request) {
        it.give(request);
        FakeWorkers.Fake worker = it.workers.busy().getFirst();
        worker.done();
        it.timers.run();
        return worker;
    }

    @Test
    void aWorkerThatIsLeavingGetsNoRequest() {
        it.ready();
        it.workers.get(0).leaving(null);
        it.give("a", "b");
        assertThat(it.workers.get(0).given).isEmpty();
        it.workers.get(1).leaving(null);
        it.workers.get(1).done();
        it.give("c");
        assertThat(it.workers.get(1).given).hasSize(1);
    }

    @Test
    void idleWorkersThatABurstHasLeftAreLetGoWhenNobodyNeedsThem() {
        it.readyMore();
        it.workers.get(0).done();
        it.workers.get(1).done();
        it.give("c", "d"); // two of four are needed now and then
        it.workers.get(0).done();
        it.workers.get(1).done();
        it.timers.pass(WorkerPool.EXCESS_LIMIT);
        assertThat(it.workers.started).noneMatch(worker -> worker.retired);
        it.timers.pass(WorkerPool.EXCESS_LIMIT);
        assertThat(it.workers.started.stream().map(worker -> worker.retired)).containsExactly(false, false, true, true);
        it.workers.get(2).ended(0);
        it.workers.get(3).ended(0);
        it.timers.pass(Duration.ofHours(1));
        assertThat(it.workers.started).hasSize(4);
        assertThat(it.timers.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 1 | PT1S | maxChildren() is 0: there must be one worker at least",
                "-1 | 0 | 1 | PT1S | maxChildren() is -1: there must be one worker at least",
                "2 | -1 | 1 | PT1S | minSpareWorkers() is -1: it can be 0 at least",
                "2 | 3 | 1 | PT1S | minSpareWorkers() is 3, more than maxChildren(), which is 2: lower the former or raise the latter",
                "2 | 1 | 0 | PT1S | maxRequestsPerWorker() is 0: a worker must serve one request at least",
                "2 | 1 | 1 | PT0S | requestTimeLimit() is PT0S: it must be more than zero, or null for no limit",
            })
    void limitsThatMakeNoSenseAreRefused(int most, int spare, int requests, Duration limit, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerLimits(most, spare, requests, limit, 1))
                .withMessage(message);
    }

    @Test
    void oneWorkerAtMostIsOneSpareWorker() throws IOException {
        try (ForkingTcpServer server = new ForkingTcpServer(PoolFixture.ANYWHERE, NoHandler.class, false) {
            @Override
            public int maxChildren() {
                return 1;
            }
        }) {
            assertThat(WorkerLimits.of(server).minSpareWorkers()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatNeverServedStartsNothingAtItsEnd() throws IOException {
        it.server.closeClients();
        it.server.serverClose();
        assertThat(WorkerPool.ofServing(it.server)).isNull();
    }

    @Test
    void aClosedServerStartsNothing() throws IOException {
        it.server.state().socket().close();
        it.pool.keepSpare();
        it.timers.run();
        assertThat(it.workers.started).isEmpty();
    }

    @Test
    void aLambdaIsRefusedWhenTheServerIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LambdaServer().close())
                .withMessageContaining("make the server with a class of handlers");
    }

    private static final class LambdaServer extends TcpServer implements ForkingMixIn<Socket> {
        LambdaServer() throws IOException {
            super(PoolFixture.ANYWHERE, (request, clientAddress, server) -> {});
        }
    }

    /** Never made. */
    static final class NoHandler extends StreamRequestHandler {
        @Override
        protected void handle() {}
    }

    @Test
    void durationsReadAsPeopleSayThem() {
        assertThat(List.of(
                        WorkerDeath.text(Duration.ofMinutes(5)),
                        WorkerDeath.text(Duration.ofSeconds(90)),
                        WorkerDeath.text(Duration.ofMillis(1500)),
                        WorkerDeath.text(Duration.ofHours(2))))
                .containsExactly("5 min", "90 s", "1500 ms", "120 min");
    }
}
