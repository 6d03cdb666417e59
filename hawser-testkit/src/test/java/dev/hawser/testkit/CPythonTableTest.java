package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A table is wrong in as many ways as there are tests here. */
class CPythonTableTest {

    private static final String OURS = "{@code CPythonTableTest#aRowThatNamesATestIsRight}";

    @Test
    void aRowThatNamesATestIsRight() {
        assertThat(problems(row("Theirs.test_one", OURS), "Theirs.test_one")).isEmpty();
    }

    @Test
    void aRowMayBeBrokenIntoLines() {
        String row = row("Theirs.test_one", "{@code\n *       CPythonTableTest#aRowThatNamesATestIsRight}");

        assertThat(problems(row, "Theirs.test_one")).isEmpty();
    }

    @Test
    void aTestWithoutARowIsTold() {
        assertThat(problems(row("Theirs.test_one", OURS), "Theirs.test_one", "Theirs.test_two"))
                .containsExactly("Theirs.test_two has no row");
    }

    @Test
    void aRowOfATestThatIsNoneIsTold() {
        assertThat(problems(row("Theirs.test_one", OURS))).containsExactly("Theirs.test_one is no test of test.theirs");
    }

    @Test
    void everyAnswerIsATest() {
        String answers = OURS + ", {@code CPythonTableTest#gone}, {@code GoneTest#here}, {@code CPythonTableTest#row}";

        assertThat(problems(row("Theirs.test_one", answers), "Theirs.test_one"))
                .containsExactly(
                        "Theirs.test_one: there is no test CPythonTableTest#gone",
                        "Theirs.test_one: there is no test GoneTest#here",
                        "Theirs.test_one: there is no test CPythonTableTest#row");
    }

    @Test
    void whatAnswersNothingHasAReason() {
        String rows = row("Theirs.test_one", "not applicable: a reason")
                + row("Theirs.test_two", "not applicable: ")
                + row("Theirs.test_three", "");

        assertThat(problems(rows, "Theirs.test_one", "Theirs.test_two", "Theirs.test_three"))
                .containsExactly("Theirs.test_two: no reason is given", "Theirs.test_three: no answer in ''");
    }

    private static String row(String theirs, String ours) {
        return " *   <tr><td>" + theirs + "</td><td>" + ours + "</td></tr>\n";
    }

    private static List<String> problems(String rows, String... theirs) {
        return CPythonTable.problems(
                CPythonTableTest.class.getPackageName(), "/**\n" + rows + " */\n", "test.theirs", Set.of(theirs));
    }
}
