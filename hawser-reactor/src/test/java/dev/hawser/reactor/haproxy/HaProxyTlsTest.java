package dev.hawser.reactor.haproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.TlsFactory;
import dev.hawser.reactor.protocols.LineOnlyReceiver;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS above a PROXY header. */
@Timeout(60)
@RequiresProgram({"python3", "openssl"})
class HaProxyTlsTest {

    /** The header and the beginning of TLS in one piece. */
    private static final String CLIENT = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            tls = context.wrap_bio(incoming, outgoing, server_hostname='localhost')
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            first = b'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\\r\\n'
            def wait(step, *args):
                global first
                while True:
                    try:
                        result = step(*args)
                        break
                    except ssl.SSLWantReadError:
                        s.sendall(first + outgoing.read())
                        first = b''
                        incoming.write(s.recv(65536))
                s.sendall(outgoing.read())
                return result
            wait(tls.do_handshake)
            wait(tls.write, b'who?\\r\\n')
            print(wait(tls.read, 1000).decode().strip())
            """;

    private static final class Teller extends LineOnlyReceiver {
        @Override
        protected void lineReceived(byte[] line) {
            ProxyHeader header = ProxyHeader.of(transport());
            sendLine((transport().getPeer() + " " + header.network() + " "
                            + transport().tls().version())
                    .getBytes(US_ASCII));
        }
    }

    @Test
    void tlsBeginsRightBehindTheHeader() throws Exception {
        TlsContext context = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        HaProxyFactory factory = new HaProxyFactory(TlsFactory.forServer(address -> new Teller(), () -> context));
        try (RunningReactor reactor = RunningReactor.open()) {
            Sockaddr host = reactor.call(() -> reactor.reactor()
                    .listenTcp(SockaddrIn.of("127.0.0.1", 0), factory, ListenOptions.DEFAULT)
                    .getHost());
            String port = Integer.toString(((SockaddrIn) host).port());
            try (Peer python =
                    Peers.python(CLIENT, port, Certificates.authority().toString())) {
                assertThat(python.readLine()).isEqualTo("192.0.2.1:56324 TCP4 TLSv1.3");
            }
        }
    }
}
