package dev.hawser.reactor;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a program does with a child process: to be extended.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: Twisted's {@code ProcessProtocol}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="process"}
 */
public abstract class ProcessProtocol {

    private @Nullable ProcessTransport transport;

    /** For subclasses. */
    protected ProcessProtocol() {}

    /**
     * Gives the protocol its process, and calls {@link #connectionMade}. For reactors and tests.
     *
     * @param transport the process
     */
    public void makeConnection(ProcessTransport transport) {
        this.transport = transport;
        connectionMade();
    }

    /**
     * The process.
     *
     * @return the process
     * @throws IllegalStateException before {@link #connectionMade}
     */
    public final ProcessTransport transport() {
        ProcessTransport made = transport;
        if (made == null) {
            throw new IllegalStateException("there is no process before connectionMade()");
        }
        return made;
    }

    /** The process runs. */
    public void connectionMade() {}

    /**
     * The process has written to its standard output.
     *
     * @param data the bytes, valid during this call
     */
    public void outReceived(ByteBuffer data) {}

    /**
     * The process has written to its standard error.
     *
     * @param data the bytes, valid during this call
     */
    public void errReceived(ByteBuffer data) {}

    /** The process reads its standard input no more, or it was closed. */
    public void inConnectionLost() {}

    /** The process has closed its standard output. */
    public void outConnectionLost() {}

    /** The process has closed its standard error. */
    public void errConnectionLost() {}

    /**
     * The process has exited; there may still be output.
     *
     * @param status its exit status
     */
    public void processExited(ExitStatus status) {}

    /**
     * The process has exited, and all that it wrote has come.
     *
     * @param status its exit status
     */
    public void processEnded(ExitStatus status) {}

    /** The reactor was closed while the process ran: nothing follows. */
    void reactorClosed() {}
}
