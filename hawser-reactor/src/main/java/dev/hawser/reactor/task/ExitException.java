package dev.hawser.reactor.task;

/** Ends the program of {@link Task#react} with an exit status: Python's {@code SystemExit}. */
public final class ExitException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the process is to exit with. */
    private final int status;

    /**
     * With a status.
     *
     * @param status 0 for success
     */
    public ExitException(int status) {
        super("exit " + status);
        this.status = status;
    }

    /**
     * The status.
     *
     * @return 0 for success
     */
    public int status() {
        return status;
    }
}
