package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.RequiresProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Child processes of a reactor. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(120)
class ProcessTest {

    private static final int MUCH = 10 * 1024 * 1024;

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private RunningReactor running;

    /** By which a child tells that it has written. */
    @TempDir
    Path fifos;

    private String fifo;

    @BeforeEach
    void run() throws Exception {
        fifo = fifos.resolve("fifo").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        running = RunningReactor.open(kind);
    }

    @AfterEach
    void end() throws Exception {
        running.close();
    }

    private ProcessTransport spawn(ProcessProtocol protocol, ProcessOptions options) throws Exception {
        return running.call(() -> running.reactor().spawnProcess(protocol, options));
    }

    private ProcessTransport shell(ProcessProtocol protocol, String script) throws Exception {
        return spawn(protocol, ProcessOptions.of("sh", "-c", script));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aProcessIsWrittenToAndRead() throws Exception {
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        assertThat(ProcessHandle.of(transport.pid())).isPresent();
        running.run(() -> {
            transport.write(utf8("hello "));
            transport.write(ByteBuffer.wrap(utf8("world")));
            transport.closeStdin();
            transport.write(utf8("too late"));
        });
        assertThat(cat.awaitEnd()).isZero();
        assertThat(cat.out()).isEqualTo("hello world");
        assertThat(cat.events)
                .startsWith("made", "in")
                .contains("out", "err", "exited 0")
                .endsWith("ended 0");
    }

    @Test
    void outputAndErrorsAreToldApart() throws Exception {
        RecordedProcess both = new RecordedProcess();
        shell(both, "for i in 1 2 3; do echo out $i; echo err $i >&2; done; exit 7");
        assertThat(both.awaitEnd()).isEqualTo(7);
        assertThat(both.out()).isEqualTo("out 1\nout 2\nout 3\n");
        assertThat(both.err()).isEqualTo("err 1\nerr 2\nerr 3\n");
        assertThat(new ExitStatus(7).isSuccess()).isFalse();
    }

    @Test
    void allThatAProcessWroteComesBeforeItHasEnded() throws Exception {
        RecordedProcess prolific = new RecordedProcess();
        shell(prolific, "head -c 1000000 /dev/zero; exit 3");
        assertThat(prolific.awaitEnd()).isEqualTo(3);
        assertThat(prolific.outBytes()).hasSize(1_000_000);
        assertThat(prolific.events).endsWith("ended 3");
    }

    @Test
    void muchGoesThroughAProcess() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(7).nextBytes(much);
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        running.run(() -> {
            transport.write(much);
            transport.closeStdin();
        });
        assertThat(cat.awaitEnd()).isZero();
        assertThat(cat.outBytes()).isEqualTo(much);
    }

    /** Writes pieces as long as it is not paused. */
    private static final class Pieces implements PushProducer {

        private final ProcessTransport to;
        private int left = MUCH / 1024;
        private int pauses;
        private boolean paused;
        private boolean stopped;

        Pieces(ProcessTransport to) {
            this.to = to;
        }

        @Override
        public void resumeProducing() {
            paused = false;
            while (!paused && left > 0) {
                left--;
                to.write(new byte[1024]);
            }
            if (left == 0) {
                to.unregisterProducer();
            }
        }

        @Override
        public void pauseProducing() {
            pauses++;
            paused = true;
        }

        @Override
        public void stopProducing() {
            stopped = true;
        }
    }

    @Test
    void aProducerIsPausedWhileTheProcessDoesNotRead() throws Exception {
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        Pieces pieces = new Pieces(transport);
        running.run(() -> {
            transport.registerProducer(pieces);
            pieces.resumeProducing();
            assertThat(transport.bufferedBytes()).isLessThan(256 * 1024);
            transport.closeStdin();
        });
        assertThat(cat.awaitEnd()).isZero();
        assertThat(cat.outBytes()).hasSize(MUCH);
        assertThat(pieces.pauses).isPositive();
        assertThat(pieces.stopped).isFalse();
    }

    @Test
    void aProcessThatIsPausedIsNotRead() throws Exception {
        RecordedProcess prolific = new RecordedProcess() {
            @Override
            public void connectionMade() {
                transport().pauseProducing();
            }
        };
        ProcessTransport transport = shell(prolific, "head -c 1000000 /dev/zero");
        running.awaitTurns(3);
        assertThat(prolific.outBytes()).isEmpty();
        running.run(transport::resumeProducing);
        assertThat(prolific.awaitEnd()).isZero();
        assertThat(prolific.outBytes()).hasSize(1_000_000);
    }

    @Test
    void aProcessThatReadsNoMoreIsTold() throws Exception {
        RecordedProcess deaf = new RecordedProcess();
        ProcessTransport transport = shell(deaf, "exec <&-; echo deaf; exec sleep 60");
        eventually().untilAsserted(() -> assertThat(deaf.events).contains("in"));
        Pieces pieces = new Pieces(transport);
        running.run(() -> {
            transport.write(new byte[MUCH]);
            transport.registerProducer(pieces);
            transport.signalProcess("KILL");
        });
        assertThat(deaf.awaitEnd()).isEqualTo(128 + 9);
        assertThat(pieces.stopped).isTrue();
        assertThat(deaf.events).containsOnlyOnce("in");
    }

    @Test
    void aProcessThatClosesItsOutputLivesOn() throws Exception {
        RecordedProcess silent = new RecordedProcess();
        ProcessTransport transport = shell(silent, "exec >&-; echo still here >&2; read line; echo $line >&2");
        eventually().untilAsserted(() -> assertThat(silent.events).contains("out"));
        running.run(() -> transport.write(utf8("heard\n")));
        assertThat(silent.awaitEnd()).isZero();
        assertThat(silent.err()).isEqualTo("still here\nheard\n");
    }

    @Test
    void aProcessIsEndedByASignal() throws Exception {
        for (String signal : List.of("TERM", "KILL", "HUP")) {
            RecordedProcess sleeper = new RecordedProcess();
            ProcessTransport transport = spawn(sleeper, ProcessOptions.of("sleep", "60"));
            running.run(() -> transport.signalProcess(signal));
            assertThat(sleeper.awaitEnd()).isEqualTo(128 + Processes.signal(signal));
            assertThatThrownBy(() -> running.run(() -> transport.signalProcess(signal)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has exited");
        }
    }

    @Test
    void aSignalIsCaughtByTheProcess() throws Exception {
        RecordedProcess trapper = new RecordedProcess();
        ProcessTransport transport =
                shell(trapper, "trap 'echo caught; exit 5' USR1; echo ready; while :; do sleep 0.01; done");
        eventually().untilAsserted(() -> assertThat(trapper.out()).isEqualTo("ready\n"));
        running.run(() -> transport.signalProcess("USR1"));
        assertThat(trapper.awaitEnd()).isEqualTo(5);
        assertThat(trapper.out()).endsWith("caught\n");
    }

    @Test
    void whatIsNoSignalIsRefused() throws Exception {
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        assertThatThrownBy(() -> running.run(() -> transport.signalProcess("SIGTERM")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without SIG");
        running.run(transport::loseConnection);
        assertThat(cat.awaitEnd()).isZero();
        assertThat(cat.events).contains("in", "out", "err");
    }

    @Test
    void aProgramThatThereIsNotIsNamed() {
        assertThatThrownBy(() -> spawn(new RecordedProcess(), ProcessOptions.of("no-such-program")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program");
        assertThatThrownBy(ProcessOptions::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeStartedLeavesNoDescriptor(@TempDir Path directory) throws Exception {
        List<ProcessOptions> wrong = List.of(
                ProcessOptions.of("no-such-program"),
                ProcessOptions.of("sh", "with \0"),
                ProcessOptions.of(directory.toString()),
                ProcessOptions.of("true").withDirectory(directory.resolve("missing")));
        int before = descriptors();
        for (int i = 0; i < 5; i++) {
            for (ProcessOptions each : wrong) {
                assertThatThrownBy(() -> spawn(new RecordedProcess(), each)).isInstanceOf(IOException.class);
            }
        }
        assertThat(descriptors()).isLessThan(before + 5);
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    /** A daemon, say, that the process has started. */
    @Test
    void aProcessWhosePipesAnotherHoldsHasExitedAndEndsWhenTheyAreGivenUp() throws Exception {
        RecordedProcess parent = new RecordedProcess();
        ProcessTransport transport = shell(parent, "sleep 60 & echo $!; exit 4");
        eventually().untilAsserted(() -> assertThat(parent.events).contains("exited 4"));
        eventually().untilAsserted(() -> assertThat(parent.out()).endsWith("\n"));
        try {
            running.awaitTurns(3);
            assertThat(parent.events).doesNotContain("ended 4", "out", "err");
            running.run(transport::loseConnection);
            assertThat(parent.awaitEnd()).isEqualTo(4);
            assertThat(parent.events).containsOnlyOnce("in", "out", "err", "exited 4", "ended 4");
        } finally {
            ProcessHandle.of(Long.parseLong(parent.out().strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void ofAnExitWhileTheReactorIsBeingClosedNobodyIsTold() throws Exception {
        for (int i = 0; i < 10; i++) {
            RecordedProcess cat = new RecordedProcess() {
                @Override
                public void outConnectionLost() {
                    ProcessHandle.of(transport().pid())
                            .ifPresent(handle -> handle.onExit().join());
                    super.outConnectionLost();
                }
            };
            try (RunningReactor other = RunningReactor.open(kind)) {
                other.call(() -> other.reactor().spawnProcess(cat, ProcessOptions.of("cat")));
            }
            assertThat(cat.events).containsExactly("made", "in", "out", "err");
        }
    }

    @Test
    void aReactorThatIsClosedEndsAProcessThatHasExitedAndWhosePipesAnotherHolds() throws Exception {
        RecordedProcess parent = new RecordedProcess();
        shell(parent, "sleep 60 & echo $!; exit 4");
        eventually().untilAsserted(() -> assertThat(parent.events).contains("exited 4"));
        eventually().untilAsserted(() -> assertThat(parent.out()).endsWith("\n"));
        running.close();
        ProcessHandle.of(Long.parseLong(parent.out().strip())).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(parent.events)
                .containsOnlyOnce("in", "out", "err", "ended 4")
                .endsWith("ended 4");
    }

    /** Both pipes are ready in one turn: who asks for a pause with the first is not told of the other. */
    @Test
    void whoPausesIsToldNothingMoreInTheSameTurn() throws Exception {
        RecordedProcess shy = new RecordedProcess() {
            @Override
            public void outReceived(ByteBuffer data) {
                super.outReceived(data);
                transport().pauseProducing();
            }

            @Override
            public void errReceived(ByteBuffer data) {
                super.errReceived(data);
                transport().pauseProducing();
            }
        };
        ProcessTransport transport = running.call(() -> {
            ProcessTransport made = running.reactor()
                    .spawnProcess(shy, ProcessOptions.of("sh", "-c", "echo out; echo err >&2; echo x > \"$0\"", fifo));
            Files.readString(Path.of(fifo));
            return made;
        });
        eventually().until(() -> !shy.out().isEmpty() || !shy.err().isEmpty());
        running.awaitTurns(5);
        assertThat(shy.out().length() + shy.err().length()).isEqualTo(4);
        running.run(transport::resumeProducing);
        eventually().until(() -> !shy.out().isEmpty() && !shy.err().isEmpty());
        running.run(transport::loseConnection);
        assertThat(shy.awaitEnd()).isZero();
    }

    @Test
    void whoLosesTheConnectionIsToldNothingMore() throws Exception {
        RecordedProcess leaver = new RecordedProcess() {
            @Override
            public void outReceived(ByteBuffer data) {
                super.outReceived(data);
                transport().loseConnection();
            }

            @Override
            public void errReceived(ByteBuffer data) {
                super.errReceived(data);
                transport().loseConnection();
            }
        };
        running.run(() -> {
            running.reactor()
                    .spawnProcess(
                            leaver, ProcessOptions.of("sh", "-c", "echo out; echo err >&2; echo x > \"$0\"", fifo));
            Files.readString(Path.of(fifo));
        });
        leaver.awaitEnd();
        assertThat(leaver.out().length() + leaver.err().length()).isEqualTo(4);
        assertThat(leaver.events).containsOnlyOnce("in", "out", "err");
    }

    /** What ends one may start the next, even where it throws then. */
    @Test
    void theEndOfOneProcessStartsTheNext() throws Exception {
        RecordedProcess next = new RecordedProcess();
        RecordedProcess first = new RecordedProcess() {
            @Override
            public void processEnded(ExitStatus status) {
                super.processEnded(status);
                try {
                    running.reactor().spawnProcess(next, ProcessOptions.of("echo", "next"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                throw new IllegalStateException("on purpose");
            }
        };
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            spawn(first, ProcessOptions.of("true"));
            assertThat(first.awaitEnd()).isZero();
            assertThat(next.awaitEnd()).isZero();
            assertThat(next.out()).isEqualTo("next\n");
            assertThat(log.errors()).hasSize(1);
        }
        assertThat(first.events).containsOnlyOnce("in", "out", "err", "exited 0", "ended 0");
    }

    @Test
    void aProcessHasItsEnvironmentAndDirectory(@TempDir Path directory) throws Exception {
        RecordedProcess printer = new RecordedProcess();
        spawn(
                printer,
                ProcessOptions.of("/bin/sh", "-c", "echo $A; pwd; echo ${HOME:-no home}")
                        .withEnvironment(Map.of("A", "value"))
                        .withDirectory(directory));
        assertThat(printer.awaitEnd()).isZero();
        assertThat(printer.out()).isEqualTo("value\n" + directory.toRealPath() + "\nno home\n");
    }

    /** Its descriptors are a terminal's or a pipe's as any other program has them: they wait. */
    @Test
    @RequiresProgram("python3")
    void theProcessGetsDescriptorsThatWaitAndNoOthers() throws Exception {
        RecordedProcess other = new RecordedProcess();
        ProcessTransport keeps = spawn(other, ProcessOptions.of("cat"));
        RecordedProcess python = new RecordedProcess();
        spawn(python, ProcessOptions.of("/usr/bin/python3", "-c", """
                        import os
                        print([os.get_blocking(fd) for fd in range(3)])
                        print(sorted(int(fd) for fd in os.listdir('/proc/self/fd'))[:4])
                        """));
        assertThat(python.awaitEnd()).isZero();
        // The fourth is the directory itself.
        assertThat(python.out()).isEqualTo("[True, True, True]\n[0, 1, 2, 3]\n");
        running.run(keeps::closeStdin);
        assertThat(other.awaitEnd()).isZero();
    }

    @Test
    void aHundredProcessesRunAtOnce() throws Exception {
        List<RecordedProcess> all = new ArrayList<>();
        List<ProcessTransport> transports = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RecordedProcess each = new RecordedProcess();
            all.add(each);
            transports.add(spawn(each, ProcessOptions.of("cat")));
        }
        running.run(() -> {
            for (int i = 0; i < 100; i++) {
                transports.get(i).write(utf8("number " + i));
                transports.get(i).closeStdin();
            }
        });
        for (int i = 0; i < 100; i++) {
            assertThat(all.get(i).awaitEnd()).isZero();
            assertThat(all.get(i).out()).isEqualTo("number " + i);
        }
        // Nobody is left as a zombie.
        assertThat(transports).noneMatch(each -> ProcessHandle.of(each.pid()).isPresent());
    }

    @Test
    void aHandlerThatThrowsCostsItsProcessThePipesAndNobodyElse() throws Exception {
        RecordedProcess thrower = new RecordedProcess() {
            @Override
            public void outReceived(ByteBuffer data) {
                throw new IllegalStateException("on purpose");
            }
        };
        RecordedProcess other = new RecordedProcess();
        ProcessTransport bystander = spawn(other, ProcessOptions.of("cat"));
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            shell(thrower, "echo something; cat");
            assertThat(thrower.awaitEnd()).isZero();
            assertThat(log.errors()).hasSize(1);
            assertThat(log.errors().getFirst()).contains("outReceived has thrown");
        }
        running.run(() -> {
            bystander.write(utf8("unharmed"));
            bystander.closeStdin();
        });
        assertThat(other.awaitEnd()).isZero();
        assertThat(other.out()).isEqualTo("unharmed");
    }

    @Test
    void aReactorThatIsClosedClosesThePipes() throws Exception {
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        ProcessHandle handle = ProcessHandle.of(transport.pid()).orElseThrow();
        running.close();
        assertThat(cat.events).containsExactly("made", "in", "out", "err");
        // It finds the end of its input.
        eventually().until(() -> !handle.isAlive());
    }

    @Test
    void aProcessBelongsToTheThreadOfItsReactor() throws Exception {
        RecordedProcess cat = new RecordedProcess();
        ProcessTransport transport = spawn(cat, ProcessOptions.of("cat"));
        assertThatThrownBy(() -> transport.write(utf8("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(transport::closeStdin).hasMessageContaining("callFromThread");
        running.run(transport::closeStdin);
        assertThat(cat.awaitEnd()).isZero();
    }
}
