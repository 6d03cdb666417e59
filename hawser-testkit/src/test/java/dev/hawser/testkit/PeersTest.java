package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.opentest4j.TestAbortedException;

@RequiresProgram("python3")
class PeersTest {

    private static final String MISSING = "no-such-program-as-this";

    @Test
    void talksToCpython() throws Exception {
        try (Peer python = Peers.python("import sys; print('ready'); print(input().upper() + sys.argv[1])", "!")) {
            assertThat(python.readLine()).isEqualTo("ready");
            python.writeLine("hello");
            assertThat(python.readLine()).isEqualTo("HELLO!");
            assertThat(python.awaitExit()).isZero();
        }
    }

    @Test
    void asksCpythonForAModule() throws Exception {
        Peers.requirePythonModule("socket");
        String missing = "Python's module no_such_module is not installed";
        if (Peers.onContinuousIntegration()) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Peers.requirePythonModule("no_such_module"))
                    .withMessage(missing);
        } else {
            assertThatExceptionOfType(TestAbortedException.class)
                    .isThrownBy(() -> Peers.requirePythonModule("no_such_module"))
                    .withMessageContaining(missing);
        }
    }

    @Test
    void readsAllThatIsLeft() throws Exception {
        try (Peer python = Peers.python("import sys; print(*sys.stdin.read().split(), sep='\\n')")) {
            python.writeLine("one two");
            python.closeInput();
            assertThat(python.readLines()).containsExactly("one", "two");
        }
    }

    @Test
    void saysWhatTheProgramSaidWhenALineDoesNotCome() throws Exception {
        String script = "import sys; print('out'); print('trouble', file=sys.stderr); input()";
        try (Peer python = Peers.python(script)) {
            assertThat(python.readErrorLine()).isEqualTo("trouble");
            assertThat(python.readLine()).isEqualTo("out");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> python.readLine(Duration.ofMillis(20)))
                    .withMessageContaining("python3 printed no line within PT0.02S; it is running")
                    .withMessageContaining("its stdout:\n  out")
                    .withMessageContaining("its stderr:\n  trouble");
        }
    }

    @Test
    void saysThatTheProgramHasEnded() throws Exception {
        try (Peer python = Peers.python("raise SystemExit('no port left')")) {
            assertThat(python.awaitExit()).isEqualTo(1);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(python::readLine)
                    .withMessageContaining("has ended with status 1")
                    .withMessageContaining("no port left");
        }
    }

    @Test
    void closeEndsAProgramThatWillNotAndItsChildren() throws Exception {
        String script = """
                import os, signal, time
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                child = os.fork()
                if child: print(child)
                time.sleep(600)
                """;
        Peer python = Peers.python(script);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(python.readLine())).orElseThrow();

        python.close();

        assertThat(python.process().isAlive()).isFalse();
        assertThat(child.onExit()).succeedsWithin(Peer.PATIENCE);
    }

    @Test
    @EnabledIf("hasDebiansPython")
    void prefersDebiansPython() {
        assertThat(Peers.find("python3")).contains(Path.of("/usr/bin/python3"));
    }

    static boolean hasDebiansPython() {
        return Path.of("/usr/bin/python3").toFile().canExecute();
    }

    @Test
    void aMissingProgramSkipsTheTestAndFailsItOnContinuousIntegration() {
        Class<? extends Throwable> outcome =
                Peers.onContinuousIntegration() ? AssertionError.class : TestAbortedException.class;

        assertThatExceptionOfType(outcome)
                .isThrownBy(() -> Peers.start(MISSING))
                .withMessageContaining(MISSING);
    }

    @Test
    void theConditionSkipsHereAndFailsOnContinuousIntegration() {
        ProgramCondition here = new ProgramCondition(() -> false);
        ProgramCondition there = new ProgramCondition(() -> true);

        assertThat(here.evaluate("python3").isDisabled()).isFalse();
        assertThat(here.evaluate("python3", MISSING).isDisabled()).isTrue();
        assertThat(here.evaluate(MISSING).getReason())
                .hasValueSatisfying(why -> assertThat(why).contains(MISSING));
        assertThat(there.evaluate("python3").isDisabled()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> there.evaluate(MISSING))
                .withMessageContaining(MISSING + " is not installed");
    }
}
