package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.LinesOfUse;
import dev.hawser.testkit.NamesPage;
import dev.hawser.testkit.NamesPage.Row;
import dev.hawser.testkit.NamesPage.Table;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/from-twisted.md names everything that Twisted's core has, and nothing that Twisted or Hawser has not; what it shows of them compiles. */
class FromTwistedTest {

    private static final NamesPage PAGE = read();

    private static final List<String> PACKAGES = List.of(
            "dev.hawser.reactor",
            "dev.hawser.reactor.time",
            "dev.hawser.reactor.defer",
            "dev.hawser.reactor.task",
            "dev.hawser.reactor.protocols",
            "dev.hawser.reactor.endpoints",
            "dev.hawser.reactor.haproxy",
            "dev.hawser.reactor.socks",
            "dev.hawser.reactor.amp",
            "dev.hawser.reactor.application",
            "dev.hawser.reactor.testing");

    /** What the page says of the lines of use. */
    private static final LinesOfUse LINES_OF_USE = new LinesOfUse(
            PACKAGES,
            "String",
            List.of(
                    "dev.hawser.socket.*",
                    "dev.hawser.tls.TlsContext",
                    "java.io.IOException",
                    "java.nio.ByteBuffer",
                    "java.nio.channels.FileChannel",
                    "java.nio.file.Path",
                    "java.security.cert.X509Certificate",
                    "java.time.Duration",
                    "java.time.InstantSource",
                    "java.time.ZoneId",
                    "java.util.Iterator",
                    "java.util.List",
                    "java.util.concurrent.CompletableFuture"),
            List.of(
                    "static Reactor reactor; static Reactor.Trigger trigger; static DelayedCall call; static Duration timeout;",
                    "static Transport transport; static TlsTransport tls; static DatagramTransport udp; static ProcessTransport process;",
                    "static ListeningPort port; static Connector connector; static PushProducer producer;",
                    "static Protocol protocol; static Factory factory; static ClientFactory client;",
                    "static DatagramProtocol answers; static ConnectedDatagramProtocol asks;",
                    "static Sockaddr address; static SockaddrUn path; static Socket socket; static TlsContext context;",
                    "static byte[] bytes; static ByteBuffer data; static Clock clock;",
                    "static Deferred<String> deferred; static DeferredQueue<String> queue; static DeferredLock lock;",
                    "static DeferredSemaphore semaphore; static LoopingCall ticks; static Cooperator cooperator;",
                    "static CooperativeTask task; static Iterator<Deferred<?>> steps; static LineReceiver lines; static IdleTimeout idle;",
                    "static ServerEndpoint serverEndpoint; static ClientEndpoint clientEndpoint;",
                    "static Service service; static MultiService services; static SocksRules rules;",
                    "static TimerService ticking; static ClientService keeper; static RetryPolicy policy;",
                    "static class Echo extends Protocol { @Override public void dataReceived(ByteBuffer data) { transport().write(data); } }",
                    "static Amp amp; static final Argument<Long> A = Argument.integer(\"a\"); static final Argument<Long> B = Argument.integer(\"b\");",
                    "static final Argument<Long> TOTAL = Argument.integer(\"total\");",
                    "static final Command SUM = Command.named(\"Sum\").argument(A).argument(B).response(TOTAL);",
                    "static class Program extends ProcessProtocol {}",
                    "static class Numbers extends Int8StringReceiver { @Override protected void stringReceived(byte[] string) {} }"));

    /** Of this module the page has some interfaces, each as a whole. */
    private static final String INTERFACES = "twisted.internet.interfaces";

    private static NamesPage read() {
        try {
            return NamesPage.read(Path.of("../docs/from-twisted.md"));
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
        NamesPage.check(row, PACKAGES);
    }

    @Test
    void aTableThatShowsItsNamesInUseShowsThemAll() {
        Set<Table> shown = PAGE.rows().stream()
                .filter(row -> !row.use().isEmpty())
                .map(Row::table)
                .collect(Collectors.toSet());

        assertThat(shown).hasSizeGreaterThan(50);
        assertThat(PAGE.rows())
                .filteredOn(row -> shown.contains(row.table()))
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
    void everyModuleHasItsTable() {
        assertThat(tables().stream()
                        .filter(table -> table.type().isEmpty())
                        .map(Table::module)
                        .toList())
                .containsExactly(
                        "twisted.internet.protocol",
                        "twisted.internet.error",
                        "twisted.internet.defer",
                        "twisted.internet.task",
                        "twisted.internet.threads",
                        "twisted.protocols.basic",
                        "twisted.protocols.policies",
                        "twisted.protocols.stateful",
                        "twisted.protocols.wire",
                        "twisted.protocols.portforward",
                        "twisted.internet.endpoints",
                        "twisted.internet.ssl",
                        "twisted.protocols.tls",
                        "twisted.application.service",
                        "twisted.application.internet",
                        "twisted.application.strports",
                        "twisted.protocols.haproxy",
                        "twisted.protocols.socks",
                        "twisted.protocols.amp",
                        "twisted.internet.testing");
        assertThat(tables().stream()
                        .filter(table -> table.module().equals(INTERFACES))
                        .map(Table::type)
                        .collect(Collectors.toSet()))
                .contains(
                        "IReactorCore",
                        "IReactorTime",
                        "IReactorTCP",
                        "IReactorUDP",
                        "IReactorUNIX",
                        "ITransport",
                        "IProtocol");
    }

    @Test
    void everyNameOfTwistedIsOnThePage() throws Exception {
        List<String> all = ask("""
                for name, cls in tables:
                    for n in (its_own if cls else of_module)(owner(name, cls)):
                        print(name, cls or '-', n)
                """);
        assertThat(without(all, keys())).as("names that the page does not have").isEmpty();
    }

    @Test
    void everyNameOnThePageIsTwisteds() throws Exception {
        List<String> all = ask("""
                for name, cls in tables:
                    for n in dir_of(owner(name, cls)):
                        print(name, cls or '-', n)
                """);
        assertThat(keys()).doesNotHaveDuplicates();
        assertThat(without(keys(), all)).as("names that Twisted does not have").isEmpty();
    }

    private static List<String> without(List<String> names, List<String> others) {
        Set<String> known = Set.copyOf(others);
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    private static List<String> keys() {
        return PAGE.rows().stream().map(FromTwistedTest::key).toList();
    }

    private static String key(Row row) {
        return row.table().module() + " "
                + (row.table().type().isEmpty() ? "-" : row.table().type()) + " " + row.name();
    }

    /** What the script prints, a name a line: one Twisted for all tables, since it takes a second to be loaded. */
    private static List<String> ask(String script) throws Exception {
        String begin = """
                import importlib, sys, warnings
                warnings.simplefilter('ignore')
                from zope.interface.interface import InterfaceClass
                shown_elsewhere = ['twisted.internet.ssl', 'twisted.protocols.haproxy']
                tables = [t.split(':') for t in sys.argv[1].split()]
                def owner(name, cls):
                    module = importlib.import_module(name)
                    return getattr(module, cls) if cls else module
                def of_module(module):
                    # What is made elsewhere is a module's own as well where it says so.
                    told = getattr(module, '__all__', []) if module.__name__ in shown_elsewhere else []
                    return [n for n in vars(module) if n in told or not n.startswith('_')
                            and getattr(getattr(module, n), '__module__', None) == module.__name__]
                def its_own(cls):
                    if isinstance(cls, InterfaceClass):
                        return cls.names(all=False)
                    return [n for n in vars(cls) if not n.startswith('_')]
                def dir_of(it):
                    return it.names(all=True) if isinstance(it, InterfaceClass) else dir(it)
                """;
        String tables = tables().stream()
                .map(table -> table.module() + ":" + table.type())
                .collect(Collectors.joining(" "));
        Peers.requirePythonModule("twisted");
        try (Peer python = Peers.python(begin + script, tables)) {
            List<String> lines = python.readLines();
            assertThat(python.awaitExit()).isZero();
            assertThat(lines).hasSizeGreaterThan(100);
            return lines;
        }
    }
}
