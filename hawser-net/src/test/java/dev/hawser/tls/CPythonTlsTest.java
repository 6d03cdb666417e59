package dev.hawser.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.time.Duration;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** With CPython's ssl module at the other end. */
@RequiresProgram({"openssl", "python3"})
class CPythonTlsTest {

    private static final String CLIENT = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            s = context.wrap_socket(socket.create_connection(('127.0.0.1', int(sys.argv[1]))), server_hostname='localhost')
            print(s.version()); s.sendall(b'hello'); print(s.recv(100)); print(s.recv(100))
            """;

    private static final String SERVER = """
            import socket, ssl, sys
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(sys.argv[1], sys.argv[2])
            l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])
            """;

    @AutoClose
    private final Connections connections = new Connections();

    @Test
    void serverTalksToPython() throws Exception {
        Socket listener = connections.listener();
        String port = Integer.toString(Connections.port(listener));
        try (Peer python = Peers.python(CLIENT, port, Certificates.authority().toString())) {
            TlsSocket server = connections.add(Connections.server().wrapServer(connections.accept(listener)));
            assertThat(server.recv(100)).isEqualTo("hello".getBytes(US_ASCII));
            server.sendAll("howdy".getBytes(US_ASCII));
            assertThat(python.readLine()).isEqualTo("TLSv1.3");
            assertThat(python.readLine()).isEqualTo("b'howdy'");
            server.close(); // a clean end, or else Python would raise
            assertThat(python.readLine()).isEqualTo("b''");
            assertThat(python.awaitExit()).isZero();
        }
    }

    private Peer python(String rest) throws Exception {
        return Peers.python(
                SERVER + rest,
                Certificates.local().toString(),
                Certificates.key(Certificates.local()).toString());
    }

    private TlsSocket connect(Peer python) throws Exception {
        return connections.add(
                Connections.client().wrapClient(connections.connect(Integer.parseInt(python.readLine())), "localhost"));
    }

    @Test
    void bothGoBackToPlaintext() throws Exception {
        try (Peer python = python("""
                s = context.wrap_socket(l.accept()[0], server_side=True)
                s.sendall(s.recv(100)); s.recv(1); s = s.unwrap(); s.sendall(b'plain'); print(s.recv(100))
                """)) {
            TlsSocket client = connect(python);
            client.sendAll("hello".getBytes(US_ASCII));
            assertThat(client.recv(100)).isEqualTo("hello".getBytes(US_ASCII));
            Socket plain = connections.add(client.unwrap());
            assertThat(plain.recv(100)).isEqualTo("plain".getBytes(US_ASCII));
            plain.sendAll("too".getBytes(US_ASCII));
            assertThat(python.readLine()).isEqualTo("b'too'");
        }
    }

    /** Python's module has no word for it, so OpenSSL's own are used. */
    private static final String KEY_UPDATES = """
            import ctypes, ctypes.util, socket, sys
            ssl = ctypes.CDLL(ctypes.util.find_library('ssl') or 'libssl.so.3')
            ssl.TLS_client_method.restype = ssl.SSL_CTX_new.restype = ssl.SSL_new.restype = ctypes.c_void_p
            c = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            s = ctypes.c_void_p(ssl.SSL_new(ctypes.c_void_p(ssl.SSL_CTX_new(ctypes.c_void_p(ssl.TLS_client_method())))))
            ssl.SSL_set_fd(s, c.fileno()); print(ssl.SSL_connect(s)); sys.stdin.readline(); n = 0
            while n < 20_000 and ssl.SSL_key_update(s, 1) == 1 and ssl.SSL_do_handshake(s) == 1: n += 1
            """;

    @Test
    void aPeerThatAsksForNewKeysWithoutEndAndTakesNoAnswerIsRefused() throws Exception {
        Socket listener = connections.listener();
        try (Peer python = Peers.python(KEY_UPDATES, Integer.toString(Connections.port(listener)))) {
            TlsSocket server = connections.add(Connections.server().wrapServer(connections.accept(listener)));
            server.doHandshake();
            assertThat(python.readLine()).isEqualTo("1");
            server.setTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> server.sendAll(new byte[20_000_000])).isInstanceOf(TimedOutException.class);

            server.setTimeout(Connections.PATIENCE);
            python.writeLine("go on");
            // Each answer that cannot be sent would keep a cipher in memory.
            assertThatThrownBy(() -> server.recv(1))
                    .isInstanceOf(SSLProtocolException.class)
                    .hasMessageContaining("new keys");
        }
    }

    @Test
    void aServerThatEndsTcpOnlyHasNotEndedTheStream() throws Exception {
        try (Peer python = python("""
                s = context.wrap_socket(l.accept()[0], server_side=True)
                s.sendall(b'a part'); s.recv(1); s.close()
                """)) {
            TlsSocket client = connect(python);
            assertThat(client.recv(100)).isEqualTo("a part".getBytes(US_ASCII));
            client.sendAll(new byte[1]);
            assertThatThrownBy(() -> client.recv(1)).isInstanceOf(TlsTruncatedException.class);
        }
    }
}
