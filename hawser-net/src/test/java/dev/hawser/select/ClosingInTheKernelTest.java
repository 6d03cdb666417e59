package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.ThreadKind;
import java.nio.channels.ClosedSelectorException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A socket is closed while a thread is about to enter the kernel with its number, and another ends its registration: the number
 * is not given back before the thread has come out again, which would find it closed, or another's.
 */
@Timeout(60)
class ClosingInTheKernelTest {

    /** What ends the registration, and whether the select goes on after that. */
    private enum Ending {
        UNREGISTER,
        CLOSE
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "SELECT"})
    void afterUnregisterInAnotherThread(Backend backend) throws Exception {
        assertNumberIsKept(backend, Ending.UNREGISTER);
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "SELECT"})
    void afterCloseOfTheSelectorInAnotherThread(Backend backend) throws Exception {
        assertNumberIsKept(backend, Ending.CLOSE);
    }

    private static void assertNumberIsKept(Backend backend, Ending how) throws Exception {
        try (HeldUp calls = new HeldUp();
                SocketPair pair = Sockets.socketPair();
                Selector selector = backend.open();
                AutoCloseable first = calls::letGo) {
            assertThat(first).isNotNull();
            Socket socket = pair.first();
            int number = selector.register(socket, EVENT_READ).fd();
            InThread<List<ReadyKey>> selecting = start(() -> selector.select(null));
            calls.awaitInside();

            InThread<String> ending = start(() -> end(selector, socket, how));
            ending.awaitState(Thread.State.WAITING);
            InThread<String> closing = start(() -> {
                socket.close();
                return "closed";
            });
            closing.awaitState(Thread.State.WAITING);
            assertThat(calls.closed()).doesNotContain(number);

            calls.letGo();
            assertThat(closing.result()).isEqualTo("closed");
            assertThat(ending.result()).isEqualTo("ended");
            assertThat(calls.closed()).contains(number);
            if (how == Ending.CLOSE) {
                assertThat(selecting.failure()).isInstanceOf(ClosedSelectorException.class);
            } else {
                selector.wakeUp();
                assertThat(selecting.result()).isEmpty();
            }
        }
    }

    private static String end(Selector selector, Socket socket, Ending how) throws Exception {
        if (how == Ending.CLOSE) {
            selector.close();
        } else {
            selector.unregister(socket);
        }
        return "ended";
    }

    private static <T> InThread<T> start(Callable<T> call) {
        return InThread.start(ThreadKind.PLATFORM, call);
    }
}
