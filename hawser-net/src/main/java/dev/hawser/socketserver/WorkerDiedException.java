package dev.hawser.socketserver;

/** A worker process has ended in the middle of a request, by itself or by a signal. */
public final class WorkerDiedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Of the worker. */
    private final long pid;
    /** As of a shell. */
    private final int exitStatus;

    WorkerDiedException(long pid, int exitStatus, String message) {
        super(message);
        this.pid = pid;
        this.exitStatus = exitStatus;
    }

    /**
     * Which worker it was.
     *
     * @return the number that the process had
     */
    public long pid() {
        return pid;
    }

    /**
     * How it ended.
     *
     * @return its exit status; 128 and the number of the signal for one that a signal killed
     */
    public int exitStatus() {
        return exitStatus;
    }
}
