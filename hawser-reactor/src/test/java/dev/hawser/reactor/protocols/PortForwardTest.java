package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PortForwardTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private RunningReactor reactor;
    private PortForward forward;

    @BeforeEach
    void open() throws Exception {
        reactor = RunningReactor.open();
    }

    @AfterEach
    void close() throws Exception {
        reactor.close();
    }

    private int listen(Factory factory) throws Exception {
        ListeningPort port = reactor.call(() -> reactor.reactor().listenTcp(0, factory));
        return ((SockaddrIn6) port.getHost()).port();
    }

    private Socket connectThrough(int target) throws Exception {
        forward = PortForward.toTcp(reactor.reactor(), "127.0.0.1", target, ConnectOptions.DEFAULT);
        return new Socket(LOOPBACK, listen(forward));
    }

    private static Thread writing(Socket socket, byte[] bytes) {
        return Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void whatEitherSaysReachesTheOtherWholeAndIsCounted() throws Exception {
        byte[] much = new byte[5 << 20];
        new Random(1).nextBytes(much);
        try (Socket client = connectThrough(listen(Wire.echo()))) {
            Thread writer = writing(client, much);
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
            writer.join();
        }
        assertThat(reactor.<Long>call(forward::bytesToTarget)).isEqualTo(much.length);
        assertThat(reactor.<Long>call(forward::bytesFromTarget)).isEqualTo(much.length);
    }

    @Test
    void theEndOfOneWayIsPassedOnAndTheOtherGoesOn() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, LOOPBACK);
                Socket client = connectThrough(target.getLocalPort());
                Socket server = target.accept()) {
            client.getOutputStream().write("request".getBytes(UTF_8));
            client.shutdownOutput();
            assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("request");

            server.getOutputStream().write("answer".getBytes(UTF_8));
            server.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
        }
        Eventually.eventually().until(() -> reactor.reactor().metrics().connectionsOpen() == 0);
    }

    @Test
    void theTargetMayEndFirst() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, LOOPBACK);
                Socket client = connectThrough(target.getLocalPort());
                Socket server = target.accept()) {
            server.getOutputStream().write("banner".getBytes(UTF_8));
            server.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("banner");

            client.getOutputStream().write("still listening".getBytes(UTF_8));
            client.shutdownOutput();
            assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("still listening");
        }
        Eventually.eventually().until(() -> reactor.reactor().metrics().connectionsOpen() == 0);
    }

    @Test
    void nothingIsLostWhenTheTargetClosesBehindALongAnswer() throws Exception {
        byte[] much = new byte[8 << 20];
        try (ServerSocket target = new ServerSocket(0, 1, LOOPBACK);
                Socket client = connectThrough(target.getLocalPort())) {
            Thread server = Thread.ofVirtual().start(() -> {
                try (Socket accepted = target.accept()) {
                    accepted.getOutputStream().write(much);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(client.getInputStream().readAllBytes()).hasSize(much.length);
            server.join();
        }
    }

    @Test
    void aSideThatDoesNotReadHoldsUpTheOther() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, LOOPBACK);
                Socket client = connectThrough(target.getLocalPort());
                Socket server = target.accept()) {
            byte[] much = new byte[64 << 20];
            Thread writer = writing(client, much);
            long before = -1;
            for (long received = 0; received != before || received == 0; reactor.awaitTurns(100)) {
                before = received;
                received = reactor.reactor().metrics().bytesReceived();
            }
            assertThat(before).isLessThan(32 << 20);
            assertThat(server.getInputStream().readAllBytes()).hasSize(much.length);
            writer.join();
        }
    }

    @Test
    void aClientThatBreaksEndsTheTargetsHalf() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, LOOPBACK)) {
            Socket client = connectThrough(target.getLocalPort());
            try (Socket server = target.accept()) {
                client.setSoLinger(true, 0);
                client.close();
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
        }
        Eventually.eventually().until(() -> reactor.reactor().metrics().connectionsOpen() == 0);
    }

    @Test
    void aClientIsClosedWhenTheTargetRefuses() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            nobody = closed.getLocalPort();
        }
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor.protocols");
                Socket client = connectThrough(nobody)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(log.messages()).singleElement().asString().contains("127.0.0.1:" + nobody, "ECONNREFUSED");
        }
    }

    @Test
    void whoeverAsksForItIsToldInPlaceOfTheLoggerOfWhoIsNotConnected() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        forward = PortForward.toUnix(
                        reactor.reactor(), SockaddrUn.ofAbstract("nobody-listens-here"), ConnectOptions.DEFAULT)
                .onUnreachable((client, reason) -> told.add(client + " " + reason.getMessage()));
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Socket client = new Socket(LOOPBACK, listen(forward))) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains(":" + client.getLocalPort(), "nobody-listens-here", "ECONNREFUSED");
            assertThat(log.messages()).noneMatch(each -> each.contains("no connection"));
        }
    }

    @Test
    void aClientThatLeavesBeforeTheTargetIsThereLeavesNothingBehind() throws Exception {
        // Room for all: where there is none, the kernel drops the last packet of a handshake, and tries again after
        // seconds.
        try (ServerSocket target = new ServerSocket(0, 20, LOOPBACK)) {
            for (int i = 0; i < 20; i++) {
                connectThrough(target.getLocalPort()).close();
            }
            Eventually.eventually().until(() -> reactor.reactor().metrics().connectionsAccepted() == 20);
            for (int i = 0; i < 20; i++) {
                target.accept().close();
            }
        }
        Eventually.eventually().until(() -> reactor.reactor().metrics().connectionsOpen() == 0);
    }

    @Test
    void policiesGoAroundIt() throws Exception {
        int target = listen(Factory.of(Greeting::new));
        forward = PortForward.toTcp(reactor.reactor(), "127.0.0.1", target, ConnectOptions.DEFAULT);
        int port = listen(new LimitTotalConnectionsFactory(forward, 1, null));
        try (Socket first = new Socket(LOOPBACK, port)) {
            assertThat(first.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            try (Socket second = new Socket(LOOPBACK, port)) {
                assertThat(endOf(second)).isEqualTo(-1);
            }
        }
    }

    private static int endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private static final class Greeting extends Protocol {

        @Override
        public void connectionMade() {
            transport().write("hello".getBytes(UTF_8));
        }

        @Override
        public void dataReceived(ByteBuffer data) {}

        @Override
        public void connectionLost(ConnectionLost reason) {}
    }
}
