package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements are found whatever the parts are that the input comes in. */
class SplitterTest {

    private final Splitter splitter = new Splitter();
    private final ByteArrayOutputStream element = new ByteArrayOutputStream();
    private final List<String> elements = new ArrayList<>();

    /** What is done when an element has ended. */
    private Consumer<String> onFound = text -> {};

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static Terminator delimiter(String text) {
        return new Terminator.Delimiter(bytes(text));
    }

    private void feed(String text) {
        byte[] input = bytes(text);
        splitter.feed(input, input.length);
        drain();
    }

    private void drain() {
        for (Splitter.Step step = splitter.next(); step != Splitter.Step.EXHAUSTED; step = splitter.next()) {
            if (step == Splitter.Step.DATA) {
                assertThat(splitter.data()).isNotEmpty();
                element.writeBytes(splitter.data());
            } else {
                elements.add(takeElement());
                onFound.accept(elements.getLast());
            }
        }
    }

    private String takeElement() {
        String text = element.toString(ISO_8859_1);
        element.reset();
        return text;
    }

    private void feedInParts(String text, int length) {
        for (int i = 0; i < text.length(); i += length) {
            feed(text.substring(i, Math.min(i + length, text.length())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\n',1",
        "'\n',2",
        "'\n',3",
        "'\r\n',1",
        "'\r\n',2",
        "'\r\n',3",
        "qqq,1",
        "qqq,2",
        "qqq,3",
        "'\r\n.\r\n',4"
    })
    void aDelimiterIsFoundInPartsOfAnyLength(String terminator, int length) {
        splitter.setTerminator(delimiter(terminator));
        feedInParts("hello world" + terminator + "I'm not dead yet!" + terminator, length);
        assertThat(elements).containsExactly("hello world", "I'm not dead yet!");
        assertThat(splitter.heldBack()).isZero();
    }

    @Test
    void anEmptyElementIsFoundWithoutData() {
        splitter.setTerminator(delimiter("\n"));
        feed("\n\na\n");
        assertThat(elements).containsExactly("", "", "a");
    }

    @Test
    void whatADelimiterMayBeginWithIsHeldBackAtTheEnd() {
        splitter.setTerminator(delimiter("\r\n"));
        feed("qwerty\r");
        assertThat(takeElement()).isEqualTo("qwerty");
        assertThat(splitter.heldBack()).isEqualTo(1);
        feed("x");
        assertThat(takeElement()).isEqualTo("\rx");
        feed("qwertydkjf");
        assertThat(splitter.heldBack()).isZero();
    }

    @Test
    void ofWhatWasHeldBackOnlyTheRestIsKeptWhenItsBeginningIsFree() {
        splitter.setTerminator(delimiter("aab"));
        feed("aa");
        assertThat(takeElement()).isEmpty();
        feed("a");
        assertThat(takeElement()).isEqualTo("a");
        feed("b");
        assertThat(elements).containsExactly("");
    }

    @Test
    void aDelimiterThatOverlapsItselfIsFoundWhereItEndsFirst() {
        splitter.setTerminator(delimiter("abab"));
        feedInParts("xabaababab", 3);
        assertThat(elements).containsExactly("xaba");
        assertThat(takeElement()).isEmpty();
        feed("c");
        assertThat(takeElement()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aCountEndsAnElementAndThenNothingDoes(int length) {
        splitter.setTerminator(new Terminator.Count(6));
        feedInParts("hello world", length);
        assertThat(elements).containsExactly("hello ");
        assertThat(takeElement()).isEqualTo("world");
        assertThat(splitter.terminator()).isEqualTo(Terminator.NONE);
    }

    @Test
    void aCountTellsHowManyAreToCome() {
        splitter.setTerminator(new Terminator.Count(6_000_000_000L));
        feed("hello");
        assertThat(splitter.terminator()).isEqualTo(new Terminator.Count(5_999_999_995L));
    }

    @Test
    void withoutATerminatorAllIsCollected() {
        feedInParts("a\r\nb\n", 2);
        assertThat(elements).isEmpty();
        assertThat(takeElement()).isEqualTo("a\r\nb\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void aTerminatorThatIsChangedWhenAnElementEndsIsTheNextElements(int length) {
        splitter.setTerminator(delimiter("\r\n"));
        onFound = header -> {
            if (header.startsWith("length ")) {
                splitter.setTerminator(new Terminator.Count(Long.parseLong(header.substring(7))));
            } else {
                splitter.setTerminator(delimiter(header.equals("12345") ? "end" : "\r\n"));
            }
        };
        feedInParts("length 5\r\n12345bodyendlength 3\r\n\r\n\rab\r\n", length);
        assertThat(elements).containsExactly("length 5", "12345", "body", "length 3", "\r\n\r", "ab");
    }

    @Test
    void whatIsHeldBackIsSearchedForTheNewTerminator() {
        splitter.setTerminator(delimiter("\r\n\r\n"));
        feed("a\r\n");
        assertThat(takeElement()).isEqualTo("a");
        splitter.setTerminator(delimiter("\n"));
        drain();
        assertThat(elements).containsExactly("\r");
        assertThat(splitter.heldBack()).isZero();
    }

    @Test
    void whatIsHeldBackAndWhatComesAreOneStreamForTheNewTerminator() {
        splitter.setTerminator(delimiter("\r\n.\r\n"));
        feed("a\r\n.");
        splitter.setTerminator(delimiter(".!"));
        feed("!b");
        assertThat(elements).containsExactly("a\r\n");
        assertThat(takeElement()).isEqualTo("b");
    }

    @Test
    void whatIsHeldBackCanBeHadInTheEnd() {
        splitter.setTerminator(delimiter("\r\n"));
        feed("a\r");
        assertThat(splitter.takeHeldBack()).isEqualTo(bytes("\r"));
        assertThat(splitter.takeHeldBack()).isEmpty();
    }

    @Test
    void inputThatIsForgottenIsNeitherDataNorADelimitersBeginning() {
        splitter.setTerminator(delimiter("ab"));
        feed("xa");
        takeElement();
        splitter.clear();
        feed("b");
        assertThat(elements).isEmpty();
        assertThat(takeElement()).isEqualTo("b");
    }

    /** One that begins again with each part, or at each byte, has half a million times a million bytes to look at: that is never done. */
    @Test
    @Timeout(60)
    void aStreamOfAlmostDelimitersCostsNoMoreThanItsLength() {
        int million = 1_000_000;
        byte[] almost = new byte[million];
        Arrays.fill(almost, (byte) 'a');
        byte[] delimiter = Arrays.copyOf(almost, million / 2);
        delimiter[delimiter.length - 1] = 'b';
        splitter.setTerminator(new Terminator.Delimiter(delimiter));
        byte[] one = {'a'};
        long collected = 0;
        for (int i = 0; i < million; i++) {
            splitter.feed(one, 1);
            while (splitter.next() == Splitter.Step.DATA) {
                collected += splitter.data().length;
            }
        }
        assertThat(collected).isEqualTo(million - (delimiter.length - 1));
        splitter.feed(almost, million);
        assertThat(splitter.next()).isEqualTo(Splitter.Step.DATA);
        assertThat(splitter.data()).hasSize(million);
        assertThat(splitter.next()).isEqualTo(Splitter.Step.EXHAUSTED);
        splitter.feed(new byte[] {'b'}, 1);
        assertThat(splitter.next()).isEqualTo(Splitter.Step.FOUND);
    }

    @Test
    void theElementsAreThoseOfANaiveSearch() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 2_000; i++) {
            String stream = twoLetters(random, 200);
            String delimiter = twoLetters(random, 1 + random.nextInt(7));
            Splitter each = new Splitter();
            each.setTerminator(delimiter(delimiter));
            assertThat(elements(each, stream, 1 + random.nextInt(9)))
                    .as("%s in %s", delimiter, stream)
                    .isEqualTo(List.of(stream.split(delimiter, -1)));
        }
    }

    private static String twoLetters(Random random, int length) {
        return random.ints(length, 'a', 'c').mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** The elements, the last one without its end. */
    private static List<String> elements(Splitter splitter, String stream, int length) {
        List<String> all = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i < stream.length(); i += length) {
            byte[] part = bytes(stream.substring(i, Math.min(i + length, stream.length())));
            splitter.feed(part, part.length);
            for (Splitter.Step step = splitter.next(); step != Splitter.Step.EXHAUSTED; step = splitter.next()) {
                if (step == Splitter.Step.DATA) {
                    element.append(new String(splitter.data(), ISO_8859_1));
                } else {
                    all.add(element.toString());
                    element.setLength(0);
                }
            }
        }
        all.add(element + new String(splitter.takeHeldBack(), ISO_8859_1));
        return all;
    }

    @Test
    void terminatorsThatEndNothingAreRefused() {
        assertThatThrownBy(() -> new Terminator.Count(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terminator.Delimiter(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDelimiterIsItsBytes() {
        byte[] bytes = "\r\n".getBytes(US_ASCII);
        Terminator.Delimiter delimiter = new Terminator.Delimiter(bytes);
        bytes[0] = 'x';
        delimiter.bytes()[0] = 'x';
        assertThat(delimiter).isEqualTo(delimiter("\r\n")).hasSameHashCodeAs(delimiter("\r\n"));
        assertThat(delimiter).isNotEqualTo(delimiter("x\n")).hasToString("Delimiter[\\r\\n]");
    }
}
