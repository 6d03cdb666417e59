package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever the parts, the elements are those that a naive search of the whole stream finds. */
@Tag("fuzz")
class SplitterFuzz {

    @FuzzTest
    void theElementsAreThoseOfANaiveSearch(FuzzedDataProvider data) {
        List<Terminator> terminators = new ArrayList<>();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            String delimiter = twoLetters(data.consumeBytes(data.consumeInt(1, 12)));
            terminators.add(
                    delimiter.isEmpty()
                            ? new Terminator.Count(data.consumeInt(1, 5))
                            : new Terminator.Delimiter(delimiter.getBytes(ISO_8859_1)));
        }
        Splitter splitter = new Splitter();
        splitter.setTerminator(terminators.getFirst());
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        StringBuilder stream = new StringBuilder();
        while (data.remainingBytes() > 0) {
            String part = twoLetters(data.consumeBytes(data.consumeInt(0, 20)));
            stream.append(part);
            splitter.feed(part.getBytes(ISO_8859_1), part.length());
            for (Splitter.Step step = splitter.next(); step != Splitter.Step.EXHAUSTED; step = splitter.next()) {
                if (step == Splitter.Step.DATA) {
                    assertThat(splitter.data()).isNotEmpty();
                    element.append(new String(splitter.data(), ISO_8859_1));
                } else {
                    elements.add(element.toString());
                    element.setLength(0);
                    splitter.setTerminator(terminators.get(elements.size() % terminators.size()));
                }
            }
        }
        int end = 0;
        for (String expected : naive(stream.toString(), terminators)) {
            assertThat(elements.get(end++)).isEqualTo(expected);
        }
        assertThat(elements).hasSize(end);
    }

    private static List<String> naive(String stream, List<Terminator> terminators) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        while (true) {
            Terminator terminator = terminators.get(elements.size() % terminators.size());
            String delimiter =
                    terminator instanceof Terminator.Delimiter(byte[] bytes) ? new String(bytes, ISO_8859_1) : "";
            int end = terminator instanceof Terminator.Count(long count)
                    ? start + (int) count
                    : stream.indexOf(delimiter, start);
            if (end < 0 || end > stream.length()) {
                return elements;
            }
            elements.add(stream.substring(start, end));
            start = end + delimiter.length();
        }
    }

    /** Of two letters, so that delimiters are found, and almost found, often. */
    private static String twoLetters(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append((each & 1) == 0 ? 'a' : 'b');
        }
        return text.toString();
    }
}
