package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others have written: CPython's, curl, socat. */
class RealClientsTest {

    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);

    /** A web server of a few lines. */
    private static final RequestHandler<Socket> FEW_LINES = RequestHandler.streams((rfile, wfile) -> {
        String request = rfile.readLine(US_ASCII);
        byte[] header;
        do {
            header = rfile.readLine();
        } while (header.length > 2);
        byte[] body = ("you asked: " + request + "\n").getBytes(US_ASCII);
        wfile.write(("HTTP/1.0 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
        wfile.write(body);
    });

    /** One that knows of HEAD, and takes a body, which it sends back. */
    static final class Web extends StreamRequestHandler {

        private int length;

        @Override
        protected int wbufsize() {
            return -1;
        }

        @Override
        protected void handle() throws IOException {
            String[] request =
                    Optional.ofNullable(rfile().readLine(US_ASCII)).orElse("").split(" ", 3);
            for (String line = header(); !line.isEmpty(); line = header()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            byte[] body = request[0].equals("POST") ? rfile().readNBytes(length) : new byte[3_000_000];
            String head = "HTTP/1.0 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
            OutputStream out = wfile();
            out.write(head.getBytes(US_ASCII));
            if (!request[0].equals("HEAD")) {
                out.write(body);
            }
        }

        private String header() throws IOException {
            String line = rfile().readLine(US_ASCII);
            return line == null ? "" : line;
        }
    }

    private static String output(Peer peer) throws Exception {
        try (peer) {
            peer.closeInput();
            String all = String.join("\n", peer.readLines());
            assertThat(peer.awaitExit()).as(all).isZero();
            return all;
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlGetsFromAServerOfAFewLines() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, FEW_LINES))) {
            String url = "http://127.0.0.1:" + running.port() + "/page";
            assertThat(output(Peers.start("curl", "-sS", "--noproxy", "*", url, url)))
                    .isEqualTo("you asked: GET /page HTTP/1.1\nyou asked: GET /page HTTP/1.1");
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlPostsAndAsksForTheHeadAndForABigBody(@TempDir Path directory) throws Exception {
        byte[] sent = new byte[2_000_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 7 + i / 256);
        }
        Path file = directory.resolve("sent");
        Path got = directory.resolve("got");
        Files.write(file, sent);
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, Web.class))) {
            String url = "http://127.0.0.1:" + running.port() + "/";
            output(Peers.start(
                    "curl",
                    "-sS",
                    "--noproxy",
                    "*",
                    "-H",
                    "Expect:",
                    "--data-binary",
                    "@" + file,
                    "-o",
                    got.toString(),
                    url));
            assertThat(got).hasBinaryContent(sent);
            assertThat(output(Peers.start("curl", "-sS", "--noproxy", "*", "-I", url)))
                    .contains("200 OK", "Content-Length: 3000000");
            output(Peers.start("curl", "-sS", "--noproxy", "*", "-o", got.toString(), url));
            assertThat(got).hasSize(3_000_000);
        }
    }

    @Test
    @RequiresProgram("python3")
    void cpythonsHttpClientGetsAnAnswer() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, Web.class))) {
            assertThat(output(Peers.python("""
                    import http.client, sys
                    for i in range(3):
                        c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=30)
                        c.request('POST', '/', body=b'x' * 100000 + bytes([i]))
                        r = c.getresponse()
                        body = r.read()
                        print(r.status, len(body), body[-1], r.will_close)
                        c.close()
                    """, Integer.toString(running.port()))))
                    .isEqualTo("""
                    200 100001 0 True
                    200 100001 1 True
                    200 100001 2 True""");
        }
    }

    @Test
    @RequiresProgram("python3")
    void cpythonsSocketTalksInLines() throws Exception {
        try (var running =
                RunningServer.of(new ThreadingTcpServer(ANY_PORT, SocketserverSnippetsTest.Shouting.class))) {
            assertThat(output(Peers.python("""
                    import socket, sys
                    with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 30) as s, s.makefile('rw') as f:
                        for word in 'one', 'two':
                            print(word, file=f, flush=True)
                            print(f.readline(), end='')
                        s.shutdown(socket.SHUT_WR)
                        print(repr(f.read()))
                    """, Integer.toString(running.port()))))
                    .isEqualTo("ONE\nTWO\n''");
        }
    }

    @Test
    @RequiresProgram("python3")
    void cpythonsDatagramsAreAnsweredWhereTheirSocketHasAName(@TempDir Path directory) throws Exception {
        SockaddrUn address = SockaddrUn.of(directory.resolve("server"));
        try (var running = RunningServer.of(
                new ThreadingUnixDatagramServer(address, RequestHandler.datagrams(packet -> packet)))) {
            assertThat(output(Peers.python("""
                    import socket, sys
                    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                        s.settimeout(30)
                        s.bind(sys.argv[1] + '.client')
                        for word in b'one', b'':
                            s.sendto(word, sys.argv[1])
                            print(s.recvfrom(100))
                    """, address.path().toString())))
                    .isEqualTo("(b'one', '%1$s')\n(b'', '%1$s')".formatted(address.path()));
            assertThat(running.server().fileno()).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP4", "UNIX-CONNECT"})
    @RequiresProgram("socat")
    void socatIsServed(String transport, @TempDir Path directory) throws Exception {
        boolean unix = transport.startsWith("UNIX");
        Sockaddr address = unix ? SockaddrUn.of(directory.resolve("server")) : ANY_PORT;
        try (var running = unix
                        ? RunningServer.of(
                                new ThreadingUnixStreamServer(address, SocketserverSnippetsTest.Shouting.class))
                        : RunningServer.of(new ThreadingTcpServer(address, SocketserverSnippetsTest.Shouting.class));
                Peer socat = Peers.start(
                        "socat",
                        "-t30",
                        "-",
                        unix ? "UNIX-CONNECT:" + directory.resolve("server") : "TCP4:127.0.0.1:" + running.port())) {
            socat.writeLine("good day");
            assertThat(socat.readLine()).isEqualTo("GOOD DAY");
            assertThat(output(socat)).isEmpty();
        }
    }
}
