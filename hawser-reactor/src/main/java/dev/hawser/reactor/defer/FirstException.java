package dev.hawser.reactor.defer;

/** One of many failed, the first of them. The cause is its failure. */
public final class FirstException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why it has failed. */
    private final Throwable subFailure;
    /** Which one has failed. */
    private final int index;

    /**
     * Of a failure.
     *
     * @param subFailure the failure
     * @param index whose it is: the place in the list
     */
    public FirstException(Throwable subFailure, int index) {
        super("number " + index + " of the list failed: " + subFailure, subFailure);
        this.subFailure = subFailure;
        this.index = index;
    }

    /**
     * The failure.
     *
     * @return the cause
     */
    public Throwable subFailure() {
        return subFailure;
    }

    /**
     * Whose it is.
     *
     * @return the place in the list
     */
    public int index() {
        return index;
    }
}
