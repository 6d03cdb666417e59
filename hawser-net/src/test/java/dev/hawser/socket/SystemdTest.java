package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.testkit.Eventually;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SystemdTest {

    private static final long ME = ProcessHandle.current().pid();

    /** A manager in Python: opens the sockets that the second argument lists, and becomes the service. */
    private static final String MANAGER = """
            import os, socket, sys
            pid, setup, command = sys.argv[1], sys.argv[2], sys.argv[3:]
            exec(setup)
            for i, s in enumerate(sockets):
                print(s.getsockname()[1])
            fds = [os.dup(s.fileno()) for s in sockets]
            for i, fd in enumerate(fds):
                os.dup2(fd, 3 + i, inheritable=True)
            os.environ.update(LISTEN_FDS=str(len(fds)), LISTEN_PID=pid or str(os.getpid()), **more)
            sys.stdout.flush()
            os.execv(command[0], command)
            """;

    @AutoClose
    final Scope scope = new Scope();

    private static List<String> service() {
        return TestJvm.command(SystemdService.class);
    }

    @Test
    void systemdSocketActivateStartsAServiceOnItsSockets() throws Exception {
        Path directory = scope.directory();
        Path web = directory.resolve("web");
        Path admin = directory.resolve("admin");
        List<String> arguments =
                new ArrayList<>(List.of("-l", web.toString(), "-l", admin.toString(), "--fdname=web:admin"));
        arguments.addAll(service());
        try (Peer activated = Peers.start("systemd-socket-activate", arguments.toArray(String[]::new))) {
            Eventually.eventually().until(() -> Files.exists(admin));
            Socket first = scope.socket(AF_UNIX, SOCK_STREAM);
            first.connect(SockaddrUn.of(web)); // this is what starts it

            assertThat(activated.readLine()).isEqualTo("2 sockets, then 0");
            assertThat(activated.readLine()).isEqualTo("notified: false");
            assertThat(activated.readLine()).isEqualTo("watchdog: null");
            assertThat(activated.readLine()).isEqualTo("web 3 1 unix:" + web);
            assertThat(Bytes.text(Bytes.recvToEnd(first))).isEqualTo("through 3\n");
            assertThat(activated.readLine()).isEqualTo("admin 4 1 unix:" + admin);
            Socket second = scope.socket(AF_UNIX, SOCK_STREAM);
            second.connect(SockaddrUn.of(admin));
            assertThat(Bytes.text(Bytes.recvToEnd(second))).isEqualTo("through 4\n");
            assertThat(activated.awaitExit()).isZero();
        }
    }

    @Test
    void socketsOfSeveralKindsComeInTheirOrderAndTheManagerIsTold() throws Exception {
        Path notify = scope.directory().resolve("notify");
        Socket manager = scope.bound(SOCK_DGRAM, SockaddrUn.of(notify));
        String setup = """
                sockets = [socket.create_server(('127.0.0.1', 0)),
                           socket.socket(socket.AF_INET, socket.SOCK_DGRAM)]
                sockets[1].bind(('127.0.0.1', 0))
                more = dict(NOTIFY_SOCKET='%s', WATCHDOG_USEC='1500000', WATCHDOG_PID=str(os.getpid()))
                """.formatted(notify);
        try (Peer service = manager("", setup)) {
            int tcp = Integer.parseInt(service.readLine());
            int udp = Integer.parseInt(service.readLine());
            Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
            sender.sendTo(Bytes.of("datagram"), SockaddrIn.of("127.0.0.1", udp));

            assertThat(service.readLine()).isEqualTo("2 sockets, then 0");
            assertThat(service.readLine()).isEqualTo("notified: true");
            assertThat(new String(manager.recv(1000), UTF_8)).isEqualTo("READY=1\nSTATUS=网");
            assertThat(service.readLine()).isEqualTo("watchdog: PT1.5S");
            assertThat(service.readLine()).isEqualTo("unknown 3 1 127.0.0.1:" + tcp);
            Socket client = scope.add(Sockets.createConnection("127.0.0.1", tcp));
            assertThat(Bytes.text(Bytes.recvToEnd(client))).isEqualTo("through 3\n");
            assertThat(service.readLine()).isEqualTo("unknown 4 2 127.0.0.1:" + udp);
            assertThat(service.readLine()).isEqualTo("received datagram");
            assertThat(service.awaitExit()).isZero();
        }
    }

    @Test
    void theSocketsOfAnotherProcessAreLeftAlone() throws Exception {
        try (Peer service = manager("1", "sockets, more = [], {}")) {
            assertThat(service.readLine()).isEqualTo("0 sockets, then 0");
            service.readLines();
            assertThat(service.awaitExit()).isZero();
        }
    }

    @Test
    void aDescriptorThatIsNoSocketIsRefusedAndNoneTaken() throws Exception {
        String setup = """
                class Pipe:
                    def fileno(self): return os.pipe()[0]
                    def getsockname(self): return 0, 0
                sockets, more = [socket.create_server(('127.0.0.1', 0)), Pipe()], {}
                """;
        try (Peer service = manager("", setup)) {
            assertThat(service.readErrorLine())
                    .contains("SocketFailedException")
                    .contains("listenFds descriptor 4: ENOTSOCK");
            assertThat(service.awaitExit()).isOne();
        }
    }

    private static Peer manager(String pid, String setup) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(pid, setup));
        arguments.addAll(service());
        return Peers.python(MANAGER, arguments.toArray(String[]::new));
    }

    private static ServiceManager with(String... namesAndValues) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new ServiceManager(environment, ME);
    }

    private static String me() {
        return Long.toString(ME);
    }

    @Test
    void withoutTheVariablesThereIsNothing() throws Exception {
        assertThat(with().listenFds()).isEmpty();
        assertThat(with("LISTEN_FDS", "2").listenFds()).isEmpty();
        assertThat(with("LISTEN_PID", me()).listenFds()).isEmpty();
        assertThat(with("LISTEN_PID", "1", "LISTEN_FDS", "nonsense").listenFds())
                .isEmpty();
        assertThat(with().notify("READY=1")).isFalse();
        assertThat(with("NOTIFY_SOCKET", "").notify("READY=1")).isFalse();
        assertThat(with().watchdogInterval()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", " 1", "1x", "2147483648", "99999999999999999999"})
    void aPidThatIsNoneIsRefused(String pid) {
        assertThatThrownBy(() -> with("LISTEN_PID", pid, "LISTEN_FDS", "1").listenFds())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "environment variable LISTEN_PID=" + pid + ": expected the number of a process, 1..2147483647");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "2147483645", "99999999999999999999"})
    void aNumberOfDescriptorsThatCannotBeIsRefused(String count) {
        assertThatThrownBy(() -> with("LISTEN_PID", me(), "LISTEN_FDS", count).listenFds())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("environment variable LISTEN_FDS=" + count
                        + ": expected how many descriptors were passed, 1..2147483644");
    }

    @ParameterizedTest
    @CsvSource({"1, a:b", "2, a", "3, a:b:c:d", "2, ''"})
    void namesThatAreNotAsManyAsTheDescriptorsAreRefused(String count, String names) {
        assertThatThrownBy(() -> with("LISTEN_PID", me(), "LISTEN_FDS", count, "LISTEN_FDNAMES", names)
                        .listenFds())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("environment variable LISTEN_FDNAMES=" + names
                        + ": expected as many names, with colons between them, as LISTEN_FDS says: " + count);
    }

    @Test
    void aDescriptorThatIsNotOpenIsReported() {
        try (Faults faults = Faults.install()) {
            faults.on("getSockOpt").fail(Errno.EBADF);
            assertThatThrownBy(() -> with("LISTEN_PID", me(), "LISTEN_FDS", "2").listenFds())
                    .isInstanceOf(SocketFailedException.class)
                    .hasMessageContaining("listenFds descriptor 3: EBADF");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cpythonIsToldOnAPathAndOnAnAbstractName(boolean isAbstract) throws Exception {
        String name = isAbstract
                ? "@" + Scope.unixAbstract().path().substring(1)
                : scope.directory().resolve("n").toString();
        try (CPython manager = new CPython("""
                import socket, sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                name = sys.argv[1]
                s.bind('\\0' + name[1:] if name[0] == '@' else name)
                print('bound')
                data, ancillary, flags, sender = s.recvmsg(1000, 1000)
                print(ascii(data))
                print(int.from_bytes(ancillary[0][2][:4], sys.byteorder))
                """, name)) {
            manager.line();
            assertThat(with("NOTIFY_SOCKET", name).notify("READY=1\nMAINPID=" + ME))
                    .isTrue();
            assertThat(manager.line()).isEqualTo("b'READY=1\\nMAINPID=" + ME + "'");
            assertThat(manager.number()).isEqualTo((int) ME);
            manager.finish();
        }
    }

    @Test
    void cpythonIsGivenSocketsToKeep() throws Exception {
        Socket kept = scope.listener(Scope.loopback4());
        Path name = scope.directory().resolve("n");
        try (CPython manager = new CPython("""
                import socket, sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.bind(sys.argv[1])
                print('bound')
                data, fds, flags, sender = socket.recv_fds(s, 1000, 10)
                print(ascii(data), len(fds))
                print(socket.socket(fileno=fds[0]).getsockname()[1])
                """, name)) {
            manager.line();
            ServiceManager service = with("NOTIFY_SOCKET", name.toString());
            assertThat(service.notify("FDSTORE=1\nFDNAME=web", kept)).isTrue();
            assertThat(manager.line()).isEqualTo("b'FDSTORE=1\\nFDNAME=web' 1");
            assertThat(manager.number()).isEqualTo(((SockaddrIn) kept.getSockName()).port());
            manager.finish();
            kept.close();
            assertThatThrownBy(() -> service.notify("FDSTORE=1", kept))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a closed socket cannot be stored");
        }
    }

    @Test
    void aManagerThatIsGoneIsReported() throws Exception {
        Path gone = scope.directory().resolve("gone");
        assertThatThrownBy(() -> with("NOTIFY_SOCKET", gone.toString()).notify("READY=1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("ENOENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "vsock:2:1234", "unix:/x"})
    void anAddressOfTheManagerThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> with("NOTIFY_SOCKET", name).notify("READY=1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("environment variable NOTIFY_SOCKET=" + name
                        + ": expected an absolute path, or @ and an abstract name");
    }

    @Test
    void thereIsSomethingToNotifyOf() {
        assertThatThrownBy(() -> with().notify(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("READY=1");
    }

    @Test
    void theWatchdogWatchesThisProcessOrAnother() {
        assertThat(with("WATCHDOG_USEC", "30000000").watchdogInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(with("WATCHDOG_USEC", "1", "WATCHDOG_PID", me()).watchdogInterval())
                .isEqualTo(Duration.ofNanos(1000));
        assertThat(with("WATCHDOG_USEC", "1", "WATCHDOG_PID", "1").watchdogInterval())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "5s", "18446744073709551615"})
    void aTimeThatIsNoneIsRefused(String micros) {
        assertThatThrownBy(() -> with("WATCHDOG_USEC", micros).watchdogInterval())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "environment variable WATCHDOG_USEC=" + micros + ": expected a time in microseconds");
    }

    @Test
    void whetherSystemdRunsThisMachineIsWhatItsDirectorySays() {
        assertThat(Systemd.booted()).isEqualTo(Files.isDirectory(Path.of("/run/systemd/system")));
    }
}
