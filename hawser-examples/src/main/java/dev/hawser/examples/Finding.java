package dev.hawser.examples;

/**
 * One line of a {@link Doctor}'s report.
 *
 * @param section what it belongs to, such as {@code Sockets}
 * @param name what was looked for
 * @param verdict whether it is there
 * @param needed whether Hawser cannot do without it
 * @param detail what is known of it, or why it is not there
 */
public record Finding(String section, String name, Verdict verdict, boolean needed, String detail) {

    /** Whether something is there. */
    public enum Verdict {
        /** It is. */
        YES,
        /** It is not. */
        NO,
        /** There is nothing to be had or not: a figure, for whoever asks. */
        FIGURE
    }

    static Finding of(String section, String name, boolean there, String detail) {
        return new Finding(section, name, there ? Verdict.YES : Verdict.NO, false, detail);
    }

    static Finding figure(String section, String name, String detail) {
        return new Finding(section, name, Verdict.FIGURE, false, detail);
    }

    Finding asNeeded() {
        return new Finding(section, name, verdict, true, detail);
    }

    /** Whether Hawser cannot work for the want of it. */
    public boolean isFatal() {
        return needed && verdict == Verdict.NO;
    }
}
