package dev.hawser.tls;

import dev.hawser.io.PatientReader;
import dev.hawser.netpoll.Deadline;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection over a stream socket: CPython's {@code ssl.SSLSocket}. {@link TlsContext} makes it, and it owns the
 * socket's descriptor from then on. The handshake is done by {@link #doHandshake}, or by the first call that moves bytes.
 *
 * <h2>Threading</h2>
 * Safe from any thread. One thread reads while another writes; a second reader waits for the first, a second writer too.
 * Neither direction ever waits for the other, so both peers may write as much as they like before they read, provided
 * that somebody reads at the same time. The peer's key updates are answered by whichever direction is free.
 * Any thread may {@link #close}, which ends every call in flight. What the engine has to compute (checking certificates, signatures) is done by the calling
 * thread: it takes milliseconds and waits for nothing, unless the JDK is told to fetch revocation lists.
 *
 * <h2>Blocking and timeouts</h2>
 * A thread that must wait parks, as in {@link Socket}; the timeout, which begins as the socket's, means the same: null,
 * zero, or one deadline for the whole call. Each call may be repeated after it has timed out, was interrupted or would have
 * had to wait: a handshake goes on where it was, a read has lost nothing. {@link #sendAll} tells in
 * {@code bytesTransferred} how many bytes belong to the stream; a record of theirs that has not gone out as a whole goes
 * before the next one, or with {@link #flush}.
 *
 * <h2>Errors</h2>
 * What fails in TLS is an {@link javax.net.ssl.SSLException}: {@link javax.net.ssl.SSLHandshakeException} where no
 * connection came about, with the host name and the reason where the certificate is not accepted, and with the alert's
 * name where the peer refused. It says operation and addresses; every later call fails with the same. A stream that ends without
 * TLS's close_notify is a {@link TlsTruncatedException}, never an end. What fails below is a
 * {@link dev.hawser.socket.SocketError}. In TLS 1.3 a client is done before the server has looked at its
 * certificate: a refusal comes with its first read. A peer that asks for a renegotiation (TLS 1.2) is refused.
 *
 * <h2>Platform notes</h2>
 * The engine is the JDK's: its security properties ({@code jdk.tls.disabledAlgorithms}) hold. A connection takes a
 * buffer of 17 KB for each direction.
 *
 * <p>Source: RFC 8446, RFC 5246, RFC 9325; CPython's {@code ssl} module.
 *
 * {@snippet file="dev/hawser/tls/TlsSnippetsTest.java" region="client"}
 */
public final class TlsSocket implements Closeable, HasFileno {

    private final TlsConnection connection;
    private final boolean serverSide;
    private final @Nullable String serverHostName;

    TlsSocket(Socket socket, TlsEngine engine, @Nullable String serverHostName) throws IOException {
        this.serverSide = engine.isServer();
        this.serverHostName = serverHostName;
        this.connection = new TlsConnection(socket, engine, serverHostName);
    }

    /**
     * Does the handshake, or goes on with it; where it is done, nothing.
     *
     * @throws javax.net.ssl.SSLHandshakeException if the peers do not agree, or one does not trust the other
     * @throws IOException if the socket fails, or the time is up: then it may be called again, and goes on
     */
    public void doHandshake() throws IOException {
        connection.handshake(Deadline.after(connection.timeoutNanos()));
    }

    /**
     * Receives bytes.
     *
     * @param maxBytes the most bytes to receive; 0 returns at once
     * @return what has come, at least one byte; none at the clean end of the stream
     * @throws TlsTruncatedException if the stream ends without a close_notify
     * @throws IOException if the call failed
     */
    public byte[] recv(int maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("negative buffer size: " + maxBytes);
        }
        byte[] buffer = new byte[Math.min(maxBytes, TlsConnection.MAX_RECORD_BYTES)];
        int n = recvInto(buffer);
        return n == buffer.length ? buffer : Arrays.copyOf(buffer, n);
    }

    /**
     * The same as {@link #recv}.
     *
     * @param maxBytes the most bytes to receive
     * @return what has come; none at the clean end of the stream
     * @throws IOException if the call failed
     */
    public byte[] read(int maxBytes) throws IOException {
        return recv(maxBytes);
    }

    /**
     * Receives bytes into the whole of an array.
     *
     * @param buffer where to put them
     * @return how many have come; 0 at the clean end of the stream
     * @throws IOException if the call failed
     */
    public int recvInto(byte[] buffer) throws IOException {
        return recvInto(ByteBuffer.wrap(buffer));
    }

    /**
     * Receives bytes into a part of an array.
     *
     * @param buffer where to put them
     * @param offset where the part begins
     * @param length how long it is
     * @return how many have come; 0 at the clean end of the stream
     * @throws IOException if the call failed
     */
    public int recvInto(byte[] buffer, int offset, int length) throws IOException {
        return recvInto(ByteBuffer.wrap(buffer, offset, length));
    }

    /**
     * Receives bytes into the rest of a buffer, heap or direct, and moves its position on. With room for a whole record, of
     * at most 16 KiB, they are decrypted right into it; else there is a copy.
     *
     * @param buffer where to put them
     * @return how many have come; 0 at the clean end of the stream
     * @throws IOException if the call failed
     */
    public int recvInto(ByteBuffer buffer) throws IOException {
        return connection.read(buffer);
    }

    /**
     * Receives bytes into a segment, native or of a byte array.
     *
     * @param buffer where to put them; of a larger one, the first 2147483647 bytes are used
     * @return how many have come; 0 at the clean end of the stream
     * @throws IOException if the call failed
     */
    public int recvInto(MemorySegment buffer) throws IOException {
        return connection.read(buffer(buffer));
    }

    /**
     * Sends bytes of one record: what to use where one must not wait.
     *
     * @param data what to send
     * @return how many bytes belong to the stream now, at most 16 KiB. Where the socket did not take all of their
     *     record, the rest goes out before the next one, or with {@link #flush}
     * @throws IOException if the call failed; nothing was taken then
     */
    public int send(byte[] data) throws IOException {
        return connection.writeSome(ByteBuffer.wrap(data));
    }

    /**
     * The same as {@link #send}.
     *
     * @param data what to send
     * @return how many bytes belong to the stream now
     * @throws IOException if the call failed; nothing was taken then
     */
    public int write(byte[] data) throws IOException {
        return send(data);
    }

    /**
     * Sends all bytes. The timeout is one deadline for the whole; when it passes, or the thread is interrupted,
     * {@code bytesTransferred} of the exception tells how many belong to the stream: go on with those after them.
     *
     * @param data what to send
     * @throws IOException if the call failed
     */
    public void sendAll(byte[] data) throws IOException {
        sendAll(ByteBuffer.wrap(data));
    }

    /**
     * Sends all of a part of an array.
     *
     * @param data what to send
     * @param offset where the part begins
     * @param length how long it is
     * @throws IOException if the call failed
     */
    public void sendAll(byte[] data, int offset, int length) throws IOException {
        sendAll(ByteBuffer.wrap(data, offset, length));
    }

    /**
     * Sends all that remains in a buffer, heap or direct, and moves its position on.
     *
     * @param data what to send
     * @throws IOException if the call failed; the position is then after the bytes that belong to the stream
     */
    public void sendAll(ByteBuffer data) throws IOException {
        connection.writeAll(data);
    }

    /**
     * Sends all of a segment, native or of a byte array.
     *
     * @param data what to send, at most 2147483647 bytes
     * @throws IOException if the call failed
     */
    public void sendAll(MemorySegment data) throws IOException {
        if (data.byteSize() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("send at most 2147483647 bytes at a time, not " + data.byteSize());
        }
        sendAll(buffer(data));
    }

    /**
     * Sends what an earlier call had to leave behind when its time was up. Where that was nothing, it does nothing.
     *
     * @throws IOException if the call failed
     */
    public void flush() throws IOException {
        connection.writeAll(ByteBuffer.allocate(0));
    }

    private static ByteBuffer buffer(MemorySegment segment) {
        if (!segment.isNative() && !(segment.heapBase().orElse(null) instanceof byte[])) {
            throw new IllegalArgumentException("a segment of native memory or of a byte array is needed: " + segment);
        }
        return segment.asSlice(0, Math.min(segment.byteSize(), Integer.MAX_VALUE))
                .asByteBuffer();
    }

    /**
     * How many bytes can be read without the socket: a reader that waits for readiness must take these first.
     *
     * @return the count of bytes that are decrypted
     */
    public int pending() {
        return connection.engine().pending();
    }

    /**
     * Tells the peer, by a close_notify alert, that nothing more will be written. Reading goes on: in TLS 1.3 until the peer says the
     * same; in TLS 1.2, whose peers answer at once, mostly not for long.
     *
     * @throws IOException if the call failed; after a timeout it may be repeated
     */
    public void shutdownOutput() throws IOException {
        connection.shutdownOutput();
    }

    /**
     * Ends TLS cleanly, both ways, and gives the plain socket back, at the first byte after TLS: sends a close_notify, and
     * waits for the peer's. The TLS socket is closed then. Read the stream to its end first, and let no other thread read.
     *
     * @return the plain socket, with this one's timeout
     * @throws javax.net.ssl.SSLException if the peer still sends, or something of the stream was not read
     * @throws TlsTruncatedException if the peer goes without its close_notify
     * @throws IOException if the call failed; after a timeout it may be repeated
     */
    public Socket unwrap() throws IOException {
        return connection.unwrap();
    }

    /**
     * Closes the connection, from any thread, and wakes every thread that waits in one of its calls with a
     * {@link SocketClosedException}. It says close_notify, unless another thread is just writing, and waits for nothing. What
     * the peer has sent and nobody has read makes TCP break the connection: where that matters, {@link #unwrap} first.
     * Closing twice is fine.
     *
     * @throws IOException if close(2) reports an error; the socket is closed all the same
     */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    /**
     * Whether the connection was closed here, or unwrapped.
     *
     * @return true after {@link #close} and {@link #unwrap}
     */
    public boolean isClosed() {
        return connection.isClosed();
    }

    /**
     * Sets how long a call may wait.
     *
     * @param timeout null: as long as it takes; zero: not at all; else until it has passed, once for each call
     * @throws IllegalArgumentException if the timeout is negative
     */
    public void setTimeout(@Nullable Duration timeout) {
        connection.setTimeout(timeout);
    }

    /**
     * How long a call may wait.
     *
     * @return null: as long as it takes; zero: not at all
     */
    public @Nullable Duration getTimeout() {
        return connection.getTimeout();
    }

    /**
     * The number of the descriptor, as {@link Socket#fileno}.
     *
     * @return the number, or -1 where the connection is closed
     */
    @Override
    public int fileno() {
        return isClosed() ? -1 : connection.writer().fileno();
    }

    /**
     * The socket's own address.
     *
     * @return the address
     * @throws IOException if the connection is closed
     */
    public Sockaddr getSockName() throws IOException {
        return connection.writer().getSockName();
    }

    /**
     * The peer's address.
     *
     * @return the address
     * @throws IOException if the connection is closed
     */
    public Sockaddr getPeerName() throws IOException {
        return connection.writer().getPeerName();
    }

    /**
     * The peer's certificate, which was checked, unless verification was turned off.
     *
     * @return the certificate, or null where a client has shown none
     * @throws IllegalStateException if the handshake is not done
     */
    public @Nullable X509Certificate getPeerCert() {
        List<X509Certificate> chain = getPeerCertChain();
        return chain.isEmpty() ? null : chain.getFirst();
    }

    /**
     * The certificates that the peer has shown, its own first.
     *
     * @return the chain; empty where a client has shown none
     * @throws IllegalStateException if the handshake is not done
     */
    public List<X509Certificate> getPeerCertChain() {
        return connection.peerCertificates();
    }

    /**
     * The name in the peer's certificate: {@code server()} of Python 2's {@code ssl()}.
     *
     * @return such as {@code CN=example.org,O=Example}
     * @throws IllegalStateException if the handshake is not done, or the peer has shown no certificate
     */
    public String server() {
        return requireCertificate().getSubjectX500Principal().getName();
    }

    /**
     * The name of who issued the peer's certificate: {@code issuer()} of Python 2's {@code ssl()}.
     *
     * @return such as {@code CN=Example CA}
     * @throws IllegalStateException if the handshake is not done, or the peer has shown no certificate
     */
    public String issuer() {
        return requireCertificate().getIssuerX500Principal().getName();
    }

    private X509Certificate requireCertificate() {
        X509Certificate certificate = getPeerCert();
        if (certificate == null) {
            throw new IllegalStateException("the peer has shown no certificate");
        }
        return certificate;
    }

    /**
     * The cipher suite in use.
     *
     * @return such as {@code TLS_AES_256_GCM_SHA384}, or null before the handshake is done
     */
    public @Nullable String cipher() {
        SSLSession session = connection.sessionOrNull();
        return session == null ? null : session.getCipherSuite();
    }

    /**
     * The version of TLS in use.
     *
     * @return such as {@code TLSv1.3}, or null before the handshake is done
     */
    public @Nullable String version() {
        SSLSession session = connection.sessionOrNull();
        return session == null ? null : session.getProtocol();
    }

    /**
     * The protocol that was agreed on by ALPN.
     *
     * @return such as {@code h2}, or null where the peers do not use ALPN, or before the handshake is done
     */
    public @Nullable String selectedAlpnProtocol() {
        return connection.sessionOrNull() == null ? null : connection.engine().applicationProtocol();
    }

    /**
     * Whether the handshake resumed an earlier session, and so did without certificates.
     *
     * @return whether it did; false before the handshake is done
     */
    public boolean sessionReused() {
        return connection.engine().isSessionReused();
    }

    /**
     * Which end this is.
     *
     * @return true for the server's
     */
    public boolean serverSide() {
        return serverSide;
    }

    /**
     * The name that the server's certificate must have.
     *
     * @return the name, or null at the server's end, or where verification is off and none was given
     */
    public @Nullable String serverHostName() {
        return serverHostName;
    }

    /**
     * A stream that reads. It ends with the connection's clean end; closing it leaves the connection open, and closing the
     * connection ends it. The timeout applies, and a read that timed out may be repeated.
     *
     * @return the stream
     */
    public InputStream makeFileInput() {
        return TlsFiles.input(this);
    }

    /**
     * A stream that writes, without a buffer: each array as records of its own. Closing it leaves the connection open.
     *
     * @return the stream
     */
    public OutputStream makeFileOutput() {
        return TlsFiles.output(this);
    }

    /**
     * A reader of text, buffered: a {@code readLine} that timed out may be repeated, and then returns the whole line.
     *
     * @param charset the text's encoding; what is no text in it becomes U+FFFD
     * @return the reader
     */
    public BufferedReader makeFileReader(Charset charset) {
        return new PatientReader(new InputStreamReader(makeFileInput(), charset));
    }

    /**
     * A writer of text, buffered: flush it.
     *
     * @param charset the text's encoding
     * @return the writer
     */
    public Writer makeFileWriter(Charset charset) {
        return new BufferedWriter(new OutputStreamWriter(makeFileOutput(), charset));
    }

    @Override
    public String toString() {
        String version = version();
        String state = isClosed() ? "closed" : version == null ? "no handshake yet" : version + " " + cipher();
        return "TlsSocket[" + state + " over " + connection.writer() + "]";
    }
}
