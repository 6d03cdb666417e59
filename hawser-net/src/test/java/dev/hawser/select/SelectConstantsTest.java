package dev.hawser.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever knows a constant from C or from CPython's select module finds it here. */
@Timeout(30)
class SelectConstantsTest {

    private static final String NAMES = """
            import select
            for name in dir(select):
                if name.isupper() and name[0] != '_':
                    print(name, getattr(select, name))
            """;

    @Test
    void everyConstantOfCpythonIsHereWithItsValue() throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        try (Peer python = Peers.python(NAMES)) {
            for (String line : python.readLines()) {
                String[] words = line.split(" ", -1);
                expected.put(words[0], (int) Long.parseLong(words[1]));
            }
        }
        Map<String, Integer> actual = new TreeMap<>();
        for (Field field : SelectConstants.class.getFields()) {
            actual.put(field.getName(), field.getInt(null));
        }

        assertThat(expected).hasSizeGreaterThan(25);
        assertThat(actual).containsAllEntriesOf(expected);
    }
}
