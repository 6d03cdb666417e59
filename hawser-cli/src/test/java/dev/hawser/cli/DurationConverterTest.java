package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a time tells {@link WrongUsageTest}. */
class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "500ms, PT0.5S",
        "2m, PT2M",
        "1h, PT1H",
        "1.5s, PT1.5S",
        "0s, PT0S",
        "168h, PT168H",
        "0.001ms, PT0.000001S"
    })
    void aTimeHasItsUnit(String text, Duration time) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(time);
    }
}
