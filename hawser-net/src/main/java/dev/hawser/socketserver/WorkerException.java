package dev.hawser.socketserver;

/** A handler in a worker process has thrown something. The message begins with its class; its stack follows in {@link #remoteStackTrace}. */
public final class WorkerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Of the worker. */
    private final long pid;
    /** Several lines. */
    private final String remoteStackTrace;

    WorkerException(long pid, String message, String remoteStackTrace) {
        super(message);
        this.pid = pid;
        this.remoteStackTrace = remoteStackTrace;
    }

    /**
     * Which worker it was.
     *
     * @return the number of the process
     */
    public long pid() {
        return pid;
    }

    /**
     * Where it was thrown, and why.
     *
     * @return the stack trace that the worker printed, several lines
     */
    public String remoteStackTrace() {
        return remoteStackTrace;
    }
}
