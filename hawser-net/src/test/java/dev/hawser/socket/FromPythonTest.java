package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/from-python.md names everything that CPython has, and nothing that Hawser has not. */
class FromPythonTest {

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| `(new )?([\\w.]+)` \\|.*");

    /** A row of the page. */
    record Row(String python, boolean isNew, String hawser) {

        @Override
        public String toString() {
            return python + " is " + hawser;
        }
    }

    static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("../docs/from-python.md"))) {
            return lines.map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Row(row.group(1), row.group(2) != null, row.group(3)))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatStandsBesideANameExists(Row row) throws ClassNotFoundException {
        String last = row.hawser().substring(row.hawser().lastIndexOf('.') + 1);
        boolean type = Character.isUpperCase(last.charAt(0));
        if (type) {
            assertThat(named(row.hawser())).isPublic();
            assertThat(!row.isNew() || named(row.hawser()).getConstructors().length > 0)
                    .isTrue();
        } else {
            Class<?> owner = named(row.hawser().substring(0, row.hawser().lastIndexOf('.')));
            assertThat(Arrays.stream(owner.getMethods()).map(method -> method.getName()))
                    .contains(last);
        }
    }

    private static Class<?> named(String type) throws ClassNotFoundException {
        return Class.forName(type.contains(".") ? type : "dev.hawser.socket." + type);
    }

    @Test
    void everyNameOfCPythonIsOnThePage() throws Exception {
        String script = """
                import enum, socket, types
                module = [n for n in dir(socket) if callable(getattr(socket, n)) or n == 'has_ipv6']
                left_out = {'IntEnum', 'IntFlag', 'AddressFamily', 'SocketKind', 'MsgFlag', 'AddressInfo'}
                names = [n for n in module if not n.startswith('_') and n not in left_out]
                names += [n for n in dir(socket.socket) if not n.startswith('_')]
                for name in names:
                    print(name)
                """;
        try (Peer python = Peers.python(script)) {
            List<String> names = python.readLines();
            assertThat(names).hasSizeGreaterThan(70);
            assertThat(rows()).extracting(Row::python).containsAll(names);
        }
    }
}
