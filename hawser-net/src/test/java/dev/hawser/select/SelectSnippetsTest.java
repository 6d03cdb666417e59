package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.EPOLLRDHUP;
import static dev.hawser.select.SelectConstants.POLLIN;
import static dev.hawser.select.SelectConstants.POLLOUT;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the Javadoc. */
@Timeout(30)
class SelectSnippetsTest {

    @AutoClose
    private final SocketPair pair;

    private final Socket first;
    private final Socket second;

    SelectSnippetsTest() throws IOException {
        pair = Sockets.socketPair(AF_UNIX, SOCK_STREAM, 0);
        first = pair.first();
        second = pair.second();
    }

    @BeforeEach
    void send() throws IOException {
        second.sendAll("hello".getBytes(US_ASCII));
    }

    @Test
    void select() throws IOException {
        // @start region="select"
        Select.Ready<Socket> ready =
                Select.select(List.of(first, second), List.of(), List.of(), Duration.ofMillis(500));
        for (Socket socket : ready.readers()) {
            System.out.println(new String(socket.recv(100), US_ASCII));
        }
        // @end
        assertThat(ready.readers()).containsExactly(first);
        assertThat(ready.isEmpty()).isFalse();
    }

    @Test
    void poll() throws IOException {
        // @start region="poll"
        Poll poll = new Poll();
        poll.register(first, POLLIN);
        poll.register(second, POLLIN | POLLOUT);
        for (ReadyFd ready : poll.poll(Duration.ofMillis(500))) {
            if ((ready.events() & POLLIN) != 0) {
                System.out.println("descriptor " + ready.fd() + " can be read");
            }
        }
        // @end
        assertThat(poll.poll(Duration.ZERO))
                .containsExactly(new ReadyFd(first.fileno(), POLLIN), new ReadyFd(second.fileno(), POLLOUT));
    }

    @Test
    void epoll() throws IOException {
        // @start region="epoll"
        try (Epoll epoll = new Epoll()) {
            epoll.register(first, EPOLLIN | EPOLLRDHUP);
            for (ReadyFd ready : epoll.poll(Duration.ofMillis(500))) {
                if (ready.fd() == first.fileno() && (ready.events() & EPOLLIN) != 0) {
                    System.out.println(new String(first.recv(100), US_ASCII));
                }
            }
        }
        // @end
        second.close();
        try (Epoll epoll = new Epoll()) {
            epoll.register(first, EPOLLIN | EPOLLRDHUP);
            assertThat(epoll.poll(null).getFirst().events() & EPOLLRDHUP).isNotZero();
        }
    }
}
