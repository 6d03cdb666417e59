package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose a path is: taken over from the dead, never from the living, and removed by its owner alone. */
@Timeout(60)
class UnixPathTest {

    @TempDir
    Path directory;

    private Path path;
    private SockaddrUn address;

    enum Kind {
        STREAM(Constants.SOCK_STREAM),
        DATAGRAM(Constants.SOCK_DGRAM);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        BaseServer<?> open(SockaddrUn address) throws IOException {
            return this == STREAM
                    ? new UnixStreamServer(address, Answers.OfStream.class)
                    : new UnixDatagramServer(address, Answers.OfDatagram.class);
        }
    }

    @BeforeEach
    void chooseAPath() {
        path = directory.resolve("server.sock");
        address = SockaddrUn.of(path);
    }

    /** What is left of a server that was killed. */
    private void leaveBehind(int type) throws IOException {
        try (Socket dead = new Socket(Constants.AF_UNIX, type)) {
            dead.bind(address);
        }
        assertThat(exists()).isTrue();
    }

    private boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatADeadServerHasLeftIsTakenOver(Kind kind) throws Exception {
        for (int type : new int[] {Constants.SOCK_STREAM, Constants.SOCK_DGRAM, Constants.SOCK_SEQPACKET}) {
            leaveBehind(type);

            try (BaseServer<?> server = kind.open(address);
                    Socket client = new Socket(Constants.AF_UNIX, kind.type)) {
                client.connect(server.serverAddress());
            }

            assertThat(exists()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatALiveServerHasStaysItsOwn(Kind kind) throws Exception {
        for (Kind live : Kind.values()) {
            try (BaseServer<?> server = live.open(address);
                    Socket client = new Socket(Constants.AF_UNIX, live.type)) {
                assertThatThrownBy(() -> kind.open(address))
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("EADDRINUSE")
                        .hasMessageContaining(
                                live == Kind.STREAM ? "a server of connections" : "a server of datagrams");

                client.connect(server.serverAddress());
            }
        }
    }

    @Test
    void aLiveServerDoesNotNoticeThatSomebodyAsks() throws Exception {
        try (BaseServer<?> server = Kind.STREAM.open(address)) {
            assertThatThrownBy(() -> Kind.STREAM.open(address)).isInstanceOf(BindException.class);

            assertThat(server.socket().acceptNow()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatIsBoundAndDoesNotListenYetIsALiveOne(Kind kind) throws Exception {
        try (UnixStreamServer starting =
                new UnixStreamServer(address, RequestHandler.of(Answers.OfStream.class), false)) {
            starting.serverBind();

            assertThatThrownBy(() -> kind.open(address)).isInstanceOf(BindException.class);

            starting.serverActivate();
            assertThat(ServerKind.UNIX_STREAM.client(address)).satisfies(Socket::close);
        }
    }

    @Test
    void aDatagramServerThatTalksToOneAloneIsALiveOne() throws Exception {
        try (Socket live = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);
                Socket friend = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            friend.bind(SockaddrUn.UNNAMED);
            live.bind(address);
            live.connect(friend.getSockName());

            assertThatThrownBy(() -> Kind.DATAGRAM.open(address))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("cannot be told");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsNoSocketIsLeftAlone(Kind kind) throws Exception {
        Files.writeString(path, "precious");

        assertThatThrownBy(() -> kind.open(address))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("no socket");

        assertThat(path).hasContent("precious");
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.resolve("nothing"));
        assertThatThrownBy(() -> kind.open(SockaddrUn.of(link))).isInstanceOf(BindException.class);
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofServersThatStartAtATimeOneHasThePath(Kind kind) throws Exception {
        for (int round = 0; round < 30; round++) {
            leaveBehind(kind.type);
            CountDownLatch go = new CountDownLatch(1);
            List<Tasks<BaseServer<?>>> starting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starting.add(Tasks.start(() -> {
                    go.await();
                    return kind.open(address);
                }));
            }
            go.countDown();
            List<BaseServer<?>> started = new ArrayList<>();
            for (Tasks<BaseServer<?>> each : starting) {
                try {
                    started.add(each.result());
                } catch (BindException e) {
                    // It has come second.
                }
            }

            assertThat(started).hasSize(1);
            try (Socket client = new Socket(Constants.AF_UNIX, kind.type)) {
                client.connect(address);
            }
            started.getFirst().close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatIsAnothersByNowIsNotRemoved(Kind kind) throws Exception {
        BaseServer<?> server = kind.open(address);
        Files.delete(path);
        try (BaseServer<?> successor = kind.open(address)) {
            server.serverClose();
            server.serverClose();

            assertThat(exists()).isTrue();
            assertThat(successor.serverAddress()).isEqualTo(address);
        }
        assertThat(exists()).isFalse();
    }

    @Test
    void aSecondCloseLeavesTheSuccessorsPathAlone() throws Exception {
        BaseServer<?> server = Kind.STREAM.open(address);
        server.serverClose();
        try (BaseServer<?> successor = Kind.STREAM.open(address)) {
            server.serverClose();

            assertThat(exists()).isTrue();
            assertThat(successor.fileno()).isNotNegative();
        }
    }

    @Test
    void aPathWhoseModeWasChangedIsStillItsServers() throws Exception {
        try (BaseServer<?> server = Kind.STREAM.open(address)) {
            Files.setPosixFilePermissions(path, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            assertThat(server.fileno()).isNotNegative();
        }
        assertThat(exists()).isFalse();
    }

    @Test
    void aNameThatIsNoTextIsServedAndLeftBehind() throws Exception {
        byte[] name = (directory + "/x").getBytes(StandardCharsets.UTF_8);
        name[name.length - 1] = (byte) 0xff;
        SockaddrUn odd = new SockaddrUn(name);

        try (BaseServer<?> server = Kind.STREAM.open(odd)) {
            assertThat(ServerKind.UNIX_STREAM.client(odd)).satisfies(Socket::close);
            assertThat(server.serverAddress()).isEqualTo(odd);
        }

        assertThatThrownBy(() -> Kind.STREAM.open(odd)).isInstanceOf(BindException.class);
    }

    @Test
    void theUnnamedAddressHasTheKernelChooseAName() throws Exception {
        try (BaseServer<?> server = Kind.STREAM.open(SockaddrUn.UNNAMED)) {
            assertThat(((SockaddrUn) server.serverAddress()).isAbstract()).isTrue();
        }
    }
}
