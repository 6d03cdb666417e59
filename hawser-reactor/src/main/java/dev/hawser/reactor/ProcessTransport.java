package dev.hawser.reactor;

/** A child process, as its {@link ProcessProtocol} sees it. What is written goes to its standard input. For the reactor's thread alone. */
public interface ProcessTransport extends Consumer {

    /**
     * Writes bytes to its standard input.
     *
     * @param data the bytes
     */
    void write(byte[] data);

    /** Closes its standard input when all that was written has gone. */
    void closeStdin();

    /** Closes its three pipes. */
    void loseConnection();

    /**
     * Sends it a signal.
     *
     * @param signal a name of signal(7) without SIG, such as TERM, KILL, HUP, INT, STOP
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it has exited
     */
    void signalProcess(String signal);

    /**
     * Its number.
     *
     * @return the process identifier
     */
    long pid();
}
