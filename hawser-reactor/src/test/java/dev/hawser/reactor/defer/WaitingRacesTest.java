package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Threads that begin to wait in the moment in which a deferred fires: none may miss it. */
class WaitingRacesTest {

    private static final int ROUNDS = 20_000;

    @Test
    void aThreadThatBeginsToWaitWhileItFiresIsWoken() throws Exception {
        List<Deferred<Integer>> deferreds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            deferreds.add(new Deferred<>());
        }
        CountDownLatch begin = new CountDownLatch(1);
        Tasks<Integer> waiting = Tasks.start(() -> {
            begin.countDown();
            int sum = 0;
            for (Deferred<Integer> deferred : deferreds) {
                sum += deferred.await();
            }
            return sum;
        });
        begin.await();
        deferreds.forEach(deferred -> deferred.callback(1));
        assertThat(waiting.result()).isEqualTo(ROUNDS);
    }

    @Test
    void aFiringThatMeetsTheBeginOfAWaitIsHandedOn() throws Exception {
        List<Deferred<Integer>> inner = new ArrayList<>();
        List<Deferred<Integer>> outer = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Deferred<Integer> one = new Deferred<>();
            inner.add(one);
            outer.add(new Deferred<Integer>().thenCompose(n -> one));
        }
        CountDownLatch begin = new CountDownLatch(1);
        Tasks<Void> firing = Tasks.run(() -> {
            begin.countDown();
            inner.forEach(deferred -> deferred.callback(1));
        });
        begin.await();
        outer.forEach(deferred -> deferred.callback(0));
        firing.result();
        for (Deferred<Integer> deferred : outer) {
            assertThat(deferred.await()).isEqualTo(1);
        }
    }
}
