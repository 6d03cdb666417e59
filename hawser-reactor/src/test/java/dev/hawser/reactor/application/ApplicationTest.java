package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.SystemCalls;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.socket.Errno;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApplicationTest {

    @AutoClose
    private final Reactor reactor = Reactor.open();

    private final List<String> told = new ArrayList<>();
    private final Application application = new Application(reactor).handleSignals(false);

    ApplicationTest() throws IOException {}

    private RecordingService service(String name) {
        return new RecordingService(name, told);
    }

    @Test
    void servicesStartInOrderAndStopInTheOther() throws Exception {
        application.add(service("one")).add(service("two"));
        reactor.callWhenRunning(reactor::stop);

        assertThat(application.run()).isZero();

        assertThat(told)
                .containsExactly("one privileged", "two privileged", "one start", "two start", "two stop", "one stop");
    }

    @Test
    void aServiceStartsWhenTheOneBeforeIsReady() throws Exception {
        Deferred<@Nullable Void> ready = new Deferred<>();
        application.add(service("one").readyWith(ready)).add(service("two"));
        reactor.callLater(Duration.ofMillis(1), () -> {
            told.add("ready");
            ready.callback(null);
            reactor.stop();
        });

        application.run();

        assertThat(told).startsWith("one privileged", "ready", "two privileged", "one start", "two start");
    }

    @Test
    void itCanBeRunAgain() throws Exception {
        application.add(service("one"));
        for (int i = 0; i < 2; i++) {
            reactor.callWhenRunning(reactor::stop);
            application.run();
        }
        assertThat(told)
                .containsExactly("one privileged", "one start", "one stop", "one privileged", "one start", "one stop");
    }

    @Test
    void aServiceThatCannotStartEndsTheRunAndWhatHasStartedIsStopped() throws Exception {
        StreamServerEndpointService first = server(Listening.tcp(reactor));
        reactor.callWhenRunning(() -> {});
        List<Integer> ports = new ArrayList<>();
        application.add(first).add(service("between"));
        application.add(new StreamServerEndpointService(
                factory -> {
                    int taken = portOf(first);
                    ports.add(taken);
                    return Listening.tcp(reactor, taken).listen(factory);
                },
                Factory.of(Echo::new)));

        assertThatThrownBy(application::run).isInstanceOf(BindException.class);

        assertThat(told).containsExactly("between privileged", "between stop");
        assertThatThrownBy(() -> Sockets.createConnection("127.0.0.1", ports.getFirst()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void whatStartServiceThrowsEndsTheRun() {
        application.add(service("one")).add(new Thrower());

        assertThatIllegalStateException().isThrownBy(application::run).withMessage("not today");

        assertThat(told).containsExactly("one privileged", "one start", "one stop");
    }

    @Test
    void aStopDuringTheStartCancelsIt() throws Exception {
        List<String> cancelled = new ArrayList<>();
        application
                .add(service("one").readyWith(new Deferred<>(deferred -> cancelled.add("cancelled"))))
                .add(service("two"));
        reactor.callLater(Duration.ofMillis(1), reactor::stop);

        assertThat(application.run()).isZero();

        assertThat(cancelled).hasSize(1);
        assertThat(told).containsExactly("one privileged", "two stop", "one stop");
    }

    @Test
    void aServiceThatDoesNotStopIsClosedAndThenAborted() throws Exception {
        application.graceful(Duration.ZERO).add(service("one").stoppedWith(new Deferred<>()));
        reactor.callWhenRunning(reactor::stop);

        application.run();

        assertThat(told).containsExactly("one privileged", "one start", "one stop", "one close", "one abort");
    }

    @Test
    void anApplicationThatIsAddedToWhileItRunsStartsWhatIsAdded() throws Exception {
        reactor.callLater(Duration.ofMillis(1), () -> {
            application.add(service("late"));
            reactor.stop();
        });

        application.run();

        assertThat(told).containsExactly("late privileged", "late start", "late stop");
    }

    @Test
    void misuseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> application.graceful(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application.status("two\nlines"))
                .withMessageContaining("one line");
    }

    @Test
    void aReactorThatRunsIsRefused() throws Exception {
        reactor.callWhenRunning(() -> {
            assertThatIllegalStateException().isThrownBy(application::run).withMessageContaining("runs already");
            reactor.stop();
        });
        reactor.run();
    }

    private static StreamServerEndpointService server(ServerEndpoint endpoint) {
        return new StreamServerEndpointService(endpoint, Factory.of(Echo::new));
    }

    private static int portOf(StreamServerEndpointService server) {
        return ((SockaddrIn) Objects.requireNonNull(server.port()).getHost()).port();
    }

    private static final class Thrower implements Service {

        @Override
        public void startService() {
            throw new IllegalStateException("not today");
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            return Deferred.succeed(null);
        }

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    @Test
    void aFirstSignalDoesNotHurryOneThatEndsAlready() throws Exception {
        application.add(service("one").stoppedWith(new Deferred<>()));
        ApplicationRun run = new ApplicationRun(application);
        reactor.callWhenRunning(reactor::stop);
        reactor.callLater(Duration.ofMillis(5), () -> run.signalled(ProcessSignals.SIGTERM));
        reactor.callLater(Duration.ofMillis(30), () -> {
            told.add("still there");
            run.signalled(ProcessSignals.SIGINT);
        });

        assertThat(run.run()).isZero();

        assertThat(told).containsExactly("one privileged", "one start", "one stop", "still there", "one abort");
    }

    @Test
    void whatSighupAsksForDuringTheStartIsDoneAfterIt() throws Exception {
        Deferred<@Nullable Void> ready = new Deferred<>();
        application.onReload(() -> told.add("reload")).add(service("one").readyWith(ready));
        ApplicationRun run = new ApplicationRun(application);
        reactor.callWhenRunning(() -> run.signalled(ProcessSignals.SIGHUP));
        reactor.callLater(Duration.ofMillis(5), () -> ready.callback(null));
        reactor.callLater(Duration.ofMillis(10), reactor::stop);

        run.run();

        assertThat(told).containsExactly("one privileged", "one start", "reload", "one stop");
    }

    @Test
    void aSignalThatCameTooLateDoesNotHurryTheNextRun() throws Exception {
        application.add(service("one"));
        ApplicationRun first = new ApplicationRun(application);
        reactor.callWhenRunning(reactor::stop);
        first.run();
        first.signalled(ProcessSignals.SIGTERM);
        reactor.callLater(Duration.ofMillis(5), reactor::stop);

        assertThat(new ApplicationRun(application).run()).isZero();

        assertThat(told).doesNotContain("one abort");
    }

    @Test
    void rightsThatCannotBeGivenUpEndTheStart() {
        application.runAs("nobody", null).add(service("one"));
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public int getEUid() {
                return 0;
            }

            @Override
            public int initGroups(String user, int group) {
                return 0;
            }

            @Override
            public int setGid(int gid) {
                return 0;
            }

            @Override
            public int setUid(int uid) {
                return -Errno.EAGAIN;
            }
        });
        try {
            assertThatThrownBy(application::run).hasMessageContaining("become user nobody");
        } finally {
            SystemCalls.install(before);
        }
        assertThat(told).containsExactly("one privileged", "one stop");
    }
}
