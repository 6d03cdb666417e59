package dev.hawser.asynchat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.CPythonTable;
import dev.hawser.testkit.RequiresProgram;
import org.junit.jupiter.api.Test;

@RequiresProgram("python3")
class AsynchatTableTest {

    @Test
    void theTableNamesEveryTestOfCPythonsAndOnlyTestsThatThereAre() throws Exception {
        assertThat(CPythonTable.problems(getClass(), "test.test_asynchat")).isEmpty();
    }
}
