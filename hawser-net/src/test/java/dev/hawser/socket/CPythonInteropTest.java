package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with CPython's own sockets, both ways round. */
@Timeout(30)
class CPythonInteropTest {

    /** Answers each line with the line in capitals, until the peer ends its direction. */
    private static final String SERVER = """
            import socket, sys
            family, type_, address = int(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3])
            server = socket.socket(family, type_)
            server.bind(address)
            server.listen()
            print(server.getsockname()[1] if family != socket.AF_UNIX else 0)
            connection, peer = server.accept()
            print(ascii(peer))
            while data := connection.recv(1000):
                connection.sendall(data.upper())
            connection.sendall(b'end')
            connection.close()
            """;

    /** Sends the digest of all that came. */
    private static final String DIGEST_CLIENT = """
            import hashlib, socket, sys
            s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
            h = hashlib.sha256()
            while data := s.recv(12345):
                h.update(data)
            s.sendall(h.hexdigest().encode())
            """;

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aTcpServerInCpython(String host) throws Exception {
        boolean six = host.contains(":");
        int family = six ? Constants.AF_INET6 : AF_INET;
        try (CPython python = new CPython(SERVER, family, SOCK_STREAM, "('" + host + "', 0)")) {
            Socket client = scope.add(Sockets.createConnection(host, python.number()));
            String own = client.getSockName() instanceof SockaddrIn in
                    ? "('127.0.0.1', " + in.port() + ")"
                    : "('::1', " + ((SockaddrIn6) client.getSockName()).port() + ", 0, 0)";
            assertThat(python.line()).isEqualTo(own);
            converse(client);
            python.finish();
        }
    }

    @Test
    void aUnixServerInCpython() throws Exception {
        SockaddrUn path = scope.unixPath();
        try (CPython python = new CPython(SERVER, AF_UNIX, SOCK_STREAM, "'" + path.path() + "'")) {
            python.number();
            Socket client = scope.socket(AF_UNIX, SOCK_STREAM);
            client.connect(path);
            assertThat(python.line()).isEqualTo("''");
            converse(client);
            python.finish();
        }
    }

    @Test
    void anAbstractSeqpacketServerInCpythonWithAnAbstractClient() throws Exception {
        SockaddrUn name = Scope.unixAbstract();
        String server = "'\\0" + name.path().substring(1) + "'";
        try (CPython python = new CPython(SERVER, AF_UNIX, SOCK_SEQPACKET, server)) {
            python.number();
            Socket client = scope.bound(SOCK_SEQPACKET, SockaddrUn.ofAbstract("client-of-" + name.hashCode()));
            client.connect(name);
            assertThat(python.line()).isEqualTo("b'\\x00client-of-" + name.hashCode() + "'");
            client.sendAll(Bytes.of("one"));
            client.sendAll(Bytes.of("two"));
            assertThat(client.recv(100)).isEqualTo(Bytes.of("ONE"));
            assertThat(client.recv(100)).isEqualTo(Bytes.of("TWO"));
            client.shutdown(SHUT_WR);
            assertThat(client.recv(100)).isEqualTo(Bytes.of("end"));
            python.finish();
        }
    }

    private void converse(Socket client) throws IOException {
        try (BufferedReader reader = client.makeFileReader(UTF_8);
                Writer writer = client.makeFileWriter(UTF_8)) {
            for (int i = 0; i < 20; i++) {
                writer.write("line " + i + "\n");
                writer.flush();
                assertThat(reader.readLine()).isEqualTo("LINE " + i);
            }
            client.shutdown(SHUT_WR);
            assertThat(reader.readLine()).isEqualTo("end");
            assertThat(reader.readLine()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aTcpClientInCpythonGetsEveryByte(String host) throws Exception {
        byte[] all = Bytes.pattern(5_000_000);
        Socket listener = scope.listener(host.contains(":") ? Scope.loopback6() : Scope.loopback4());
        int port = listener.getSockName() instanceof SockaddrIn in
                ? in.port()
                : ((SockaddrIn6) listener.getSockName()).port();
        try (CPython python = new CPython(DIGEST_CLIENT, host, port)) {
            Socket connection = scope.accept(listener);
            connection.sendAll(all);
            connection.shutdown(SHUT_WR);

            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all));
            assertThat(Bytes.text(Bytes.recvToEnd(connection))).isEqualTo(digest);
            python.finish();
        }
    }

    @Test
    void aUdpEchoInCpython() throws Exception {
        try (CPython python = new CPython("""
                import socket
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.bind(('127.0.0.1', 0))
                print(s.getsockname()[1])
                for i in range(4):
                    data, peer = s.recvfrom(70000)
                    print(len(data), peer[0], peer[1])
                    s.sendto(data, peer)
                """)) {
            SockaddrIn server = SockaddrIn.of("127.0.0.1", python.number());
            Socket client = scope.bound(SOCK_DGRAM, Scope.loopback4());
            for (int size : new int[] {1, 0, 1400, 60_000}) {
                client.sendTo(Bytes.pattern(size), server);
                assertThat(python.line()).isEqualTo(size + " 127.0.0.1 " + ((SockaddrIn) client.getSockName()).port());
                Received echo = client.recvFrom(70_000);
                assertThat(Arrays.equals(echo.data(), Bytes.pattern(size))).isTrue();
                assertThat(echo.address()).isEqualTo(server);
            }
            python.finish();
        }
    }

    @Test
    void aUnixDatagramFromCpythonCarriesItsSender() throws Exception {
        Path directory = scope.directory();
        Socket receiver = scope.bound(SOCK_DGRAM, SockaddrUn.of(directory.resolve("ours")));
        try (CPython python = new CPython("""
                import os, socket, sys
                os.chdir(sys.argv[1])
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.bind('theirs')
                s.sendto(b'hello', 'ours')
                print(s.recv(100).decode())
                """, directory)) {
            Received hello = receiver.recvFrom(100);
            assertThat(hello.data()).isEqualTo(Bytes.of("hello"));
            assertThat(hello.address()).isEqualTo(SockaddrUn.of("theirs"));
            receiver.sendTo(Bytes.of("and back"), SockaddrUn.of(directory.resolve("theirs")));
            assertThat(python.finish()).containsExactly("and back");
        }
    }

    @Test
    void urgentDataFromCpython() throws Exception {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setSockOpt(SocketOptions.SO_OOBINLINE, true);
        try (CPython python = new CPython("""
                import socket, sys
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                s.sendall(b'before')
                s.send(b'!', socket.MSG_OOB)
                s.sendall(b'behind')
                s.shutdown(socket.SHUT_WR)
                sys.stdin.read()
                """, ((SockaddrIn) listener.getSockName()).port())) {
            Socket connection = scope.accept(listener);
            String all = Bytes.text(Bytes.recvToEnd(connection));
            assertThat(all).isEqualTo("before!behind");
            python.finish();
        }
    }
}
