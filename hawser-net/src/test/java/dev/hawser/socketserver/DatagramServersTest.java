package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only servers of datagrams do. */
@Timeout(60)
class DatagramServersTest {

    private static final Sockaddr LOOPBACK = SockaddrIn.of("127.0.0.1", 0);

    private final List<DatagramRequest> handled = new CopyOnWriteArrayList<>();
    private final List<Sockaddr> clients = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<DatagramRequest> failed = new CopyOnWriteArrayList<>();

    private void note(DatagramRequest request, Sockaddr client, BaseServer<DatagramRequest> server) {
        clients.add(client);
        handled.add(request);
    }

    private final class Small extends UdpServer {

        Small() throws IOException {
            super(LOOPBACK, DatagramServersTest.this::note);
        }

        @Override
        public int maxPacketSize() {
            return 4;
        }

        @Override
        public void handleError(DatagramRequest request, Sockaddr clientAddress, Throwable error) {
            failed.add(request);
            clients.add(clientAddress);
            errors.add(error);
        }
    }

    private final class SmallUnix extends UnixDatagramServer {

        SmallUnix() throws IOException {
            super(SockaddrUn.UNNAMED, DatagramServersTest.this::note);
        }

        @Override
        public int maxPacketSize() {
            return 4;
        }

        @Override
        public void handleError(DatagramRequest request, Sockaddr clientAddress, Throwable error) {
            failed.add(request);
            clients.add(clientAddress);
            errors.add(error);
        }
    }

    enum Family {
        UDP,
        UNIX
    }

    private DatagramServer open(Family family) throws IOException {
        return family == Family.UDP ? new Small() : new SmallUnix();
    }

    private static Socket client(BaseServer<?> server) throws IOException {
        Socket client = new Socket(server.addressFamily(), Constants.SOCK_DGRAM);
        client.bind(server.addressFamily() == Constants.AF_UNIX ? SockaddrUn.UNNAMED : LOOPBACK);
        client.connect(server.serverAddress());
        return client;
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aDatagramThatIsTooLongIsReportedWithItsLengthAndItsSender(Family family) throws Exception {
        try (DatagramServer server = open(family);
                Socket client = client(server)) {
            Tasks<Void> loop = Tasks.run(server::serveForever);

            client.send(new byte[] {1, 2, 3, 4, 5, 6, 7});
            client.send(new byte[] {1, 2, 3, 4});

            eventually().until(() -> !handled.isEmpty());
            assertThat(handled)
                    .singleElement()
                    .satisfies(each -> assertThat(each.data()).hasSize(4));
            assertThat(errors).singleElement().isInstanceOfSatisfying(DatagramTooLongException.class, error -> {
                assertThat(error.length()).isEqualTo(7);
                assertThat(error).hasMessageContaining("7 bytes").hasMessageContaining("takes 4");
            });
            Sockaddr sender = client.getSockName();
            assertThat(clients).containsExactly(sender, sender);
            assertThat(failed.getFirst().data()).containsExactly(1, 2, 3, 4);
            server.shutdown();
            loop.result();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void anEmptyDatagramIsARequest(Family family) throws Exception {
        try (DatagramServer server = open(family);
                Socket client = client(server)) {
            client.send(new byte[0]);

            server.handleRequest();

            assertThat(handled)
                    .singleElement()
                    .satisfies(each -> assertThat(each.data()).isEmpty());
        }
    }

    @Test
    void whatIsSentToNobodyDoesNotEndTheLoop() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.socketserver");
                Small server = new Small();
                Socket client = client(server)) {
            server.socket().setSockOpt(Constants.IPPROTO_IP, Constants.IP_RECVERR, 1);
            Sockaddr nobody;
            try (Socket gone = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
                gone.bind(LOOPBACK);
                nobody = gone.getSockName();
            }
            Tasks<Void> loop = Tasks.run(server::serveForever).awaitWaiting();

            // With IP_RECVERR the kernel tells an unconnected socket, too: ECONNREFUSED at the next receive.
            server.socket().sendTo(new byte[1], nobody);
            client.send(new byte[2]);

            eventually().until(() -> !handled.isEmpty());
            server.shutdown();
            loop.result();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void aUnixClientWithoutANameIsUnnamed() throws Exception {
        try (SmallUnix server = new SmallUnix();
                Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            client.sendTo(new byte[1], server.serverAddress());

            server.handleRequest();

            assertThat(clients).containsExactly(SockaddrUn.UNNAMED);
        }
    }

    @Test
    void aServerTakesPacketsOfOneByteAtLeast() throws Exception {
        UdpServer none = new UdpServer(LOOPBACK, this::note) {
            @Override
            public int maxPacketSize() {
                return 0;
            }
        };
        try (CapturedLog log = new CapturedLog("dev.hawser.socketserver");
                none;
                Socket client = client(none)) {
            client.send(new byte[1]);

            none.handleRequest();

            assertThat(log.records().getFirst().getThrown()).hasMessageContaining("maxPacketSize()");
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void aDatagramThatIsTooLongIsThrownToWhoeverAsks() throws Exception {
        try (Small server = new Small();
                Socket client = client(server)) {
            client.send(new byte[5]);
            Sockaddr sender = client.getSockName();

            assertThatThrownBy(server::getRequest)
                    .isInstanceOfSatisfying(
                            DatagramTooLongException.class,
                            error -> assertThat(error.clientAddress()).isEqualTo(sender));
        }
    }
}
