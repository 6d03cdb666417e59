package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An edge-triggered watcher must never wait for an edge that a false EAGAIN has cost it. */
class FaultsAndEpollTest {

    private static final long DATA = 77;
    private static final long NONE = -1;

    private final Faults faults = Faults.install();
    private final Wire wire = new Wire();

    @AfterEach
    void putBack() {
        wire.close();
        faults.close();
    }

    @Test
    void afterAFalseEagainTheEdgeComesAgain() {
        watchAndSeeOneEdge();
        faults.on("recv").times(1).fail(Errno.EAGAIN);

        assertThat(wire.recv(10)).isEqualTo(-Errno.EAGAIN);

        assertThat(wire.event()).isEqualTo(DATA);
        assertThat(wire.event()).isEqualTo(NONE);
        assertThat(wire.recv(10)).isEqualTo(5);
    }

    @Test
    void withNothingToReadNoEdgeComes() {
        watchAndSeeOneEdge();
        wire.recv(10);
        faults.on("recv").times(1).fail(Errno.EAGAIN);

        assertThat(wire.recv(10)).isEqualTo(-Errno.EAGAIN);

        assertThat(wire.event()).isEqualTo(NONE);
    }

    @Test
    void afterAnotherErrorNoEdgeComes() {
        watchAndSeeOneEdge();
        faults.on("recv").times(1).fail(Errno.EINTR);

        assertThat(wire.recv(10)).isEqualTo(-Errno.EINTR);

        assertThat(wire.event()).isEqualTo(NONE);
    }

    @Test
    void afterAShortReadTheEdgeComesAgainWhileThereIsMore() {
        watchAndSeeOneEdge();
        faults.on("recv").shortTo(3);

        assertThat(wire.recv(10)).isEqualTo(3);
        assertThat(wire.event()).isEqualTo(DATA);
        assertThat(wire.recv(10)).isEqualTo(2);
        assertThat(wire.event()).isEqualTo(NONE);
    }

    @Test
    void whatIsWatchedLaterReportsByItself() {
        wire.send("hello");
        faults.on("recv").times(1).fail(Errno.EAGAIN);

        assertThat(wire.recv(10)).isEqualTo(-Errno.EAGAIN);
        assertThat(wire.watch(Wire.ADD, Wire.IN_EDGE, DATA)).isZero();

        assertThat(wire.event()).isEqualTo(DATA);
    }

    @Test
    void theLatestRegistrationIsKept() {
        watchAndSeeOneEdge();
        assertThat(wire.watch(Wire.MOD, Wire.IN_EDGE, DATA + 1)).isZero();
        assertThat(wire.event()).isEqualTo(DATA + 1);

        assertThat(wire.watch(Wire.ADD, Wire.IN_EDGE, DATA + 2)).isEqualTo(-Errno.EEXIST);
        faults.on("recv").times(1).fail(Errno.EAGAIN);
        wire.recv(10);

        assertThat(wire.event()).isEqualTo(DATA + 1);
    }

    @Test
    void aRegistrationThatFailedOrEndedIsNotArmed() {
        AtomicInteger controls = new AtomicInteger();
        SystemCalls counting = new SystemCalls() {
            @Override
            public int epollControl(int epollFd, int operation, int fd, int events, long data) {
                controls.incrementAndGet();
                return SystemCalls.super.epollControl(epollFd, operation, fd, events, data);
            }
        };
        SystemCalls before = SystemCalls.install(counting);
        try (Faults inner = Faults.install()) {
            SystemCalls calls = SystemCalls.installed();
            inner.on("epollControl").times(1).fail(Errno.ENOSPC);
            inner.on("recv").fail(Errno.EAGAIN);

            calls.epollControl(wire.epoll, Wire.ADD, wire.b, Wire.IN_EDGE, DATA);
            calls.recv(wire.b, Wire.buffer(1), 0);
            assertThat(controls).hasValue(0);

            calls.epollControl(wire.epoll, Wire.ADD, wire.b, Wire.IN_EDGE, DATA);
            calls.recv(wire.b, Wire.buffer(1), 0);
            assertThat(controls).as("the registration and its repetition").hasValue(2);

            calls.epollControl(wire.epoll, Wire.DEL, wire.b, 0, 0);
            calls.recv(wire.b, Wire.buffer(1), 0);
            assertThat(controls).hasValue(3);
        } finally {
            SystemCalls.install(before);
        }
    }

    @Test
    void aClosedNumberIsForgottenOnBothSides() {
        int other = wire.calls.epollCreate(Abi.value("EPOLL_CLOEXEC"));
        assertThat(wire.calls.epollControl(other, Wire.ADD, wire.b, Wire.IN_EDGE, DATA))
                .isZero();
        watchAndSeeOneEdge();
        faults.on("recv").fail(Errno.EAGAIN);

        wire.calls.close(other);
        wire.recv(1);
        assertThat(wire.event()).isEqualTo(DATA);

        long controls = faults.seen("epollControl");
        wire.calls.close(wire.b);
        wire.recv(1);
        assertThat(faults.seen("epollControl")).isEqualTo(controls);
    }

    @Test
    void aRefusedConnectionStaysInTheQueue() {
        try (Listener listener = new Listener(wire.calls)) {
            faults.on("accept4").times(1).fail(Errno.EMFILE);
            assertThat(listener.connect()).isZero();

            assertThat(listener.accept()).isEqualTo(-Errno.EMFILE);
            int accepted = listener.accept();

            assertThat(accepted).isPositive();
            assertThat(wire.calls.close(accepted)).isZero();
        }
    }

    @Test
    void anInterruptedConnectGoesOn() {
        try (Listener listener = new Listener(wire.calls)) {
            faults.on("connect").times(1).fail(Errno.EINTR);

            assertThat(listener.connect()).isEqualTo(-Errno.EINTR);
            int accepted = listener.accept();

            assertThat(accepted).isPositive();
            assertThat(wire.calls.close(accepted)).isZero();
        }
    }

    @Test
    void aConnectThatFailsAtOnceSaysSoEvenIfItIsInterrupted() {
        int refused;
        try (Listener listener = new Listener(wire.calls)) {
            wire.calls.close(listener.fd);
            faults.on("connect").fail(Errno.EINTR);
            refused = listener.connect();
        }
        assertThat(refused).isEqualTo(-Errno.ECONNREFUSED);
    }

    private void watchAndSeeOneEdge() {
        assertThat(wire.watch(Wire.ADD, Wire.IN_EDGE, DATA)).isZero();
        assertThat(wire.send("hello")).isEqualTo(5);
        assertThat(wire.event()).isEqualTo(DATA);
        assertThat(wire.event()).isEqualTo(NONE);
    }

    /** A Unix listener with a name that the kernel chose, and a client of it. */
    private static final class Listener implements AutoCloseable {

        private static final int FAMILY_ONLY = 2;
        private static final int TYPE = Abi.value("SOCK_STREAM") | Abi.value("SOCK_NONBLOCK");

        private final SystemCalls calls;
        private final int fd;
        private final int client;
        private final MemorySegment name = MemorySegment.ofArray(new byte[110]);
        private final int[] nameLength = {110};

        Listener(SystemCalls calls) {
            this.calls = calls;
            fd = calls.socket(Abi.value("AF_UNIX"), TYPE, 0);
            client = calls.socket(Abi.value("AF_UNIX"), TYPE, 0);
            MemorySegment family = MemorySegment.ofArray(new short[] {(short) Abi.value("AF_UNIX")});
            assertThat(calls.bind(fd, family, FAMILY_ONLY)).isZero();
            assertThat(calls.listen(fd, 5)).isZero();
            assertThat(calls.getSockName(fd, name, MemorySegment.ofArray(nameLength)))
                    .isZero();
        }

        int connect() {
            return calls.connect(client, name, nameLength[0]);
        }

        int accept() {
            return calls.accept4(fd, Wire.buffer(110), MemorySegment.ofArray(new int[] {110}), 0);
        }

        @Override
        public void close() {
            SystemCalls.LIBC.close(fd);
            SystemCalls.LIBC.close(client);
        }
    }
}
