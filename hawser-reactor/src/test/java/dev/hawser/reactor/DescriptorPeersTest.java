package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptors passed to real peers and by them, and a process that has no room for one. */
@Timeout(60)
@RequiresProgram("python3")
class DescriptorPeersTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Passes files that hold 1, 2, 3, then reads two that are passed to it. */
    private static final String CPYTHON = """
            import os, socket, sys, tempfile
            def file(text):
                made = tempfile.TemporaryFile(); made.write(text); made.flush(); made.seek(0); return made
            with socket.socket(socket.AF_UNIX) as client:
                client.connect('\\0' + sys.argv[1])
                files = [file(b'1'), file(b'2'), file(b'3')]
                socket.send_fds(client, [b'first'], [f.fileno() for f in files[:2]])
                socket.send_fds(client, [b'second'], [files[2].fileno()])
                assert client.recv(13) == b'seen 12 first'
                data, fds, flags, address = socket.recv_fds(client, 100, 10)
                print(data.decode(), *[os.pread(fd, 100, 0).decode() for fd in fds], flush=True)
                client.recv(1)
            """;

    /** The same as a protocol of Twisted's. */
    private static final String TWISTED = """
            import os, sys, tempfile
            from zope.interface import implementer
            from twisted.internet import endpoints, interfaces, protocol, reactor
            def file(text):
                made = tempfile.TemporaryFile(); made.write(text); made.flush(); made.seek(0); return made
            @implementer(interfaces.IFileDescriptorReceiver)
            class Passing(protocol.Protocol):
                fds = []
                def connectionMade(self):
                    files = [file(b'1'), file(b'2'), file(b'3')]
                    for each in files[:2]:
                        self.transport.sendFileDescriptor(each.fileno())
                    self.transport.write(b'first')
                    self.transport.sendFileDescriptor(files[2].fileno())
                    self.transport.write(b'second')
                    self.files = files
                def fileDescriptorReceived(self, fd):
                    self.fds.append(fd)
                def dataReceived(self, data):
                    if self.fds:
                        print(data.decode(), *[os.pread(fd, 100, 0).decode() for fd in self.fds], flush=True)
                def connectionLost(self, reason):
                    reactor.stop()
            reactor.connectUNIX('\\0' + sys.argv[1], protocol.ClientFactory.forProtocol(Passing))
            reactor.run()
            """;

    @TempDir
    private Path directory;

    /** Tells what the files hold that were passed, and passes two of its own. */
    private static final class Exchanging extends Protocol implements FileDescriptorReceiver {

        private final List<HasFileno> own;
        private final StringBuilder held = new StringBuilder();
        private final StringBuilder said = new StringBuilder();

        Exchanging(List<HasFileno> own) {
            this.own = own;
        }

        @Override
        public void fileDescriptorsReceived(PassedDescriptors descriptors) {
            for (int each : descriptors.takeAll()) {
                try (OpenFile file = new OpenFile(each)) {
                    held.append(Files.readString(Path.of("/proc/self/fd/" + file.fileno())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            said.append(US_ASCII.decode(data));
            if (said.toString().equals("first")) {
                transport().write(("seen " + held + " " + said).getBytes(US_ASCII));
            } else if (said.toString().equals("firstsecond")) {
                try {
                    for (HasFileno each : own) {
                        transport().sendFileDescriptor(each);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                transport().write(("all " + held).getBytes(US_ASCII));
            }
        }
    }

    private OpenFile file(String text) throws IOException {
        return OpenFile.create(Files.writeString(directory.resolve(text), text));
    }

    private void exchange(BackendKind kind, String script) throws Exception {
        String name = "hawser-descriptors-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
        try (OpenFile eight = file("eight");
                OpenFile nine = file("nine");
                RunningReactor running = RunningReactor.open(kind)) {
            running.call(() -> running.reactor()
                    .listenUnix(
                            SockaddrUn.ofAbstract(name),
                            Factory.of(() -> new Exchanging(List.of(eight, nine))),
                            ListenOptions.DEFAULT));
            try (Peer peer = Peers.python(script, name)) {
                assertThat(peer.readLine()).isEqualTo("all 123 eight nine");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void descriptorsPassToCPythonAndBack(BackendKind kind) throws Exception {
        exchange(kind, CPYTHON);
    }

    @ParameterizedTest
    @EnumSource
    void descriptorsPassToTwistedAndBack(BackendKind kind) throws Exception {
        Peers.requirePythonModule("twisted");
        exchange(kind, TWISTED);
    }

    @Test
    @RequiresProgram("prlimit")
    void whatAProcessWithoutRoomLosesIsTold() throws Exception {
        List<String> command = new ArrayList<>(List.of("--nofile=100"));
        command.addAll(TestJvm.command(DescriptorShortageProgram.class));
        try (Peer program = Peers.start("prlimit", command.toArray(String[]::new))) {
            assertThat(program.readLines())
                    .containsExactly(
                            "lost some",
                            "got 1",
                            "data",
                            "the end: closed by both sides",
                            "the end: fileDescriptorsReceived has thrown ");
        }
    }
}
