package dev.hawser.reactor.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.reactor.protocols.LimitTotalConnectionsFactory;
import dev.hawser.reactor.protocols.LineReceiver;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the Javadoc, compiled and run. */
@Timeout(60)
class ApplicationSnippetsTest {

    @AutoClose
    private final Reactor reactor = Reactor.open();

    ApplicationSnippetsTest() throws IOException {}

    // @start region="service"
    /** Keeps a list as long as it runs. */
    static final class Journal implements Service {

        private final List<String> lines = new ArrayList<>();
        private boolean running;

        @Override
        public void startService() {
            running = true;
            lines.add("begin");
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            running = false;
            lines.add("end");
            return Deferred.succeed(null); // nothing to wait for
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
    // @end

    // @start region="graceful"
    /** A conversation in lines, whose client closes when it hears BYE. */
    static final class Talk extends LineReceiver implements GracefulProtocol {

        @Override
        protected void lineReceived(byte[] line) {
            sendLine(line);
        }

        @Override
        public void finishGracefully() {
            sendLine("BYE".getBytes(UTF_8)); // what the client has asked meanwhile is still answered
        }
    }
    // @end

    @Test
    void applications() throws Exception {
        ServerEndpoint endpoint = Listening.tcp(reactor);
        Journal journal = new Journal();
        reactor.callWhenRunning(() -> reactor.callLater(Duration.ZERO, reactor::stop));
        // @start region="application"
        Application application = new Application(reactor)
                .add(journal)
                .add(new StreamServerEndpointService(endpoint, Factory.of(Talk::new)))
                .graceful(Duration.ofSeconds(30));
        int signal = application.run(); // until SIGTERM, SIGINT, or reactor.stop()
        // @end
        assertThat(signal).isZero();
        assertThat(journal.lines).containsExactly("begin", "end");
    }

    @Test
    void servers() throws Exception {
        ServerEndpoint endpoint = Listening.tcp(reactor);
        // @start region="server"
        Factory talks = new LimitTotalConnectionsFactory(Factory.of(Talk::new), 10_000, null);
        StreamServerEndpointService server = new StreamServerEndpointService(endpoint, talks);
        server.startService(); // listens, and accepts
        // @end
        reactor.iterate(Duration.ZERO);
        assertThat(server.port()).isNotNull();
        assertThat(server.connections()).isZero();
        assertThat(server.stopService().isCalled()).isTrue();
    }

    @Test
    void manyAsOne() {
        // @start region="multi"
        MultiService all = new MultiService();
        all.add("journal", new Journal());
        all.add(new Journal());
        all.startService(); // both, in this order
        Deferred<@Nullable Void> stopped = all.stopService(); // both, in the other
        // @end
        assertThat(stopped.isCalled()).isTrue();
        assertThat(((Journal) all.get("journal")).lines).containsExactly("begin", "end");
    }

    @Test
    void timers() {
        MemoryReactor reactor = new MemoryReactor();
        List<String> swept = new ArrayList<>();
        // @start region="timer"
        TimerService sweeper = TimerService.of(reactor, Duration.ofMinutes(1), () -> swept.add("sweep"));
        sweeper.startService(); // a call at once, and one every minute
        // @end
        reactor.advance(Duration.ofMinutes(1));
        assertThat(swept).hasSize(2);
    }

    @Test
    void clients() {
        MemoryReactor reactor = new MemoryReactor();
        ClientEndpoint endpoint = factory -> Deferred.fail(new IOException("nobody there"));
        List<String> told = new ArrayList<>();
        // @start region="client"
        ClientService client = new ClientService(reactor, endpoint, Factory.of(Talk::new))
                .retry(failures -> Duration.ofSeconds(Math.min(failures, 30)));
        client.startService();
        client.whenConnected(3)
                .finish(protocol -> told.add("connected"), failure -> told.add("three times: " + failure.getMessage()));
        // @end
        reactor.advance(Duration.ofSeconds(1));
        reactor.advance(Duration.ofSeconds(2));
        reactor.advance(Duration.ofSeconds(3));
        assertThat(told).containsExactly("three times: nobody there");
    }

    @Test
    void hotRestarts(@TempDir Path directory) throws Exception {
        ServerEndpoint endpoint = Listening.tcp(reactor);
        reactor.callLater(Duration.ofMillis(20), reactor::stop);
        // @start region="hot-restart"
        int signal = new Application(reactor)
                .hotRestart(SockaddrUn.of(directory.resolve("control")))
                .add(new StreamServerEndpointService(endpoint, Factory.of(Talk::new)))
                .run(); // 0 as well when a new process has taken this one's place
        // @end
        assertThat(signal).isZero();
        assertThat(directory).isEmptyDirectory();
    }
}
