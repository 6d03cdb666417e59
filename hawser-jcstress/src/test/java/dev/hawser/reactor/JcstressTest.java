package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/** Each scene of this module, millions of times, in JVMs of their own. The report is {@code target/jcstress/index.html}. */
class JcstressTest {

    @Test
    void noSceneEndsInAWayThatItForbids() throws Exception {
        run("-sc", "false", "-f", "1", "-fsm", "1", "-iters", "1", "-time", "500");
    }

    @Test
    @Tag("soak")
    void norUnderEachPairOfCompilersForLonger() throws Exception {
        run("-f", "1", "-fsm", "1", "-iters", "3", "-time", "1000");
    }

    private static void run(String... strength) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(strength));
        arguments.addAll(List.of("-r", "jcstress", "-af", "NONE", "-jvmArgs", "-Dhawser.deferredStacks=false"));
        Options options = new Options(arguments.toArray(String[]::new));
        options.parse();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThatCode(() -> new JCStress(options).run())
                    .as(() -> printed.toString(StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        } finally {
            System.setOut(before);
        }
    }
}
