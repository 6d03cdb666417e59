package dev.hawser.select;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.concurrency.Opened;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A set that somebody else has opened. */
class EpollAdoptionTest {

    @AutoClose
    private final Opened opened = new Opened();

    @Test
    void anAdoptedSetTellsAndIsClosedWithItsNumber() throws IOException {
        int number = SystemCalls.LIBC.epollCreate(SelectConstants.EPOLL_CLOEXEC);
        Socket writable = opened.pair(SOCK_STREAM).first();
        Epoll adopted = Epoll.adopt(number);
        assertThat(adopted.fileno()).isEqualTo(number);

        adopted.register(writable, SelectConstants.EPOLLOUT);
        assertThat(adopted.poll(null)).containsExactly(new ReadyFd(writable.fileno(), SelectConstants.EPOLLOUT));

        adopted.close();
        assertThat(SystemCalls.LIBC.fcntl(number, Abi.value("F_GETFD"), 0)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void anAdoptedSetThatItsOpenerClosesIsNotOpen() throws IOException {
        int number = SystemCalls.LIBC.epollCreate(SelectConstants.EPOLL_CLOEXEC);
        try (Epoll adopted = Epoll.adopt(number)) {
            SystemCalls.LIBC.close(number);
            assertThatExceptionOfType(SocketFailedException.class)
                    .isThrownBy(() -> adopted.poll(Duration.ZERO))
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
        }
    }

    @Test
    void whatIsNoSetIsNotTaken() throws IOException {
        Socket socket = opened.pair(SOCK_STREAM).first();
        assertThatExceptionOfType(SocketFailedException.class)
                .isThrownBy(() -> Epoll.adopt(socket.fileno()))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("adopt"));
        assertThat(socket.getSockName()).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Epoll.adopt(-1));
    }
}
