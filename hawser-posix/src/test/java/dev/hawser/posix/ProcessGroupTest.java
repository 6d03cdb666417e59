package dev.hawser.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The group of a process. */
class ProcessGroupTest {

    private final SystemCalls calls = SystemCalls.installed();

    @Test
    void aGroupLessThanZeroIsRefused() {
        assertThat(calls.setPgid(0, -1)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void aProcessThatIsNoChildIsRefused() {
        assertThat(Errno.name(-calls.setPgid(1, 0))).isEqualTo("ESRCH");
    }

    @Test
    void staysInTheGroupThatItIsPutInAgain() throws IOException {
        int group = group();
        int code = calls.setPgid(0, group);

        // The leader of a session is not moved, not even to where it is.
        assertThat(code).isIn(0, -Errno.EPERM);
        assertThat(group()).isEqualTo(group);
    }

    private static int group() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2]);
    }
}
