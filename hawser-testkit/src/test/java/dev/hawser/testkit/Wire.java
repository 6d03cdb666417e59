package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Two connected Unix sockets and an epoll instance, by bare system calls. */
final class Wire implements AutoCloseable {

    static final int IN_EDGE = Abi.value("EPOLLIN") | Abi.value("EPOLLET");
    static final int ADD = Abi.value("EPOLL_CTL_ADD");
    static final int MOD = Abi.value("EPOLL_CTL_MOD");
    static final int DEL = Abi.value("EPOLL_CTL_DEL");

    private static final int EVENT_SIZE = Abi.value("sizeof(struct epoll_event)");
    private static final int DATA_OFFSET = Abi.value("offsetof(struct epoll_event,data)");

    final SystemCalls calls = SystemCalls.installed();
    final int a;
    final int b;
    final int epoll;

    Wire() {
        int[] pair = new int[2];
        int type = Abi.value("SOCK_STREAM") | Abi.value("SOCK_NONBLOCK") | Abi.value("SOCK_CLOEXEC");
        assertThat(calls.socketPair(Abi.value("AF_UNIX"), type, 0, MemorySegment.ofArray(pair)))
                .isZero();
        a = pair[0];
        b = pair[1];
        epoll = calls.epollCreate(Abi.value("EPOLL_CLOEXEC"));
        assertThat(epoll).isPositive();
    }

    static MemorySegment buffer(int bytes) {
        return MemorySegment.ofArray(new byte[bytes]);
    }

    long send(String text) {
        return calls.send(a, MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    long recv(int maxBytes) {
        return calls.recv(b, buffer(maxBytes), 0);
    }

    int watch(int operation, int events, long data) {
        return calls.epollControl(epoll, operation, b, events, data);
    }

    /** The data of the one event that is there now, or -1. */
    long event() {
        MemorySegment event = buffer(EVENT_SIZE);
        int n = calls.epollWait(epoll, event, 0);
        return n == 1 ? event.get(ValueLayout.JAVA_LONG_UNALIGNED, DATA_OFFSET) : -1;
    }

    @Override
    public void close() {
        SystemCalls.LIBC.close(a);
        SystemCalls.LIBC.close(b);
        SystemCalls.LIBC.close(epoll);
    }
}
