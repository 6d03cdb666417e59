package dev.hawser.cli;

import dev.hawser.examples.Finding;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings in columns, on lines of 80 characters. */
final class FindingLines {

    private static final int WIDTH = 79;
    private static final int NAME_WIDTH = 22;
    private static final String INDENT = "  ";

    private final PrintStream out;

    FindingLines(PrintStream out) {
        this.out = out;
    }

    void print(List<Finding> findings) {
        String section = "";
        for (Finding finding : findings) {
            if (!finding.section().equals(section)) {
                out.println((section.isEmpty() ? "" : "\n") + finding.section());
                section = finding.section();
            }
            print(finding);
        }
        String missing =
                findings.stream().filter(Finding::isFatal).map(Finding::name).collect(Collectors.joining(", "));
        out.println(
                missing.isEmpty() ? "\nAll that Hawser needs is here." : "\nHawser needs what is not here: " + missing);
    }

    private void print(Finding finding) {
        String mark = switch (finding.verdict()) {
            case YES -> "yes";
            case NO -> finding.needed() ? "NO" : "no";
            case FIGURE -> "";
        };
        String start = INDENT + pad(mark, 5) + pad(finding.name(), NAME_WIDTH) + " ";
        StringBuilder line = new StringBuilder(start);
        for (String word : finding.detail().split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > start.length()) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(start.length()));
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** One object to a line. */
    void printJson(Finding finding) {
        out.println(
                "{\"section\":" + quoted(finding.section()) + ",\"name\":" + quoted(finding.name()) + ",\"verdict\":"
                        + quoted(finding.verdict().name().toLowerCase(Locale.ROOT)) + ",\"needed\":" + finding.needed()
                        + ",\"detail\":" + quoted(finding.detail()) + "}");
    }

    /** A string of JSON: RFC 8259, 7. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
