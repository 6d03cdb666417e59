package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hawser.select.SelectConstants;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/from-python.md names everything that CPython has, and nothing that CPython or Hawser has not. */
class FromPythonTest {

    private static final Path PAGE = Path.of("../docs/from-python.md");

    private static final Pattern MODULE = Pattern.compile("## (\\w+)");
    private static final Pattern PART = Pattern.compile("### [^`]*(?:`(\\w+)`)?");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (?:`(new )?([\\w.]+)`|none) \\|(.*)\\|");

    private static final Pattern MEMBER_IN_REMARK = Pattern.compile("`([A-Z][\\w.]*\\.\\w+)`");

    /** What Python 2 had, and who comes from it still asks for; and what not every Python 3 has. */
    private static final Set<String> NOT_IN_EVERY_PYTHON =
            Set.of("ssl", "fifo", "ForkingUnixStreamServer", "ForkingUnixDatagramServer");

    /** Where the classes of a module's tables are, if their names do not tell. */
    private static final Map<String, String> PACKAGES = Map.of(
            "socket", "dev.hawser.socket",
            "select", "dev.hawser.select",
            "selectors", "dev.hawser.select",
            "asyncore", "dev.hawser.asyncore",
            "asynchat", "dev.hawser.asynchat",
            "socketserver", "dev.hawser.socketserver");

    /** A table of the page: that of a module, or with a class that of the class's own members. */
    record Table(String module, String type) {

        @Override
        public String toString() {
            return type.isEmpty() ? module : module + "." + type;
        }
    }

    /** A row of the page; without a counterpart {@code hawser} is empty. */
    record Row(Table table, String python, boolean isNew, String hawser, String remark) {

        @Override
        public String toString() {
            return table + ": " + python + " is " + (hawser.isEmpty() ? "none" : hawser);
        }

        Stream<Row> inRemark() {
            return MEMBER_IN_REMARK
                    .matcher(remark)
                    .results()
                    .map(member -> new Row(table, python, false, member.group(1), ""));
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Table table = new Table("", "");
        for (String line : Files.readAllLines(PAGE)) {
            Matcher module = MODULE.matcher(line);
            Matcher part = PART.matcher(line);
            Matcher row = ROW.matcher(line);
            if (module.matches()) {
                table = new Table(module.group(1), "");
            } else if (part.matches()) {
                table = new Table(table.module(), part.group(1) == null ? "" : part.group(1));
            } else if (row.matches()) {
                String hawser = row.group(3) == null ? "" : row.group(3);
                rows.add(new Row(table, row.group(1), row.group(2) != null, hawser, row.group(4)));
            }
        }
        return rows;
    }

    static Set<Table> tables() throws IOException {
        Set<Table> tables = new LinkedHashSet<>();
        rows().forEach(row -> tables.add(row.table()));
        return tables;
    }

    static List<Row> counterparts() throws IOException {
        return rows().stream()
                .flatMap(row -> Stream.concat(Stream.of(row), row.inRemark()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("counterparts")
    void whatStandsBesideANameExists(Row row) throws ClassNotFoundException {
        if (row.hawser().isEmpty()) {
            assertThat(row.remark()).as("why there is none").isNotBlank();
            return;
        }
        String last = row.hawser().substring(row.hawser().lastIndexOf('.') + 1);
        boolean constant = last.equals(last.toUpperCase(Locale.ROOT));
        if (Character.isUpperCase(last.charAt(0)) && !constant) {
            Class<?> type = named(row, row.hawser());
            assertThat(type).isPublic();
            assertThat(!row.isNew() || type.getConstructors().length > 0).isTrue();
        } else {
            Class<?> owner = named(row, row.hawser().substring(0, row.hawser().lastIndexOf('.')));
            assertThat(constant ? fields(owner) : methods(owner)).contains(last);
        }
    }

    private static Class<?> named(Row row, String type) throws ClassNotFoundException {
        return Class.forName(
                type.startsWith("dev.") ? type : PACKAGES.get(row.table().module()) + "." + type.replace('.', '$'));
    }

    /** What is public, and what subclasses override. */
    private static List<String> methods(Class<?> type) {
        Stream<Member> declared = Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
        return names(
                Stream.concat(declared, Arrays.stream(type.getMethods())),
                method -> Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers()));
    }

    private static List<String> fields(Class<?> type) {
        return names(Arrays.stream(type.getFields()), field -> true);
    }

    private static List<String> names(Stream<? extends Member> members, Predicate<Member> wanted) {
        return members.filter(wanted).map(Member::getName).toList();
    }

    @Test
    void everyModuleAndClassHasItsTable() throws IOException {
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
        assertThat(rows())
                .filteredOn(row -> row.table().equals(table))
                .extracting(Row::python)
                .containsAll(names);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyNameOnThePageIsCPythons(Table table) throws Exception {
        List<String> names = rows().stream()
                .filter(row -> row.table().equals(table))
                .map(Row::python)
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
