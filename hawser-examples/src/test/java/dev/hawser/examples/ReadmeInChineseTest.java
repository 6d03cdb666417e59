package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * README.zh-CN.md says what README.md says: what needs no translation is the same in both, programs, commands, names, links and numbers. The
 * section for the readers of the notes is its own.
 */
class ReadmeInChineseTest {

    private static final String ENGLISH = read("../README.md");

    private static final String CHINESE = read("../README.zh-CN.md");

    /** The section for the readers of the notes, up to the next. */
    private static final Pattern OF_THE_NOTES =
            Pattern.compile("^## 从《网络编程》笔记到 Hawser\n.*?(?=^## )", Pattern.DOTALL + Pattern.MULTILINE);

    private static final Pattern PROGRAM = Pattern.compile("^```(\\w+\n.*?)```$", Pattern.DOTALL + Pattern.MULTILINE);

    private static final Pattern COMMAND_LINE = Pattern.compile("^ {4}(\\./\\S.*?)(?: +#.*)?$", Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    /** Large ones: the small ones are words. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])\\d[\\d.,]*\\d");

    @Test
    void theProgramsAreTheSame() {
        assertThat(found(PROGRAM, CHINESE)).isNotEmpty().containsExactlyElementsOf(found(PROGRAM, ENGLISH));
    }

    @Test
    void theCommandsAreTheSame() {
        assertThat(found(COMMAND_LINE, CHINESE)).isNotEmpty().containsExactlyElementsOf(found(COMMAND_LINE, ENGLISH));
    }

    @Test
    void theSameIsWrittenAsCode() {
        sameInBoth(text -> found(CODE, withoutPrograms(text)));
    }

    @Test
    void theLinksGoToTheSamePlacesWhichAreThere() {
        sameInBoth(text -> found(LINK, text).stream()
                .filter(link -> !link.startsWith("README"))
                .toList());
        assertThat(found(LINK, CHINESE))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertThat(Path.of("..", link)).exists());
    }

    @Test
    void theNumbersAreTheSame() {
        sameInBoth(text -> found(NUMBER, withoutPrograms(text).replaceAll("`[^`]*`", "")));
    }

    @Test
    void thereAreAsManySections() {
        Pattern section = Pattern.compile("^(#+) ", Pattern.MULTILINE);

        assertThat(found(section, withoutTheNotes())).containsExactlyElementsOf(found(section, ENGLISH));
    }

    private static void sameInBoth(Function<String, List<String>> parts) {
        Set<String> chinese = new TreeSet<>(parts.apply(withoutTheNotes()));
        Set<String> english = new TreeSet<>(parts.apply(ENGLISH));
        assertThat(english).isNotEmpty();
        assertThat(chinese).containsExactlyElementsOf(english);
    }

    private static String withoutTheNotes() {
        String rest = OF_THE_NOTES.matcher(CHINESE).replaceFirst("");
        assertThat(rest).as("the section of the notes").isNotEqualTo(CHINESE);
        return rest;
    }

    private static String withoutPrograms(String text) {
        return COMMAND_LINE.matcher(PROGRAM.matcher(text).replaceAll("")).replaceAll("");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(ReadmeInChineseTest::group)
                // What a line's end has cut is one all the same.
                .map(part -> part.replace("\n", " "))
                .collect(Collectors.toList());
    }

    private static String group(MatchResult match) {
        return match.groupCount() == 0 ? match.group() : match.group(1);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
