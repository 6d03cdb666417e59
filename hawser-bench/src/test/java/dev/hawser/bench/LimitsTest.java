package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void refusesMoreConnectionsThanAServerMayHaveFiles() {
        assertThatThrownBy(() -> new Limits(1_024, 28_232).require("--connections and --idle", 1_064, 1_064))
                .isInstanceOf(BenchException.class)
                .hasMessage("--connections and --idle: a server would need 1264 open files, "
                        + "but a process may have only 1024 here (see ulimit -n)");
    }

    @Test
    void refusesMoreConnectionsThanTheyHavePortsToComeFrom() {
        assertThatThrownBy(() -> new Limits(1_000_000, 28_232).require("--connections", 30_064, 30_064))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("30064 connections to one server, but only 28232 ports");
    }

    @Test
    void allowsWhatFits() {
        assertThatCode(() -> new Limits(20_000, 28_232).require("--connections and --idle", 19_700, 10_000))
                .doesNotThrowAnyException();
    }

    @Test
    void knowsTheLimitsOfThisProcess() throws Exception {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        assertThat(Limits.here().openFiles()).isEqualTo(system.getMaxFileDescriptorCount());
        assertThat(Limits.here().ports()).isBetween(1L, 65_535L);
    }
}
