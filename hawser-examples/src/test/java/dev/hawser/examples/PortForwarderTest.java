package dev.hawser.examples;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_WR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PortForwarderTest {

    private static RunningServer forwardTo(HostPort target) throws IOException {
        return new RunningServer(out -> new PortForwarder(SockaddrIn.of("127.0.0.1", 0), target, out));
    }

    private static Socket connect(RunningServer running) throws IOException {
        Socket client = Sockets.createConnection("127.0.0.1", running.port());
        client.setTimeout(Duration.ofSeconds(10));
        return client;
    }

    @Test
    void whatBothSidesSayIsPassedOnAndCounted() throws IOException {
        try (RunningServer target =
                        new RunningServer(out -> new AsyncoreEchoServer(SockaddrIn.of("127.0.0.1", 0), out));
                RunningServer running = forwardTo(new HostPort("localhost", target.port()))) {
            byte[] block = new byte[300_000];
            Arrays.fill(block, (byte) 'x');
            String name;
            try (Socket client = connect(running)) {
                name = client.getSockName().toString();
                client.sendAll(block);
                assertThat(client.recv(block.length, MSG_WAITALL)).isEqualTo(block);
                client.sendAll("last".getBytes(UTF_8));
                client.shutdown(SHUT_WR);
                assertThat(client.recv(100, MSG_WAITALL)).asString(UTF_8).isEqualTo("last");
            }
            await().until(() -> running.log().contains("ended"));
            await().untilAsserted(() -> assertThat(running.log())
                    .isEqualTo("...connected from: " + name + "\n...ended: " + name
                            + ": 300004 bytes there, 300004 bytes back\n"));
            await().untilAsserted(() ->
                    assertThat(running.server().served()).isEqualTo("1 client, 300004 bytes there, 300004 bytes back"));
        }
    }

    @Test
    void aTargetThatIsNotThereClosesTheConnection() throws IOException {
        try (RunningServer running = forwardTo(new HostPort("127.0.0.1", 1));
                Socket client = connect(running)) {
            assertThat(client.recv(100)).isEmpty();
            await().until(() -> running.log().contains("0 bytes there, 0 bytes back"));
            String name = client.getSockName().toString();
            await().untilAsserted(() -> assertThat(running.log())
                    .matches("\\.\\.\\.connected from: " + name + "\n\\.\\.\\.not connected: " + name
                            + ": .*127.0.0.1:1.*" + "ECONNREFUSED.*\n\\.\\.\\.ended: " + name + ": .*\n"));
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlGetsAPageOfTwistedThroughIt(@TempDir Path directory) throws Exception {
        Peers.requirePythonModule("twisted.web");
        Files.writeString(directory.resolve("page"), "网络编程\n");
        String script = """
                import sys
                from twisted.internet import reactor
                from twisted.web import server, static
                port = reactor.listenTCP(0, server.Site(static.File(sys.argv[1])), interface='127.0.0.1')
                print(port.getHost().port)
                reactor.run()
                """;
        try (Peer twisted = Peers.python(script, directory.toString());
                RunningServer running = forwardTo(new HostPort("127.0.0.1", Integer.parseInt(twisted.readLine())));
                Peer curl = Peers.start("curl", "-s", "http://127.0.0.1:" + running.port() + "/page")) {
            assertThat(curl.readLines()).containsExactly("网络编程");
            assertThat(curl.awaitExit()).isZero();
        }
    }
}
