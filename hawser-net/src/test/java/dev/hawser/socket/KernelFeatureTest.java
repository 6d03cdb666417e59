package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.KernelFeature.Trial;
import dev.hawser.testkit.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel offers besides sockets. */
class KernelFeatureTest {

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "EVENTFD", "SIGNALFD", "PIDFD"})
    void everyKernelThatHawserRunsOnHasThese(KernelFeature feature) {
        assertThat(feature.probe()).isEqualTo(new Trial(0, List.of()));
    }

    @Test
    void ioUringIsThereWithItsFeaturesOrTheReasonIsTold() throws Exception {
        // @start region="feature"
        Trial trial = KernelFeature.IO_URING.probe();
        String text = trial.isAvailable() ? String.join(" ", trial.details()) : Errno.name(trial.errno());
        // @end
        Path disabled = Path.of("/proc/sys/kernel/io_uring_disabled");
        if (trial.isAvailable()) {
            assertThat(trial.details()).contains("fast_poll", "nodrop");
            assertThat(text).contains("fast_poll");
            assertThat(!Files.exists(disabled) || !Files.readString(disabled).startsWith("2"))
                    .isTrue();
        } else {
            assertThat(text).isIn("ENOSYS", "EPERM", "ENOMEM");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EPOLL, epollCreate, EMFILE",
        "EVENTFD, eventFd, EMFILE",
        "SIGNALFD, signalFd, EINVAL",
        "PIDFD, pidFdOpen, ENOSYS",
        "IO_URING, ioUringSetup, EPERM"
    })
    void whatTheKernelRefusesIsTold(KernelFeature feature, String call, String errno) throws Exception {
        int number = (int) dev.hawser.posix.Errno.class.getField(errno).get(null);
        try (Faults faults = Faults.install()) {
            faults.on(call).fail(number);
            assertThat(feature.probe()).isEqualTo(new Trial(number, List.of()));
        }
        assertThat(feature.probe().isAvailable()).isTrue();
    }
}
