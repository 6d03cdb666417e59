package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hawser.select.SelectConstants;
import dev.hawser.testkit.LinesOfUse;
import dev.hawser.testkit.NamesPage;
import dev.hawser.testkit.NamesPage.Row;
import dev.hawser.testkit.NamesPage.Table;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/coming-from-python.md names everything that CPython has, and nothing that CPython or Hawser has not; before that, the names of the notes
 * on network programming in Python, in their order; and what it shows of them compiles.
 */
class ComingFromPythonTest {

    private static final NamesPage PAGE = read();

    /** What Python 2 had, and who comes from it still asks for; and what not every Python 3 has. */
    private static final Set<String> NOT_IN_EVERY_PYTHON =
            Set.of("ssl", "fifo", "ForkingUnixStreamServer", "ForkingUnixDatagramServer");

    /** Where the classes are, if their names do not tell. A module of Python's looks in its own first. */
    private static final List<String> PACKAGES = List.of(
            "dev.hawser.socket",
            "dev.hawser.select",
            "dev.hawser.socketserver",
            "dev.hawser.asyncore",
            "dev.hawser.asynchat",
            "dev.hawser.tls");

    private static final Map<String, List<String>> PACKAGES_OF_MODULES = Map.of(
            "socket", List.of("dev.hawser.socket"),
            "select", List.of("dev.hawser.select"),
            "selectors", List.of("dev.hawser.select"),
            "asyncore", List.of("dev.hawser.asyncore"),
            "asynchat", List.of("dev.hawser.asynchat"),
            "socketserver", List.of("dev.hawser.socketserver"));

    /** What the page says of the lines of use. */
    private static final LinesOfUse LINES_OF_USE = new LinesOfUse(
            PACKAGES,
            "Socket",
            List.of(
                    "static dev.hawser.socket.Constants.*",
                    "static dev.hawser.select.SelectConstants.*",
                    "static java.nio.charset.StandardCharsets.UTF_8",
                    "dev.hawser.examples.*",
                    "dev.hawser.reactor.Factory",
                    "dev.hawser.reactor.Protocol",
                    "dev.hawser.reactor.Reactor",
                    "java.io.*",
                    "java.nio.ByteBuffer",
                    "java.nio.file.Path",
                    "java.time.Duration",
                    "java.util.List"),
            List.of(
                    "static Socket s, peer; static Sockaddr address; static byte[] bytes, buffer; static Duration timeout;",
                    "static AsyncLoop loop; static Selector selector; static Poll poll; static Epoll epoll; static SelectorKey key;",
                    "static BaseServer<Socket> server;",
                    "static abstract class Shout extends StreamRequestHandler {}",
                    "static abstract class Answer extends DatagramRequestHandler {}",
                    "static class Echo extends Protocol { @Override public void dataReceived(ByteBuffer data) { transport().write(data); } }"));

    private static NamesPage read() {
        try {
            return NamesPage.read(Path.of("../docs/coming-from-python.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Table> tables() {
        return PAGE.tables().stream().filter(table -> !isOfTheNotes(table)).toList();
    }

    /** The notes have numbered chapters. */
    private static boolean isOfTheNotes(Table table) {
        return table.module().matches("\\d\\. .*");
    }

    static List<Row> counterparts() {
        return PAGE.counterparts();
    }

    @ParameterizedTest
    @MethodSource("counterparts")
    void whatStandsBesideANameExists(Row row) {
        NamesPage.check(row, PACKAGES_OF_MODULES.getOrDefault(row.table().module(), PACKAGES));
    }

    @Test
    void everyNameOfTheNotesIsOnThePageInTheirOrder() throws Exception {
        List<String> names;
        try (InputStream notes = ComingFromPythonTest.class.getResourceAsStream("names-of-the-notes.txt")) {
            names = new String(notes.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertThat(names).hasSizeGreaterThan(90);
        assertThat(PAGE.rows().stream()
                        .filter(row -> isOfTheNotes(row.table()))
                        .map(row -> row.table().module().charAt(0) + " " + row.name()))
                .containsExactlyElementsOf(names);
    }

    @Test
    void everyCounterpartIsShownInUse() {
        assertThat(PAGE.rows())
                .allSatisfy(row -> assertThat(row.use().isEmpty())
                        .as(row.toString())
                        .isEqualTo(row.hawser().isEmpty()));
    }

    @Test
    void everyLineOfUseCompiles() throws Exception {
        List<Row> inUse =
                PAGE.rows().stream().filter(row -> !row.use().isEmpty()).toList();

        assertThat(LINES_OF_USE.errors(inUse)).isEmpty();
    }

    @Test
    void aLineOfUseThatDoesNotCompileIsTold() throws Exception {
        Row wrong = new Row(new Table("socket", "socket"), "bind", false, "Socket.bind", "s.bind(80);", "");

        assertThat(LINES_OF_USE.errors(List.of(wrong)))
                .singleElement()
                .asString()
                .contains(
                        "socket.socket: bind is Socket.bind: s.bind(80);",
                        "int cannot be converted to dev.hawser.socket.Sockaddr");
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
