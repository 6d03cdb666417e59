package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The property {@code hawser.deferredStacks}, in a JVM of its own, as it is read once. */
class DeferredCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void withoutItsPlaceADeferredIs32BytesAndItsReportsNameNone() throws Exception {
        try (Peer program = start("-Dhawser.deferredStacks=false")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("32");
            assertThat(program.readLine(PATIENCE)).endsWith("has fired already");
        }
    }

    @Test
    void elseItsReportsNameThePlaceWhereItWasMade() throws Exception {
        try (Peer program = start("-Dhawser.deferredStacks=true")) {
            assertThat(Integer.parseInt(program.readLine(PATIENCE))).isPositive();
            assertThat(program.readLine(PATIENCE)).contains("made at dev.hawser.reactor.defer.SparingProgram.main");
        }
    }

    private static Peer start(String property) throws IOException {
        List<String> command = new ArrayList<>(TestJvm.command(SparingProgram.class));
        command.add(1, property);
        return Peers.start("env", command.toArray(String[]::new));
    }
}
