package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever knows a constant from C or from CPython's socket module finds it here. */
@Timeout(30)
class ConstantsTest {

    /** Prints every constant of the module, but for what only looks like one, and the error numbers. */
    private static final String NAMES = """
            import errno, socket
            for name in dir(socket):
                value = getattr(socket, name)
                if name.isupper() and name[0] != '_' and isinstance(value, (int, str)) and not hasattr(errno, name):
                    print(name, value if isinstance(value, str) else int(value))
            """;

    @Test
    void everyConstantOfCpythonIsHereWithItsValue() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        try (Peer python = Peers.python(NAMES)) {
            for (String line : python.readLines()) {
                String[] words = line.split(" ", -1);
                expected.put(words[0], words[1].indexOf(':') < 0 ? "" + (int) Long.parseLong(words[1]) : words[1]);
            }
        }
        Map<String, String> actual = new TreeMap<>();
        for (Field field : Constants.class.getFields()) {
            actual.put(field.getName(), "" + field.get(null));
        }

        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(actual).containsAllEntriesOf(expected);
    }

    @Test
    void noNameStandsInTwoHeaders() {
        Set<String> names = new HashSet<>();

        assertThat(Constants.class.getFields())
                .extracting(Field::getName)
                .allSatisfy(name -> assertThat(names.add(name)).as(name).isTrue());
    }
}
