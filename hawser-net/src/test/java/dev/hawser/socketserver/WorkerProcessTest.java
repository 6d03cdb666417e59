package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server's process makes of a worker that says anything, or nothing: the process is no JVM here. */
@Timeout(30)
class WorkerProcessTest {

    @AutoClose
    private final CapturedLog log = new CapturedLog("dev.hawser.socketserver");

    private static final String SLEEPS = "exec sleep 1000";

    /** A process, and the test in its place at the other end of its connection. */
    private static final class Puppet implements WorkerProcess.Owner<Socket>, Closeable {

        final WorkerStory<Socket> story = new WorkerStory<>();
        final SocketPair pair = Sockets.socketPair(Constants.AF_UNIX, Constants.SOCK_SEQPACKET, 0);
        final WorkerProcess<Socket> worker;
        volatile boolean reaped;

        /** What the puppet does when it was heard to be ready. */
        Runnable onReady = () -> {};

        Puppet(String script) throws IOException {
            worker = new WorkerProcess<>(new ProcessBuilder("sh", "-c", script).start(), this, story);
        }

        static Puppet connected() throws IOException {
            Puppet puppet = new Puppet(SLEEPS);
            assertThat(puppet.worker.connected(puppet.pair.first())).isTrue();
            puppet.live();
            return puppet;
        }

        void live() {
            Thread.ofVirtual().start(worker::live);
        }

        WorkerMessage hear() throws IOException {
            byte[] packet = pair.second().recv(1000);
            return WorkerMessage.decode(packet, packet.length);
        }

        void say(WorkerMessage message) throws IOException {
            pair.second().sendAll(message.encode());
        }

        @Override
        public WorkerMessage.Welcome welcome() {
            return new WorkerMessage.Welcome(Sockaddr.parse("127.0.0.1:80"), false, 0);
        }

        @Override
        public @Nullable Socket shared() {
            return null;
        }

        @Override
        public void started() {
            onReady.run();
        }

        @Override
        public void reaped(WorkerProcess<Socket> of) {
            reaped = of == worker;
        }

        @Override
        public void close() throws IOException {
            worker.kill();
            pair.close();
        }
    }

    @Test
    void aWorkerThatEndsBeforeItConnectsHasEnded() throws Exception {
        try (Puppet puppet = new Puppet("exit 3")) {
            puppet.live();
            assertThat(puppet.story.next()).isEqualTo("ended 3");
            assertThat(puppet.reaped).isTrue();
            assertThat(puppet.worker.connected(puppet.pair.first())).isFalse();
        }
    }

    @Test
    void itIsToldOfTheServerFirstAndGetsNothingBeforeThat() throws Exception {
        try (Puppet puppet = new Puppet(SLEEPS);
                SocketPair client = Sockets.socketPair()) {
            assertThat(puppet.worker.give(client.first(), SockaddrUn.UNNAMED)).isFalse();
            puppet.worker.connected(puppet.pair.first());
            puppet.live();
            assertThat(puppet.hear()).isEqualTo(puppet.welcome());
            puppet.say(new WorkerMessage.Ready());
            assertThat(puppet.story.next()).isEqualTo("ready");
            assertThat(puppet.worker.give(client.first(), SockaddrUn.UNNAMED)).isTrue();
            assertThat(puppet.hear()).isInstanceOf(WorkerMessage.Request.class);
        }
    }

    @Test
    void oneThatWasRetiredEarlyIsToldWhenItConnects() throws Exception {
        try (Puppet puppet = new Puppet(SLEEPS)) {
            puppet.worker.retire();
            puppet.worker.connected(puppet.pair.first());
            puppet.live();
            assertThat(puppet.hear()).isEqualTo(puppet.welcome());
            assertThat(puppet.hear()).isEqualTo(new WorkerMessage.Retire());
        }
    }

    @Test
    void whatHasMadeItUnfitIsTold() throws Exception {
        try (Puppet puppet = Puppet.connected()) {
            puppet.say(new WorkerMessage.Unfit("no such class", "at x"));
            assertThat(puppet.story.next()).isEqualTo("leaving no such class");
            assertThat(puppet.story.failure().remoteStackTrace()).isEqualTo("at x");
            puppet.hear();
            puppet.pair.second().close();
            assertThat(puppet.story.next()).isEqualTo("ended 137");
        }
    }

    @Test
    void oneThatClosesItsConnectionIsKilled() throws Exception {
        try (Puppet puppet = Puppet.connected()) {
            puppet.say(new WorkerMessage.Ready());
            assertThat(puppet.story.next()).isEqualTo("ready");
            puppet.hear();
            puppet.pair.second().close();
            assertThat(puppet.story.next()).isEqualTo("ended 137");
        }
    }

    @Test
    void whatItHasSaidIsHeardAlsoWhenItHasGoneWithoutHearingAll() throws Exception {
        try (Puppet puppet = new Puppet(SLEEPS);
                SocketPair client = Sockets.socketPair()) {
            puppet.say(new WorkerMessage.Ready());
            puppet.say(new WorkerMessage.Done(true));
            puppet.onReady = () -> {
                // A message to it that it never reads: the kernel then answers the next call with ECONNRESET.
                assertThatNoException().isThrownBy(() -> puppet.worker.give(client.first(), SockaddrUn.UNNAMED));
                ServerLog.close(puppet.pair.second());
            };
            puppet.worker.connected(puppet.pair.first());
            puppet.live();
            assertThat(puppet.story.next()).isEqualTo("ready");
            assertThat(puppet.story.next()).isEqualTo("leaving");
            assertThat(puppet.story.next()).isEqualTo("done");
            assertThat(puppet.story.next()).isEqualTo("ended 137");
        }
    }

    @Test
    void noRequestIsGivenToOneThatHasGone() throws Exception {
        try (Puppet puppet = Puppet.connected();
                SocketPair client = Sockets.socketPair()) {
            puppet.say(new WorkerMessage.Ready());
            assertThat(puppet.story.next()).isEqualTo("ready");
            puppet.worker.kill();
            puppet.pair.second().close();
            assertThat(puppet.worker.give(client.first(), SockaddrUn.UNNAMED)).isFalse();
            assertThat(puppet.story.next()).isEqualTo("ended 137");
            assertThat(puppet.worker.give(client.first(), SockaddrUn.UNNAMED)).isFalse();
            puppet.worker.retire();
        }
    }

    @Test
    void oneThatAnswersMoreThanItWasAskedIsKilledAndReported() throws Exception {
        try (Puppet puppet = Puppet.connected();
                SocketPair client = Sockets.socketPair()) {
            puppet.say(new WorkerMessage.Ready());
            assertThat(puppet.story.next()).isEqualTo("ready");
            assertThat(puppet.worker.give(client.first(), SockaddrUn.UNNAMED)).isTrue();
            puppet.say(new WorkerMessage.Done(false));
            assertThat(puppet.story.next()).isEqualTo("done");
            puppet.say(new WorkerMessage.Done(false));
            assertThat(puppet.story.next()).isEqualTo("ended 137");
            assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessageContaining("the answer to no request");
        }
    }

    @Test
    void oneThatTalksNonsenseIsKilledAndReported() throws Exception {
        byte[] tooLong = new byte[WorkerMessage.MAX_ANSWER_BYTES + 1];
        byte[] early = new WorkerMessage.Done(false).encode();
        for (byte[] nonsense :
                List.of("nonsense".getBytes(java.nio.charset.StandardCharsets.US_ASCII), tooLong, early)) {
            log.records().clear();
            try (Puppet puppet = Puppet.connected()) {
                puppet.pair.second().sendAll(nonsense);
                assertThat(puppet.story.next()).isEqualTo("ended 137");
                assertThat(log.at(Level.SEVERE))
                        .singleElement()
                        .satisfies(report -> assertThat(report.getThrown()).isInstanceOf(ProtocolException.class));
            }
        }
    }
}
