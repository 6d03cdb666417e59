package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PullProducer;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The small services that every host once had: echo, discard, chargen, quote of the day, daytime and time, over a stream.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="wire"}
 *
 * <h2>Threading</h2>
 * A factory may serve several reactors.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. Echo and chargen send no faster than the peer reads, and keep little.
 *
 * <p>Source: RFC 862, 863, 864, 865, 867, 868; {@code twisted.protocols.wire}.
 */
public final class Wire {

    private static final int FIRST = ' ';
    private static final int PRINTABLE = '~' - ' ' + 1;
    private static final int LINE = 72;

    /** As C writes a time. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    /** From the year 1900, of RFC 868, to the year 1970. */
    private static final long SEVENTY_YEARS_SECONDS = 2_208_988_800L;

    private Wire() {}

    /**
     * Sends back what it receives (RFC 862).
     *
     * @return a factory
     */
    public static Factory echo() {
        return Factory.of(Echo::new);
    }

    /**
     * Receives, and does nothing (RFC 863).
     *
     * @return a factory
     */
    public static Factory discard() {
        return Factory.of(Discard::new);
    }

    /**
     * Sends lines of characters as long as they are read (RFC 864).
     *
     * @return a factory
     */
    public static Factory chargen() {
        return Factory.of(Chargen::new);
    }

    /**
     * Sends a quote, and closes (RFC 865).
     *
     * @param quote gives what to send, for each connection
     * @return a factory
     */
    public static Factory qotd(Supplier<byte[]> quote) {
        return Factory.of(() -> new Answer(quote));
    }

    /**
     * Sends the time in words, such as {@code Sun Nov  2 09:05:01 2026}, and closes (RFC 867).
     *
     * @param clock tells the time
     * @param zone where
     * @return a factory
     */
    public static Factory daytime(InstantSource clock, ZoneId zone) {
        return Factory.of(() ->
                new Answer(() -> (TIME.format(clock.instant().atZone(zone)) + "\r\n").getBytes(US_ASCII)));
    }

    /**
     * Sends the time in seconds since 1900, in four bytes, and closes (RFC 868).
     *
     * @param clock tells the time
     * @return a factory
     */
    public static Factory time(InstantSource clock) {
        return Factory.of(() -> new Answer(() -> ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) (clock.instant().getEpochSecond() + SEVENTY_YEARS_SECONDS))
                .array()));
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }

    private static final class Discard extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            // This is the service.
        }
    }

    /** Each line begins one character later than the one before it, so after as many lines as there are characters all begins again. */
    private static final class Chargen extends Protocol implements PullProducer {

        private static final byte[] ROUND = round();

        private static byte[] round() {
            ByteBuffer round = ByteBuffer.allocate(PRINTABLE * (LINE + 2));
            for (int line = 0; line < PRINTABLE; line++) {
                for (int i = 0; i < LINE; i++) {
                    round.put((byte) (FIRST + (line + i) % PRINTABLE));
                }
                round.put((byte) '\r').put((byte) '\n');
            }
            return round.array();
        }

        @Override
        public void connectionMade() {
            transport().registerProducer(this);
        }

        @Override
        public void resumeProducing() {
            transport().write(ROUND);
        }

        @Override
        public void stopProducing() {
            // It keeps nothing.
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            // RFC 864 has it thrown away.
        }

        @Override
        public void readConnectionLost() {
            // It is the reader who ends it.
        }
    }

    private static final class Answer extends Protocol {

        private final Supplier<byte[]> answer;

        Answer(Supplier<byte[]> answer) {
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            transport().write(answer.get());
            transport().loseConnection();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            // Whatever is asked, there is one answer.
        }
    }
}
