package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtimeTest {
    private static final ZonedDateTime EARLY = ZonedDateTime.parse("2026-11-01T09:05:01Z");

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    @Test
    void padsTheDayWithASpaceAndTheTimeWithZeros() {
        assertThat(Ctime.of(EARLY)).isEqualTo("Sun Nov  1 09:05:01 2026");
        assertThat(Ctime.of(ZonedDateTime.parse("2026-11-22T23:40:00Z"))).isEqualTo("Sun Nov 22 23:40:00 2026");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zh-CN", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "tr-TR", "en-GB", "hi-IN-u-nu-deva"})
    void isEnglishInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(Ctime.of(EARLY)).isEqualTo("Sun Nov  1 09:05:01 2026");
        assertThat(Ctime.of(EARLY.withMonth(9))).isEqualTo("Tue Sep  1 09:05:01 2026");
    }

    /** A day, an hour, a minute and a second apart, so that every weekday, month, day and padding comes by. */
    @Test
    void isWhatPythonWrites() throws Exception {
        String script = "import os, time; os.environ['TZ'] = 'Asia/Shanghai'; time.tzset()\n"
                + "for i in range(500): print(time.ctime(1700000000 + i * 90061))";
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        try (Peer python = Peers.python(script)) {
            for (int i = 0; i < 500; i++) {
                ZonedDateTime time =
                        Instant.ofEpochSecond(1_700_000_000L + i * 90_061L).atZone(zone);
                assertThat(Ctime.of(time)).isEqualTo(python.readLine());
            }
        }
    }

    @Test
    void stampsBytesAsTheyAre() {
        Clock clock = Clock.fixed(EARLY.toInstant(), ZoneId.of("UTC"));
        byte[] notUtf8 = {(byte) 0xff, 0, (byte) 0x80, '\n'};
        assertThat(new String(Ctime.stamp(clock, notUtf8), ISO_8859_1))
                .isEqualTo("[Sun Nov  1 09:05:01 2026] \u00ff\0\u0080\n");
        assertThat(Ctime.stamp(clock, new byte[0]))
                .hasSize(Ctime.STAMP_BYTES)
                .asString(UTF_8)
                .endsWith("] ");
    }
}
