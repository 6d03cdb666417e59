package dev.hawser.reactor.defer;

import java.util.List;

/** None of many succeeded. The failures are also the suppressed exceptions of this one. */
public final class FailureGroup extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Throwable> failures;

    /**
     * Of these.
     *
     * @param failures the failures, in the order of the list
     */
    public FailureGroup(List<? extends Throwable> failures) {
        super(failures.isEmpty() ? "nothing to wait for" : "all " + failures.size() + " failed");
        this.failures = List.copyOf(failures);
        this.failures.forEach(this::addSuppressed);
    }

    /**
     * The failures.
     *
     * @return in the order of the list
     */
    public List<Throwable> failures() {
        return failures;
    }
}
