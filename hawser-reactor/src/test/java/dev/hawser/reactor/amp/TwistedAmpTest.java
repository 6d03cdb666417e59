package dev.hawser.reactor.amp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.CPythonTable;
import dev.hawser.testkit.RequiresProgram;
import org.junit.jupiter.api.Test;

@RequiresProgram("python3")
class TwistedAmpTest {

    @Test
    void theTableNamesEveryTestOfTwistedsAndOnlyTestsThatThereAre() throws Exception {
        assertThat(CPythonTable.problems(getClass(), "twisted.test.test_amp")).isEmpty();
    }
}
