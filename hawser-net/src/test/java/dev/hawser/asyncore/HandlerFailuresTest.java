package dev.hawser.asyncore;

import static dev.hawser.asyncore.Probe.Event.ACCEPTED;
import static dev.hawser.asyncore.Probe.Event.CLOSE;
import static dev.hawser.asyncore.Probe.Event.CONNECT;
import static dev.hawser.asyncore.Probe.Event.EXPT;
import static dev.hawser.asyncore.Probe.Event.READ;
import static dev.hawser.asyncore.Probe.Event.WRITE;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.asyncore.Probe.Event;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where that goes which a handler throws, and that it goes nowhere else. */
class HandlerFailuresTest extends Loops {

    HandlerFailuresTest() {
        super(Backend.EPOLL, Family.TCP4);
    }

    /** A connected dispatcher to which all three events happen in a turn. */
    private Probe busy() throws IOException {
        Socket[] pair = connection();
        Probe probe = new Probe(loop, pair[0]);
        pair[1].send(new byte[1]);
        pair[1].send(new byte[1], 0, 1, Constants.MSG_OOB);
        return probe;
    }

    @ParameterizedTest
    @EnumSource(names = {"READABLE", "WRITABLE", "READ", "WRITE", "EXPT"})
    void exitNowPassesThroughTheLoop(Event event) throws IOException {
        Probe probe = busy();
        Socket[] other = connection();
        probe.on(event, () -> {
            throw new ExitNow("enough");
        });

        assertThatThrownBy(() -> loopUntil(() -> false))
                .isInstanceOf(ExitNow.class)
                .hasMessage("enough");

        assertThat(probe.errors).isEmpty();
        assertThat(probe.state()).isEqualTo(State.CONNECTED);
        Probe next = reader(other[0]); // the loop may be run again
        probe.close();
        other[1].send(new byte[1]);
        loopUntil(() -> next.saw(READ));
    }

    @Test
    void exitNowPassesThroughHandleErrorAndHandleClose() throws IOException {
        Probe failing = busy();
        failing.on(READ, () -> {
            throw new IllegalStateException("one");
        });
        failing.on(CLOSE, () -> {
            throw new ExitNow();
        });

        assertThatThrownBy(() -> loopUntil(() -> false)).isInstanceOf(ExitNow.class);

        assertThat(failing.errors).hasSize(1);
        assertThat(failing.state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"READABLE", "WRITABLE", "READ", "WRITE", "EXPT"})
    void whatAHandlerThrowsEndsNobodyElse(Event event) throws IOException {
        Probe failing = busy();
        failing.on(event, () -> {
            throw new IllegalStateException("spam");
        });
        Socket[] pair = connection();
        Probe other = reader(pair[0]);
        pair[1].send(new byte[5]);

        loopUntil(() -> !failing.errors.isEmpty() && other.received.size() == 5);

        assertThat(failing.errors).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(failing.events).endsWith(CLOSE);
        assertThat(failing.state()).isEqualTo(State.CLOSED);
        assertThat(loop.getMap()).containsOnlyKeys(other.fileno());
    }

    @Test
    void anErrorOfTheJvmEndsNobodyElseEither() throws IOException {
        Probe failing = busy();
        failing.on(READ, () -> {
            throw new OutOfMemoryError("one connection wanted too much");
        });
        Socket[] pair = connection();
        Probe other = reader(pair[0]);
        pair[1].send(new byte[5]);

        loopUntil(() -> failing.state() == State.CLOSED && other.received.size() == 5);

        assertThat(failing.errors).singleElement().isInstanceOf(OutOfMemoryError.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"READABLE", "WRITABLE"})
    void whoCannotSayWhatItWantsGetsNothing(Event event) throws IOException {
        Probe failing = busy();
        loop.poll(ZERO);
        failing.events.clear();
        failing.keepsOnError = true;
        failing.on(event, () -> {
            throw new IllegalStateException("spam");
        });

        loop.loop(ZERO, 3);

        assertThat(failing.errors).hasSize(3);
        assertThat(failing.events).isEmpty();
        assertThat(failing.state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void whatHandleErrorThrowsClosesTheDispatcher() throws IOException {
        Socket[] pair = connection();
        int[] closes = {0};
        Dispatcher failing = new Dispatcher(loop, pair[0]) {
            @Override
            protected void handleWrite() {
                throw new IllegalStateException("one");
            }

            @Override
            protected void handleError(Throwable error) {
                throw new IllegalArgumentException("two");
            }

            @Override
            public void close() throws IOException {
                closes[0]++; // what a subclass holds it gives back here
                super.close();
            }
        };

        loopUntil(() -> failing.state() == State.CLOSED);

        assertThat(pair[0].isClosed()).isTrue();
        assertThat(closes[0]).isEqualTo(1);
        assertThat(log.at(Level.SEVERE)).singleElement().satisfies(record -> {
            assertThat(record.getMessage()).contains("handleError failed");
            assertThat(record.getThrown()).isInstanceOf(IllegalArgumentException.class);
            assertThat(record.getThrown().getSuppressed()).hasSize(1);
        });
    }

    @Test
    void whatHandleCloseThrowsGoesToHandleError() throws IOException {
        Socket[] pair = connection();
        Probe failing = reader(pair[0]);
        failing.on(CLOSE, () -> {
            throw new IllegalStateException("in handleClose");
        });
        pair[1].close();

        loopUntil(() -> failing.state() == State.CLOSED);

        assertThat(failing.errors).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(pair[0].isClosed()).isTrue();
    }

    @Test
    void aDisconnectionThatAHandlerThrowsIsACloseAndNoError() throws IOException {
        Probe probe = busy();
        probe.on(WRITE, () -> {
            throw new SocketFailedException(
                    new ErrorDetails("send", "tcp", null, null, "send", Errno.EPIPE, "EPIPE (Broken pipe)"));
        });

        loopUntil(() -> probe.state() == State.CLOSED);

        assertThat(probe.saw(CLOSE)).isTrue();
        assertThat(probe.errors).isEmpty();
    }

    @Test
    void whatHandleCloseThrowsAfterADisconnectionGoesToHandleErrorWithIt() throws IOException {
        Probe probe = busy();
        probe.on(WRITE, () -> probe.socket().shutdown(99)); // EINVAL: no disconnection
        probe.on(READ, () -> {
            throw new SocketFailedException(
                    new ErrorDetails("send", "tcp", null, null, "send", Errno.EPIPE, "EPIPE (Broken pipe)"));
        });
        probe.on(CLOSE, () -> {
            throw new IllegalStateException("in handleClose");
        });

        loopUntil(() -> probe.state() == State.CLOSED);

        assertThat(probe.errors).singleElement().satisfies(error -> {
            assertThat(error).hasMessage("in handleClose");
            assertThat(error.getSuppressed()).singleElement().isInstanceOf(SocketFailedException.class);
        });
    }

    @Test
    void theLogHasTheStackAndTheNameOfTheErrno() throws IOException {
        Probe probe = busy();
        probe.on(WRITE, () -> probe.socket().shutdown(99));

        loopUntil(() -> probe.state() == State.CLOSED);

        assertThat(log.at(Level.SEVERE)).singleElement().satisfies(record -> {
            assertThat(record.getMessage()).contains("closing Probe[connected 127.0.0.1:");
            assertThat(record.getThrown()).hasMessageContaining("EINVAL (Invalid argument)");
            assertThat(record.getThrown().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().contains("theLogHasTheStack"));
        });
    }

    @Test
    void aDispatcherWhoseToStringFailsIsLoggedAndClosedToo() throws IOException {
        Socket[] pair = connection();
        Dispatcher failing = new Dispatcher(loop, pair[0]) {
            @Override
            protected void handleWrite() {
                throw new IllegalStateException("one");
            }

            @Override
            public String toString() {
                throw new UnsupportedOperationException("nor this");
            }
        };

        loopUntil(() -> failing.state() == State.CLOSED);

        assertThat(log.at(Level.SEVERE))
                .singleElement()
                .satisfies(record -> assertThat(record.getMessage()).contains("toString failed"));
    }

    @Test
    void theDefaultHandleErrorClosesWhatHandleCloseLeavesOpen() throws IOException {
        Probe probe = busy();
        probe.on(CLOSE, () -> {});
        probe.on(WRITE, () -> {
            throw new IllegalStateException("spam");
        });

        loopUntil(() -> probe.state() == State.CLOSED);

        assertThat(probe.socket().isClosed()).isTrue();
    }

    @Test
    void aHandleCloseThatConnectsAgainKeepsItsNewSocket() throws IOException {
        Probe listener = listener();
        Probe probe = busy();
        probe.on(CLOSE, () -> {
            probe.close();
            probe.createSocket();
            probe.connect(listener.socket().getSockName());
        });
        probe.on(EXPT, () -> {
            throw new IllegalStateException("spam");
        });

        loopUntil(() -> probe.saw(CONNECT));

        assertThat(probe.errors).hasSize(1);
        assertThat(probe.state()).isIn(State.CONNECTED, State.CLOSED);
    }

    @Test
    void aConnectionIsClosedWhoseHandlerCannotBeMade() throws IOException {
        Probe listener = listener();
        listener.keepsOnError = true;
        listener.on(ACCEPTED, () -> {
            if (listener.accepted.size() == 2) {
                new Probe(loop, listener.accepted.getLast());
            }
            throw new IllegalStateException("in a constructor");
        });
        client(listener);
        client(listener);

        loopUntil(() -> listener.errors.size() == 2);

        assertThat(listener.accepted).allMatch(Socket::isClosed);
        assertThat(listener.state()).isEqualTo(State.LISTENING);
        assertThat(loop.getMap().values())
                .filteredOn(each -> each.state() == State.CONNECTED)
                .allMatch(each -> each.address().equals(listener.address()));
    }

    @Test
    void aConnectionThatHasEndedBeforeItIsTakenIsNotTheEndOfTheListener() throws IOException {
        Probe listener = listener();
        listener.on(ACCEPTED, () -> {
            if (listener.accepted.size() == 1) {
                throw new SocketFailedException(
                        new ErrorDetails("getPeerName", "tcp", null, null, "getpeername", Errno.ENOTCONN, "ENOTCONN"));
            }
        });
        client(listener);
        client(listener);

        loopUntil(() -> listener.accepted.size() == 2);

        assertThat(listener.state()).isEqualTo(State.LISTENING);
        assertThat(listener.errors).isEmpty();
        assertThat(listener.accepted.getFirst().isClosed()).isTrue();
        listener.accepted.getLast().close();
    }

    @Test
    void anEventThatNobodyHandlesIsLoggedWhereTheProgramAsksForIt() throws IOException {
        Dispatcher plain = new Dispatcher(loop);

        plain.handleExpt();
        plain.handleRead();
        plain.handleWrite();
        plain.handleConnect();
        plain.handleAccepted(add(new Socket(Constants.AF_INET, Constants.SOCK_STREAM)), family().address());
        plain.handleClose();

        assertThat(log.messages())
                .containsExactly(
                        "unhandled incoming priority event",
                        "unhandled read event",
                        "unhandled write event",
                        "unhandled connect event",
                        "unhandled accepted event",
                        "unhandled close event");
        assertThat(log.records()).allMatch(record -> record.getLevel().equals(Level.FINE));
    }

    @Test
    void aDispatcherMayLogElsewhere() throws IOException {
        List<String> lines = new ArrayList<>();
        Dispatcher plain = new Dispatcher(loop) {
            @Override
            protected void log(System.Logger.Level level, String message, @Nullable Throwable error) {
                lines.add(level + ": " + message);
            }
        };

        plain.handleRead();
        plain.log(System.Logger.Level.INFO, "Lovely spam! Wonderful spam!", null);

        assertThat(lines).containsExactly("DEBUG: unhandled read event", "INFO: Lovely spam! Wonderful spam!");
        assertThat(log.records()).isEmpty();
    }

    @Test
    void whatADispatcherLogsGoesToTheLoggerOfThePackage() {
        Dispatcher plain = new Dispatcher(loop);

        plain.log(System.Logger.Level.INFO, "Lovely spam! Wonderful spam!", null);
        plain.log(System.Logger.Level.WARNING, "I don't like spam!", null);

        assertThat(log.messages()).containsExactly("Lovely spam! Wonderful spam!", "I don't like spam!");
        assertThat(log.records()).extracting(record -> record.getLevel()).containsExactly(Level.INFO, Level.WARNING);
    }
}
