package dev.hawser.socket.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorReuseTest {

    private static final int THOUSANDS = 2000;

    @Test
    void noByteReachesTheWrongConnection() throws Exception {
        churn(20261123, Duration.ofSeconds(8));
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noByteReachesTheWrongConnectionInMinutes(long seed) throws Exception {
        churn(seed, Duration.ofMinutes(1));
    }

    private static void churn(long seed, Duration duration) throws Exception {
        try (Churn churn = new Churn(seed, duration)) {
            churn.run();
            assertThat(churn.finished()).isGreaterThan(THOUSANDS);
            assertThat(churn.cutShort()).isGreaterThan(THOUSANDS / 4);
        }
    }
}
