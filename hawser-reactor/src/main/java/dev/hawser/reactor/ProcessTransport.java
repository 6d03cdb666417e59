package dev.hawser.reactor;

/**
 * A child process, as its {@link ProcessProtocol} sees it. What is written goes to its standard input; as a producer, it is its standard output and
 * standard error, which are not read while it is paused.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone; another one gets an {@link IllegalStateException}, and uses {@link Reactor#callFromThread}.
 *
 * <h2>Backpressure</h2>
 * What the process does not read is kept, as by {@link Transport}: above 64 KiB a push producer is paused, and above 64 MiB the process's standard input is
 * closed, and this reported, unless {@link #setWriteLimits} says otherwise.
 *
 * <h2>Platform notes</h2>
 * Each of the three streams is a pipe, and no thread of this process is needed for one. When the reactor is closed, so are the pipes, and the process
 * lives on: it finds the end of its input, and nobody who reads its output. The protocol is not told of its exit then. Starting a process takes a
 * millisecond or a few, during which the loop waits.
 *
 * <p>Source: Twisted's {@code IProcessTransport}; pipe(7), kill(2), signal(7).
 */
public interface ProcessTransport extends Consumer, PushProducer {

    /**
     * Writes bytes to its standard input. What is written after {@link #closeStdin}, or when the process reads no more, is dropped.
     *
     * @param data the bytes; the array is the caller's again
     */
    void write(byte[] data);

    /** Closes its standard input when all that was written has gone, and the producer that is registered has ended. */
    void closeStdin();

    /**
     * Closes its three pipes: its standard input as {@link #closeStdin}, the others at once. A process that goes on writing is ended by SIGPIPE, unless it
     * has seen to that.
     */
    void loseConnection();

    /**
     * Sends it a signal.
     *
     * @param signal a name of signal(7) without SIG, such as TERM, KILL, HUP, INT, STOP
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it has exited, or belongs to another user by now
     */
    void signalProcess(String signal);

    /**
     * Sets the marks at which producers are paused and resumed, and the limit.
     *
     * @param limits the limits
     */
    void setWriteLimits(WriteLimits limits);

    /**
     * How much was written that the process's pipe has not taken yet.
     *
     * @return the number of bytes
     */
    long bufferedBytes();

    /**
     * Its number.
     *
     * @return the process identifier
     */
    long pid();
}
