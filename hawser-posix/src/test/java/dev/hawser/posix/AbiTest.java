package dev.hawser.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbiTest {

    @Test
    void givesAConstantASizeAndAnOffsetByTheirCExpression() {
        assertThat(Abi.value("AF_INET6")).isEqualTo(10);
        assertThat(Abi.value("sizeof(struct sockaddr_in6)")).isEqualTo(28);
        assertThat(Abi.value("offsetof(struct sockaddr_in6,sin6_addr)")).isEqualTo(8);
    }

    @Test
    void namesTheExpressionThatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Abi.value("AF_NONSENSE"))
                .withMessageContaining("AF_NONSENSE");
    }

    @Test
    void tellsWhatItKnows() {
        assertThat(Abi.has("SO_REUSEPORT")).isTrue();
        assertThat(Abi.has("SO_NONSENSE")).isFalse();
    }

    @Test
    void listsEverythingAndLetsNobodyChangeIt() {
        Map<String, Integer> all = Abi.all();

        assertThat(all).containsEntry("TCP_NODELAY", 1).hasSizeGreaterThan(500);
        assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void answersForTheArchitectureThatItRunsOn() {
        assumeFalse(Abi.unsupported() != null, "needs a supported platform");
        boolean aarch64 = System.getProperty("os.arch").equals("aarch64");

        assertThat(Abi.value("sizeof(struct epoll_event)")).isEqualTo(aarch64 ? 16 : 12);
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, x86_64", "Linux, aarch64"})
    void supportsLinuxOnX8664AndAarch64(String osName, String osArch) {
        assertThat(Abi.unsupported(osName, osArch)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64", "Linux, i386", "FreeBSD, amd64", "'', ''"})
    void saysWhichPlatformItNeedsAndWhichOneThisIs(String osName, String osArch) {
        assertThat(Abi.unsupported(osName, osArch))
                .isEqualTo("Hawser needs Linux on x86-64 or aarch64; this is " + osName + " on " + osArch);
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64, 12", "Linux, aarch64, 16", "Mac OS X, aarch64, 12", "Linux, riscv64, 12"})
    void answersWithTheNumbersOfX8664WhereThePlatformIsNotInTheTables(String osName, String osArch, int size) {
        assertThat(Abi.valuesOn(osName, osArch)).containsEntry("sizeof(struct epoll_event)", size);
    }
}
