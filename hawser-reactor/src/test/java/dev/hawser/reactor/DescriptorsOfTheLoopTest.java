package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.select.Fd;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers and writers: descriptors of the program that the loop looks after. */
@ParameterizedClass
@EnumSource(BackendKind.class)
class DescriptorsOfTheLoopTest {

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private final List<String> made = new ArrayList<>();

    private Runnable note(String what) {
        return () -> made.add(what);
    }

    @Test
    void aReaderIsCalledInEachTurnUntilItHasRead() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            reactor.addReader(pair.first(), note("read"));
            reactor.iterate(Duration.ZERO);
            assertThat(made).isEmpty();
            pair.second().send(new byte[] {7});
            reactor.iterate(null);
            reactor.iterate(null);
            assertThat(made).containsExactly("read", "read");
            assertThat(pair.first().recv(10)).containsExactly(7);
            reactor.iterate(Duration.ZERO);
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void aDescriptorHasAReaderAndAWriterOfItsOwn() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            pair.second().send(new byte[1]);
            reactor.addReader(pair.first(), note("read"));
            reactor.addWriter(pair.first(), note("write"));
            reactor.iterate(null);
            assertThat(made).containsExactlyInAnyOrder("read", "write");
            reactor.removeWriter(pair.first());
            reactor.iterate(null);
            assertThat(made).hasSize(3).last().isEqualTo("read");
            reactor.removeReader(pair.first());
            reactor.iterate(Duration.ZERO);
            assertThat(made).hasSize(3);
        }
    }

    @Test
    void aSecondReaderTakesThePlaceOfTheFirst() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            pair.second().send(new byte[1]);
            reactor.addReader(pair.first(), note("first"));
            reactor.addReader(pair.first(), note("second"));
            reactor.iterate(null);
            assertThat(made).containsExactly("second");
        }
    }

    @Test
    void aHandlerMayRemoveItselfAndOthers() throws IOException {
        try (SocketPair one = Sockets.socketPair();
                SocketPair other = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            one.second().send(new byte[1]);
            other.second().send(new byte[1]);
            for (Socket each : List.of(one.first(), other.first())) {
                reactor.addWriter(each, note("never, for the reader comes first"));
                reactor.addReader(each, () -> {
                    made.add("read");
                    for (Socket all : List.of(one.first(), other.first())) {
                        reactor.removeReader(all);
                        reactor.removeWriter(all);
                    }
                });
            }
            reactor.iterate(null);
            reactor.iterate(Duration.ZERO);
            assertThat(made).containsExactly("read");
        }
    }

    @Test
    void aReaderThatThrowsIsReportedAndRemovedAndTheWriterGoesOn() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            pair.second().send(new byte[1]);
            reactor.addReader(pair.first(), () -> {
                throw new IllegalStateException("of the test");
            });
            reactor.addWriter(pair.first(), note("write"));
            reactor.iterate(null);
            reactor.iterate(null);
            assertThat(made).containsExactly("write", "write");
            assertThat(log.at(Level.SEVERE)).hasSize(1);
            assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessage("of the test");
        }
    }

    @Test
    void aNumberAloneIsADescriptor() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            pair.second().send(new byte[1]);
            reactor.addReader(Fd.of(pair.first().fileno()), note("read"));
            reactor.iterate(null);
            reactor.removeReader(Fd.of(pair.first().fileno()));
            reactor.iterate(Duration.ZERO);
            assertThat(made).containsExactly("read");
        }
    }

    @Test
    void theEndOfThePeerIsToldToAReader() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            reactor.addReader(pair.first(), note("read"));
            pair.second().close();
            reactor.iterate(null);
            assertThat(made).containsExactly("read");
            assertThat(pair.first().recv(1)).isEmpty();
        }
    }

    @Test
    void aClosedSocketIsRefused() throws IOException {
        try (SocketPair pair = Sockets.socketPair();
                Reactor reactor = Reactor.open(kind)) {
            pair.first().close();
            assertThatThrownBy(() -> reactor.addReader(pair.first(), note("never")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("closed");
            reactor.removeReader(pair.first());
        }
    }

    @Test
    void aSocketThatIsClosedWithoutBeingRemovedIsCalledNoMore() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            for (int i = 0; i < 200; i++) {
                try (SocketPair pair = Sockets.socketPair()) {
                    pair.second().send(new byte[1]);
                    reactor.addReader(pair.first(), note("read"));
                }
                reactor.iterate(Duration.ZERO);
            }
            assertThat(made).isEmpty();
            try (SocketPair pair = Sockets.socketPair()) {
                reactor.addReader(pair.first(), note("never"));
                pair.first().close();
                assertThatCode(() -> reactor.removeReader(pair.first())).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aRegularFileIsRefusedByEpollAndAlwaysReadyElsewhere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("file");
        try (OpenFile open = OpenFile.create(file);
                Reactor reactor = Reactor.open(kind)) {
            if (kind == BackendKind.EPOLL) {
                assertThatThrownBy(() -> reactor.addReader(open, note("never")))
                        .isInstanceOfSatisfying(
                                SocketError.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
                reactor.removeReader(open);
            } else {
                reactor.addReader(open, note("read"));
                reactor.iterate(null);
                assertThat(made).containsExactly("read");
                reactor.removeReader(open);
            }
        }
    }

    @Test
    void readersAreForgottenWhenTheReactorIsClosed() throws IOException {
        try (SocketPair pair = Sockets.socketPair()) {
            Reactor reactor = Reactor.open(kind);
            reactor.addReader(pair.first(), note("never"));
            reactor.close();
            reactor.removeReader(pair.first());
            assertThatThrownBy(() -> reactor.addReader(pair.first(), note("never")))
                    .isInstanceOf(IllegalStateException.class);
            try (Reactor other = Reactor.open(kind)) {
                pair.second().send(new byte[1]);
                other.addReader(pair.first(), note("read"));
                other.iterate(null);
                assertThat(made).containsExactly("read");
            }
        }
    }
}
