package dev.hawser.cli;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hawser serve} in a process of its own, and clients that are real. */
@Timeout(120)
@RequiresProgram({"env", "kill"})
class ServeCommandTest {

    private static final String ANY = "tcp:0:interface=127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItWithALineOfWhatItServed(String signal, int exitCode) throws Exception {
        Path path = directory.resolve("time.sock");
        try (Peer server = serve("time", "--listen", ANY, "--listen", "unix:" + path, "-v")) {
            SockaddrIn address = listening(server, "time");
            assertThat(line(server)).isEqualTo("time on " + SockaddrUn.of(path) + ", Ctrl-C stops it");
            assertThat(ask(address, "x\n")).matches("\\[.{24}] x\n");
            try (Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
                client.setTimeout(PATIENCE);
                client.connect(SockaddrUn.of(path));
                assertThat(talk(client, "y")).endsWith("] y");
            }
            assertThat(line(server)).startsWith("connected from 127.0.0.1:");
            assertThat(line(server)).startsWith("ended: 127.0.0.1:");
            CommandProcess.send(signal, server);
            assertThat(server.awaitExit()).isEqualTo(exitCode);
            assertThat(server.readLines())
                    .last()
                    .asString()
                    .matches("served 2 connections, 3 bytes received, 5[0-9] bytes sent");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void connectionsThatGoOnAreWaitedForAndASecondSignalWaitsForNobody() throws Exception {
        try (Peer server = serve("echo", "--listen", ANY, "--graceful", "1h")) {
            SockaddrIn address = listening(server, "echo");
            try (Socket client = connected(address)) {
                client.sendAll(new byte[1]);
                assertThat(client.recv(10)).hasSize(1);
                CommandProcess.send("TERM", server);
                awaitRefusal(address);
                client.sendAll(new byte[2]);
                assertThat(client.recv(2, Constants.MSG_WAITALL)).hasSize(2);
                CommandProcess.send("INT", server);
                assertThat(server.awaitExit()).isEqualTo(143);
            }
            // Who asked whether it still listens may have been a connection, too.
            assertThat(server.readLines())
                    .singleElement()
                    .asString()
                    .matches("served \\d+ connections?, 3 bytes received, 3 bytes sent");
        }
    }

    private static void awaitRefusal(SockaddrIn address) {
        eventually().until(() -> {
            try (Socket _ = connected(address)) {
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo                         | hello | hello
            discard                      | hello | ''
            qotd --quote moored          | ''    | 'moored\r\n'
            """)
    void theServicesOfTheWireAnswer(String service, String said, String answer) throws Exception {
        try (Peer server = serve((service + " --listen " + ANY).split(" "))) {
            assertThat(ask(listening(server, service.replaceFirst(" .*", "")), said))
                    .isEqualTo(answer.replace("\\r\\n", "\r\n"));
        }
    }

    /** As inetd starts a service: standard output is the client's alone, and the end of the conversation is the end. */
    @Test
    void standardInputAndOutputMayBeTheOnlyClient() throws Exception {
        try (Peer server = serve("echo", "--listen", "stdio:")) {
            server.writeLine("hello");
            assertThat(line(server)).isEqualTo("hello");
            server.closeInput();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.readLines()).isEmpty();
        }
    }

    @Test
    void thePortForwarderConnectsToAnEndpoint() throws Exception {
        try (Peer target = serve("echo", "--listen", ANY)) {
            SockaddrIn echo = listening(target, "echo");
            try (Peer server =
                    serve("port-forward", "--listen", ANY, "--to", "tcp:" + echo.host() + ":" + echo.port())) {
                SockaddrIn address = listening(server, "port-forward");
                assertThat(ask(address, "there and back")).isEqualTo("there and back");
                target.process().destroy();
                target.awaitExit();
                assertThat(ask(address, "")).isEmpty();
                assertThat(line(server)).startsWith("not connected: 127.0.0.1:").contains("ECONNREFUSED");
            }
        }
    }

    @Test
    @RequiresProgram("curl")
    void prometheusReadsWhatPassesAndTheLimitsHold() throws Exception {
        try (Peer server = serve(
                "echo",
                "--listen",
                ANY,
                "--metrics",
                ANY,
                "--limit-connections",
                "2",
                "--limit-connections-per-peer",
                "1",
                "--idle-timeout",
                "300ms")) {
            String page = line(server).replace("metrics on ", "");
            SockaddrIn address = listening(server, "echo");
            try (Socket first = connected(address);
                    Socket second = connected(address)) {
                assertThat(second.recv(1)).isEmpty(); // there is one from here already
                assertThat(first.recv(1)).isEmpty(); // nothing has happened on it
            }
            try (Peer curl = Peers.start("curl", "-s", "http://" + page + "/metrics")) {
                assertThat(curl.readLines())
                        .contains("hawser_reactor_connections_accepted_total{reactor=\"echo\"} 3.0");
            }
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlGoesThroughTheSocksProxyWithItsPassword() throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "# who\nann:secret:word\n");
        try (Peer target = serve("qotd", "--quote", "HTTP/1.0 200 OK\r\n\r\nmoored", "--listen", ANY);
                Peer server =
                        serve("socks", "--listen", ANY, "--socks-users", users.toString(), "--socks-everywhere")) {
            SockaddrIn web = listening(target, "qotd");
            SockaddrIn proxy = listening(server, "socks");
            assertThat(curl("ann:secret:word", proxy, web)).containsExactly("moored");
            assertThat(curl("ann:wrong", proxy, web)).isEmpty();
        }
    }

    private static List<String> curl(String user, SockaddrIn proxy, SockaddrIn web) throws Exception {
        try (Peer curl =
                Peers.start("curl", "-s", "--socks5", proxy.toString(), "--proxy-user", user, "http://" + web)) {
            return curl.readLines();
        }
    }

    @Test
    @RequiresProgram("curl")
    void aProxyTellsWhoTheClientIs() throws Exception {
        try (Peer server =
                serve("qotd", "--quote", "HTTP/1.0 200 OK\r\n\r\n", "--listen", ANY, "--proxy-protocol", "-v")) {
            SockaddrIn address = listening(server, "qotd");
            try (Socket client = connected(address)) {
                assertThat(talk(client, "PROXY TCP4 192.0.2.1 192.0.2.2 4711 80\r\n"))
                        .startsWith("HTTP");
            }
            assertThat(line(server)).isEqualTo("connected from 192.0.2.1:4711");
        }
    }

    @Test
    @RequiresProgram({"openssl"})
    void sighupHasCertificatesReadAgain() throws Exception {
        certificate("before");
        try (Peer server = serve(
                "time",
                "--listen",
                "ssl:0:interface=127.0.0.1:privateKey=" + directory.resolve("key.pem") + ":certKey="
                        + directory.resolve("cert.pem"))) {
            SockaddrIn address = listening(server, "time");
            assertThat(connect(address)).contains("CN=before").contains("* TLSv1.3, ");
            certificate("after");
            CommandProcess.send("HUP", server);
            assertThat(line(server)).startsWith("read again: the certificate of ssl:0:");
            assertThat(connect(address)).contains("CN=after");
            Path file = directory.resolve("cert.pem");
            String after = Files.readString(file);
            Files.writeString(file, "none");
            CommandProcess.send("HUP", server);
            assertThat(line(server)).startsWith("not read: the certificate of ssl:0:");
            Files.writeString(file, after);
            assertThat(connect(address)).contains("CN=after");
        }
    }

    /** Asks through TLS, and gives what was told of the connection. */
    private String connect(SockaddrIn address) {
        Captured run = Captured.run(
                "x\n",
                "connect",
                "-v",
                "tls:127.0.0.1:" + address.port() + ":trustRoots=" + directory.resolve("cert.pem"));
        assertThat(run.out() + run.err()).contains("] x\n");
        return run.err();
    }

    private void certificate(String name) throws Exception {
        try (Peer openssl = Peers.start(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("cert.pem").toString())) {
            assertThat(openssl.awaitExit()).isZero();
        }
    }

    @Test
    void theNextProcessTakesThePlaceOfTheOneBefore() throws Exception {
        Path control = directory.resolve("control");
        try (Peer first = serve("echo", "--listen", ANY, "--hot-restart", control.toString())) {
            SockaddrIn address = listening(first, "echo");
            try (Peer second = serve("echo", "--listen", ANY, "--hot-restart", control.toString())) {
                assertThat(listening(second, "echo")).isEqualTo(address);
                assertThat(first.awaitExit()).isZero();
                assertThat(ask(address, "still here")).isEqualTo("still here");
            }
            assertThat(first.readLines()).containsExactly("served 0 connections, 0 bytes received, 0 bytes sent");
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws Exception {
        try (Socket first = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            SockaddrIn taken = (SockaddrIn) first.getSockName();
            Path path = directory.resolve("socket");
            try (Peer server = serve(
                    "echo", "--listen", "unix:" + path, "--listen", "tcp:" + taken.port() + ":interface=127.0.0.1")) {
                assertThat(server.awaitExit()).isEqualTo(1);
                assertThat(server.readErrorLine())
                        .startsWith(
                                "hawser: cannot listen on " + taken + ": EADDRINUSE (Address already in use); stop");
            }
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void usersThatCannotBeReadAreToldInOneLine() throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "ann:secret\nbob\n");
        assertThat(Captured.run("", "serve", "socks", "--socks-users", users.toString())
                        .err())
                .isEqualTo("hawser: cannot read the users of '" + users + "': line 2 is not NAME:PASSWORD\n");
        Path none = directory.resolve("none");
        assertThat(Captured.run("", "serve", "socks", "--socks-users", none.toString())
                        .err())
                .isEqualTo("hawser: cannot read the users of '" + none + "': there is no such file\n");
        assertThat(Captured.run("", "serve", "echo", "--socks-users", users.toString())
                        .err())
                .startsWith("hawser: --socks-users is for socks alone; see ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unix:/no/such/socket     | cannot listen on unix:/no/such/socket: ENOENT (No such file or directory); there is no such directory
            tcp:0:interface=a.invalid | cannot serve: there is no such host: getAddrInfo a.invalid: EAI_
            """)
    void aPlaceThatIsNotThereIsTold(String endpoint, String message) {
        Captured run = Captured.run("", "serve", "echo", "--listen", endpoint);
        assertThat(run.err()).startsWith("hawser: " + message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @RequiresProgram("openssl")
    void whoeverDoesNotTrustTheCertificateIsToldHowTo() throws Exception {
        certificate("own");
        try (Peer server = serve(
                "time",
                "--listen",
                "ssl:0:interface=127.0.0.1:privateKey=" + directory.resolve("key.pem") + ":certKey="
                        + directory.resolve("cert.pem"))) {
            Captured run = Captured.run(
                    "", "connect", "tls:127.0.0.1:" + listening(server, "time").port());
            assertThat(run.err())
                    .contains("the certificate of 127.0.0.1 is not accepted")
                    .endsWith("add :trustRoots=FILE to the endpoint\n")
                    .hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    private static Peer serve(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        return CommandProcess.start(all.toArray(String[]::new));
    }

    private static String line(Peer server) {
        return server.readLine(PATIENCE);
    }

    private static SockaddrIn listening(Peer server, String service) {
        String line = line(server);
        assertThat(line).matches(service + " on 127\\.0\\.0\\.1:\\d+, Ctrl-C stops it");
        return SockaddrIn.of("127.0.0.1", Integer.parseInt(line.replaceAll(".*:(\\d+),.*", "$1")));
    }

    private static Socket connected(SockaddrIn address) throws IOException {
        Socket client = Sockets.createConnection(address.host(), address.port());
        client.setTimeout(PATIENCE);
        return client;
    }

    private static String ask(SockaddrIn address, String text) throws IOException {
        try (Socket client = connected(address)) {
            return talk(client, text);
        }
    }

    /** Says something, and that it is all; the answer is what comes up to the end. */
    private static String talk(Socket client, String text) throws IOException {
        client.sendAll(text.getBytes(UTF_8));
        client.shutdown(Constants.SHUT_WR);
        StringBuilder answer = new StringBuilder();
        for (byte[] part = client.recv(4096); part.length > 0; part = client.recv(4096)) {
            answer.append(new String(part, UTF_8));
        }
        return answer.toString();
    }
}
