package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as its {@link Protocol} sees it. Nothing here waits. What one event writes goes out in one piece when the event's handler has returned.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone; another one gets an {@link IllegalStateException}, and uses {@link Reactor#callFromThread}. Safe from any thread:
 * {@link #getPeer} and {@link #reactor}.
 *
 * <h2>Backpressure</h2>
 * What the kernel does not take is kept. Beyond the high-water mark a push producer is paused, and where none is registered, this connection is
 * not read from, until it is below the low-water mark. Beyond the limit the connection is lost: its peer does not read.
 *
 * <h2>Errors</h2>
 * What is written after the connection was lost, or after {@link #loseConnection}, is dropped: the protocol is told of the end by
 * {@link Protocol#connectionLost}.
 *
 * <p>Source: Twisted's {@code ITCPTransport}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="transport"}
 */
public interface Transport extends Consumer, PushProducer {

    /**
     * Writes bytes.
     *
     * @param data the bytes; the array is the caller's again
     */
    void write(byte[] data);

    /**
     * Writes bytes.
     *
     * @param data holds the bytes
     * @param offset where they begin
     * @param length how many
     */
    void write(byte[] data, int offset, int length);

    /**
     * Writes bytes.
     *
     * @param data the bytes
     */
    void write(MemorySegment data);

    /**
     * Writes one after the other.
     *
     * @param data the pieces
     */
    void writeSequence(List<ByteBuffer> data);

    /**
     * Sends a part of a file behind what was written before; what is written after this call follows it. Another thread reads the file, piece by piece,
     * as the peer takes it, so that neither the disk nor the peer holds up the loop, and no more than a piece is held in memory. The bytes of files do not
     * count for the write limits.
     *
     * @param file the file; it stays the caller's, and open until the answer is there
     * @param offset where the part begins, in bytes
     * @param count how many bytes
     * @return the number of bytes that were sent: fewer where the file is shorter; fails with {@link ConnectionLost}, or where the file cannot be read, with
     *     that error: the connection goes on then
     */
    Deferred<Long> sendFile(FileChannel file, long offset, long count);

    /** Closes the connection when all that was written is sent, and the producer that is registered has ended. Nothing more is read. */
    void loseConnection();

    /** Sends the end of the stream when all that was written is sent; what the peer sends is still received. */
    void loseWriteConnection();

    /** Closes the connection at once, with a reset where the family has one: what was written and not sent is lost. */
    void abortConnection();

    /**
     * Whether the connection still stands, and {@link #loseConnection} was not called.
     *
     * @return false when writing has no effect any more
     */
    boolean isConnected();

    /**
     * The peer's address.
     *
     * @return the address; null where the peer has none
     */
    @Nullable
    Sockaddr getPeer();

    /**
     * This side's address.
     *
     * @return the address
     */
    Sockaddr getHost();

    /**
     * Who is at the other end of a Unix socket.
     *
     * @return process, user and group, as they were at connect
     * @throws IOException elsewhere, ENOPROTOOPT or such
     */
    PeerCredentials getPeerCredentials() throws IOException;

    /**
     * Sets a socket option.
     *
     * @param option which
     * @param value its value
     * @param <T> the type of its value
     * @throws IOException if the kernel refuses
     */
    <T> void setSockOpt(SocketOption<T> option, T value) throws IOException;

    /**
     * Reads a socket option.
     *
     * @param option which
     * @param <T> the type of its value
     * @return its value
     * @throws IOException if the kernel refuses
     */
    <T> T getSockOpt(SocketOption<T> option) throws IOException;

    /**
     * Sets the marks at which producers are paused and resumed, and the limit.
     *
     * @param limits the limits
     */
    void setWriteLimits(WriteLimits limits);

    /**
     * How much was written that the kernel has not taken yet.
     *
     * @return the number of bytes
     */
    long bufferedBytes();

    /**
     * The reactor that this connection belongs to.
     *
     * @return the reactor
     */
    Reactor reactor();

    /**
     * Hands the connection, with its protocol and all that was written, to another reactor: from its next turn on, all is called in that reactor's
     * thread. The event that goes on is still this reactor's. Where the other one is closed before the connection has arrived, it ends.
     *
     * @param other the reactor, one of {@link Reactor#open}
     * @throws IllegalStateException if the other reactor is closed: the connection stays
     * @throws IllegalArgumentException if it is none of {@link Reactor#open}
     */
    void moveTo(Reactor other);

    /**
     * Who is told of what comes.
     *
     * @return the protocol
     */
    Protocol protocol();

    /**
     * Gives the connection to another protocol, which is told of it by {@link Protocol#makeConnection}, and of all that comes from now on. The one before hears no
     * more. Where this is called while {@link Protocol#dataReceived} runs, what that leaves in its buffer is the first that the next one receives: nothing is
     * lost where a conversation changes its language in the middle of what has come with one receive. If the next one pauses, it gets that when it resumes.
     *
     * <p>The receivers of lines and frames leave what follows the message in which they are replaced.
     *
     * @param next the protocol from now on
     * @throws IllegalStateException if the connection has ended
     */
    void setProtocol(Protocol next);

    /**
     * Speaks TLS from here on, as a server: the protocol stays, and what it reads and writes from now on is encrypted on the way. What was written before goes
     * out as it is. What the protocol has left in its buffer is taken for the beginning of TLS, so that nothing that came in plaintext can pass for
     * what was protected.
     *
     * @param context who this side is
     * @return what is known of TLS
     * @throws IllegalStateException if the context has no certificate, or the connection has TLS already
     */
    default TlsTransport startTls(TlsContext context) {
        return TlsLayer.start(this, context, null);
    }

    /**
     * As {@link #startTls(TlsContext)}, as a client.
     *
     * @param context whom to trust
     * @param serverHostName the name that the server's certificate must have, and that the server is told (SNI)
     * @return what is known of TLS
     * @throws IllegalStateException if the connection has TLS already
     */
    default TlsTransport startTls(TlsContext context, String serverHostName) {
        return TlsLayer.start(this, context, serverHostName);
    }

    /**
     * What is known of TLS on this connection.
     *
     * @return the layer that encrypts; null where there is none
     */
    default @Nullable TlsTransport tls() {
        return null;
    }

    /**
     * Passes an open descriptor to the peer of a Unix socket (SCM_RIGHTS): with the first byte that is written after this call, so that it comes before it;
     * the bytes of {@link #sendFile} carry none. Several go together, in order. The descriptor is duplicated: the caller's may be closed at once. Where nothing
     * is written any more, it is not passed. A protocol that receives is a {@link FileDescriptorReceiver}.
     *
     * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="descriptors"}
     *
     * @param file what has the descriptor
     * @throws UnsupportedOperationException if the connection is no Unix socket
     * @throws IllegalStateException if 253 descriptors wait for a byte already: Linux takes no more with one
     * @throws IOException if it cannot be duplicated: EBADF, EMFILE
     */
    default void sendFileDescriptor(HasFileno file) throws IOException {
        throw new UnsupportedOperationException("descriptors pass through Unix sockets alone, not through " + this);
    }
}
