package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hawser.select.SelectConstants;
import dev.hawser.testkit.NamesPage;
import dev.hawser.testkit.NamesPage.Row;
import dev.hawser.testkit.NamesPage.Table;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/from-python.md names everything that CPython has, and nothing that CPython or Hawser has not. */
class FromPythonTest {

    private static final NamesPage PAGE = read();

    /** What Python 2 had, and who comes from it still asks for; and what not every Python 3 has. */
    private static final Set<String> NOT_IN_EVERY_PYTHON =
            Set.of("ssl", "fifo", "ForkingUnixStreamServer", "ForkingUnixDatagramServer");

    /** Where the classes of a module's tables are, if their names do not tell. */
    private static final Map<String, List<String>> PACKAGES = Map.of(
            "socket", List.of("dev.hawser.socket"),
            "select", List.of("dev.hawser.select"),
            "selectors", List.of("dev.hawser.select"),
            "asyncore", List.of("dev.hawser.asyncore"),
            "asynchat", List.of("dev.hawser.asynchat"),
            "socketserver", List.of("dev.hawser.socketserver"));

    private static NamesPage read() {
        try {
            return NamesPage.read(Path.of("../docs/from-python.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<Table> tables() {
        return PAGE.tables();
    }

    static List<Row> counterparts() {
        return PAGE.counterparts();
    }

    @ParameterizedTest
    @MethodSource("counterparts")
    void whatStandsBesideANameExists(Row row) {
        NamesPage.check(row, PACKAGES.getOrDefault(row.table().module(), List.of()));
    }

    @Test
    void everyModuleAndClassHasItsTable() {
        assertThat(tables())
                .extracting(Table::toString)
                .containsExactly(
                        "socket",
                        "socket.socket",
                        "select",
                        "select.poll",
                        "select.epoll",
                        "selectors",
                        "selectors.BaseSelector",
                        "selectors.EpollSelector",
                        "selectors.SelectorKey",
                        "asyncore",
                        "asyncore.dispatcher",
                        "asyncore.dispatcher_with_send",
                        "asyncore.file_dispatcher",
                        "asyncore.file_wrapper",
                        "asynchat",
                        "asynchat.async_chat",
                        "asynchat.simple_producer",
                        "socketserver",
                        "socketserver.BaseServer",
                        "socketserver.TCPServer",
                        "socketserver.UDPServer",
                        "socketserver.ThreadingMixIn",
                        "socketserver.ForkingMixIn",
                        "socketserver.BaseRequestHandler",
                        "socketserver.StreamRequestHandler",
                        "socketserver.DatagramRequestHandler");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyNameOfCPythonIsOnThePage(Table table) throws Exception {
        List<String> names = ask("""
                if cls:
                    elsewhere = [b for b in owner.__mro__[1:] if b.__module__ != '_' + name]
                    names = [n for n in dir(owner) if not any(hasattr(b, n) for b in elsewhere)]
                    if name == 'socketserver':
                        names += assigned(owner) - set().union(*map(assigned, elsewhere))
                else:
                    names = [n for n in dir(module) if n not in dir(errno) and is_its_own(getattr(module, n))]
                left_out = {'AddressFamily', 'SocketKind', 'MsgFlag', 'AddressInfo'}
                for n in names:
                    if not n.startswith('_') and n not in left_out:
                        print(n)
                """, table);

        assertThat(names).isNotEmpty();
        assertThat(PAGE.names(table)).containsAll(names);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyNameOnThePageIsCPythons(Table table) throws Exception {
        List<String> names = PAGE.names(table).stream()
                .filter(name -> !NOT_IN_EVERY_PYTHON.contains(name))
                .toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(ask("""
                for n in '%s'.split():
                    if not hasattr(owner, n) and not (cls and n in assigned(owner)):
                        print(n)
                """.formatted(String.join(" ", names)), table))
                .as("names that Python does not have")
                .isEmpty();
    }

    @Test
    void theConstantsOfSelectHaveTheirNamesAndValues() throws Exception {
        List<String> constants = ask("""
                for n in dir(module):
                    if isinstance(getattr(module, n), int):
                        print(n, getattr(module, n))
                """, new Table("select", ""));

        assertThat(constants).hasSizeGreaterThan(20);
        for (String constant : constants) {
            String[] words = constant.split(" ", -1);
            // Python's EPOLLET is unsigned.
            assertThat(SelectConstants.class.getField(words[0]).getInt(null))
                    .as(words[0])
                    .isEqualTo((int) Long.parseLong(words[1]));
        }
    }

    /** What the script prints, a name a line. A module that this Python has no more, as 3.12 has no asyncore, skips the test. */
    private static List<String> ask(String script, Table table) throws Exception {
        String begin = """
                import ast, enum, errno, importlib, inspect, sys, textwrap, warnings
                warnings.simplefilter('ignore')
                name, cls = sys.argv[1:]
                try:
                    module = importlib.import_module(name)
                except ModuleNotFoundError:
                    print('no such module')
                    sys.exit()
                owner = getattr(module, cls) if cls else module
                if cls and not isinstance(owner, type):
                    owner = type(owner())
                def assigned(cls):
                    # The attributes that its methods give an object, which the class itself does not have.
                    try:
                        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
                    except TypeError:
                        return set()
                    return {a.attr for a in ast.walk(tree) if isinstance(a, ast.Attribute)
                            and isinstance(a.ctx, ast.Store) and getattr(a.value, 'id', '') == 'self'}
                def is_its_own(it):
                    if isinstance(it, int) and not isinstance(it, bool):
                        return name == 'selectors'
                    kind = callable(it) or isinstance(it, (bool, dict))
                    return kind and getattr(it, '__module__', name) in (name, '_' + name)
                """;
        try (Peer python = Peers.python(begin + script, table.module(), table.type())) {
            List<String> lines = python.readLines();
            assumeThat(lines).as("Python's module " + table.module()).isNotEqualTo(List.of("no such module"));
            return lines;
        }
    }
}
