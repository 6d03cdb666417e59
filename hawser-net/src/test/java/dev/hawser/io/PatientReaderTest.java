package dev.hawser.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Text that comes in pieces, with timeouts between them. */
class PatientReaderTest {

    private static final String TIMEOUT = "(nothing in time)";

    private static PatientReader reader(String... pieces) {
        Queue<String> rest = new ArrayDeque<>(List.of(pieces));
        return new PatientReader(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                String piece = rest.poll();
                if (TIMEOUT.equals(piece)) {
                    throw new SocketTimeoutException(TIMEOUT);
                }
                if (piece == null) {
                    return -1;
                }
                piece.getChars(0, piece.length(), buffer, offset);
                return piece.length();
            }

            @Override
            public void close() {}
        });
    }

    /** A reader with half a line read. */
    private static PatientReader halfWay(String half, String rest) {
        PatientReader reader = reader(half, TIMEOUT, rest);
        assertThatThrownBy(reader::readLine).isInstanceOf(SocketTimeoutException.class);
        return reader;
    }

    @Test
    void aLineComesWholeAfterATimeout() throws IOException {
        PatientReader reader = reader("one\r\ntw", TIMEOUT, "o\r\nthree");
        assertThat(reader.readLine()).isEqualTo("one");
        assertThatThrownBy(reader::readLine).isInstanceOf(SocketTimeoutException.class);
        assertThat(reader.readLine()).isEqualTo("two");
        assertThat(reader.readLine()).isEqualTo("three");
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void whatWasKeptIsReadAndSkippedInItsTurn() throws IOException {
        PatientReader reader = halfWay("abcdef", "gh\n");
        assertThat(reader.ready()).isTrue();
        assertThat(reader.skip(2)).isEqualTo(2);
        assertThat((char) reader.read()).isEqualTo('c');
        char[] two = new char[2];
        assertThat(reader.read(two, 0, 2)).isEqualTo(2);
        assertThat(two).containsExactly('d', 'e');
        assertThatThrownBy(() -> reader.mark(1)).hasMessageContaining("half read");
        assertThat(reader.readLine()).isEqualTo("fgh");
        assertThat(reader.skip(9)).isZero();
        assertThatThrownBy(() -> reader.skip(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLineFeedOfALineThatWasReadIsNoLine() throws IOException {
        PatientReader reader = reader("one\r", "\ntwo\r", "three\n\n");
        assertThat(reader.readLine()).isEqualTo("one");
        assertThat(reader.skip(1)).isEqualTo(1);
        assertThat(reader.readLine()).isEqualTo("wo");
        assertThat(reader.lines()).containsExactly("three", "");
    }
}
