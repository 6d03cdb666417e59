package dev.hawser.socketserver;

import dev.hawser.select.Selector;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every server is: the loop that waits for requests, and the steps that each request goes through. Python's
 * {@code socketserver.BaseServer}. It has no instances of its own: {@link TcpServer}, {@link UdpServer}, {@link
 * UnixStreamServer} and {@link UnixDatagramServer} are the servers; {@link ThreadingMixIn} and {@link ForkingMixIn} change
 * how they process their requests.
 *
 * <p>A request goes through these methods, each of which can be overridden: {@link #getRequest}, {@link #verifyRequest},
 * {@link #processRequest}, which calls {@link #finishRequest}, which runs the handler, and {@link #shutdownRequest}. What any
 * of them throws goes to {@link #handleError} with the client's address, ends this request, and nothing else.
 *
 * <h2>For the caller</h2>
 * {@link #serveForever()}, {@link #handleRequest}, {@link #shutdown}, {@link #serverClose}, {@link #closeClients},
 * {@link #serverAddress}, {@link #socket}, {@link #fileno}.
 *
 * <h2>To override: what a server is like</h2>
 * {@link #requestQueueSize}, {@link #allowReuseAddress}, {@link #allowReusePort}, {@link #timeout}, and the settings of the kinds of
 * servers. A constructor that binds asks for them before the subclass's own constructor has run: let them return constants, or
 * set the fields that they return before {@code super(...)}, or make the server with {@code bindAndActivate} false and call {@link
 * #serverBind} and {@link #serverActivate} later.
 *
 * <h2>To override: the steps</h2>
 * {@link #serverBind}, {@link #serverActivate}, {@link #verifyRequest}, {@link #finishRequest}, {@link #handleError}, {@link
 * #handleTimeout}, {@link #serviceActions}.
 *
 * <h2>For derived classes and mix-ins</h2>
 * {@link #state}, {@link #getRequest}, {@link #processRequest}, {@link #shutdownRequest}, {@link #closeRequest}, {@link
 * #abortRequest}, {@link #awaitRoom}. They are public because Java's interfaces have nothing else; callers have no use for them.
 *
 * <h2>Threading</h2>
 * One thread at a time serves, in {@link #serveForever()} or {@link #handleRequest}. {@link #shutdown}, {@link #serverClose} and
 * {@link #closeClients} may be called from any thread, a handler's among them.
 *
 * A second thread that serves gets an {@link IllegalStateException}, and so does a handler that serves with the server that called it.
 *
 * <h2>Blocking and timeouts</h2>
 * The loop waits without limit, and without a periodic look at anything: {@link #shutdown} wakes it. On a virtual thread it gives up
 * its carrier. A timeout of {@link #socket} is that of {@link #handleRequest}, and of nothing else here. An interrupt of the thread
 * that serves ends the loop with a {@link dev.hawser.socket.SocketInterruptedException}, on a platform thread, too; no request is
 * taken from the queue for it.
 *
 * <h2>Errors</h2>
 * What a request throws, whatever it is, goes to {@link #handleError}; what that throws itself ends the loop. A request that cannot be
 * taken is reported, and the loop goes on: once for each kind of failure, until one is taken again, and after a rest from the second
 * failure on, so that it does not spin. Where the process or the system has no descriptor or memory left (EMFILE, ENFILE, ENOBUFS,
 * ENOMEM), it rests for 100 ms each time while clients wait in the kernel's queue; when there is no descriptor even after a rest, clients
 * are turned away with a spare one: accepted and closed, so that they know. Who connects and goes away before the server has
 * looked (ECONNABORTED), or is taken by another process, is nobody's error, nor is the answer of a host that a datagram did not reach.
 *
 * <h2>Platform notes</h2>
 * A server has up to three descriptors besides its socket while it lives: those of a {@link Selector}, and the spare one of a server of
 * connections. {@link #serverClose} gives them back; a {@code socket().close()} does so too when a loop is running.
 *
 * <p>Source: Python's {@code socketserver}; accept(2).
 *
 * {@snippet file="dev/hawser/socketserver/ServerSnippetsTest.java" region="steps"}
 *
 * @param <R> what a request is: the connection of a stream server, a {@link DatagramRequest} of a datagram server
 */
public interface BaseServer<R> extends HasFileno, Closeable {

    /**
     * What this server has besides its methods, one for its life.
     *
     * @return the object that the constructor made
     */
    ServerState<R> state();

    /**
     * Serves requests until {@link #shutdown} or {@link #serverClose}, from any thread. The server can be started again after
     * the former; of one that is closed already it returns at once.
     *
     * @throws IllegalStateException if another thread serves, or a handler calls it
     * @throws IOException if the socket cannot be waited for, or the thread is interrupted
     */
    default void serveForever() throws IOException {
        state().serveForever(this, null);
    }

    /**
     * The same, with {@link #serviceActions} called at least so often.
     *
     * @param pollInterval the longest wait, more than zero
     * @throws IllegalArgumentException if it is not
     * @throws IllegalStateException if another thread serves, or a handler calls it
     * @throws IOException if the socket cannot be waited for, or the thread is interrupted
     */
    default void serveForever(Duration pollInterval) throws IOException {
        state().serveForever(this, pollInterval);
    }

    /**
     * Serves one request: waits for it, and for {@link #awaitRoom}, until the shorter of {@link #timeout} and the socket's own has passed,
     * and calls {@link #handleTimeout} then. A timeout of zero takes what is there. It returns without a request, too, where there was one that could
     * not be taken, and after {@link #shutdown} and {@link #serverClose}.
     *
     * @throws IllegalStateException if another thread serves, or a handler calls it
     * @throws IOException if the server is closed already, the socket cannot be waited for, or the thread is interrupted
     */
    default void handleRequest() throws IOException {
        state().handleRequest(this);
    }

    /**
     * Ends {@link #serveForever()}, and returns when it has ended: at once, no request is taken after it. From the thread that serves
     * it returns at once, and the loop ends after the request. Without a loop it ends the next one before its first request, as in
     * Python, but does not wait for it. {@link #handleRequest} is a loop of one request here.
     */
    default void shutdown() {
        state().shutdown();
    }

    /**
     * Closes the socket; a loop that still runs ends. Closing twice is fine. A mix-in's may wait for the requests in progress. A path
     * that {@link #serverBind} made is removed, if it is still that of this server.
     *
     * @throws IOException if the close fails
     */
    default void serverClose() throws IOException {
        state().close();
    }

    /** The same as {@link #serverClose}, for try-with-resources. */
    @Override
    default void close() throws IOException {
        serverClose();
    }

    /**
     * Closes the connections of all requests in progress, so that their handlers end: a call that waits in one fails with a {@link
     * dev.hawser.socket.SocketClosedException}, which is not reported as an error. Datagrams have no connection.
     */
    default void closeClients() {
        state().closeClients(this);
    }

    /**
     * The address that it is bound to; before it is bound, the one that it was made with.
     *
     * @return the address, with the true port where port 0 was asked for
     */
    default Sockaddr serverAddress() {
        return state().address();
    }

    /**
     * The socket that requests come from.
     *
     * @return the socket
     */
    default Socket socket() {
        return state().socket();
    }

    /** The number of the socket's descriptor, so that a server can be registered with a {@link Selector}. */
    @Override
    default int fileno() {
        return socket().fileno();
    }

    /**
     * What handles a request.
     *
     * @return the handler
     */
    default RequestHandler<R> requestHandler() {
        return state().requestHandler();
    }

    /**
     * The address family of the socket.
     *
     * @return an AF_* number, that of the address
     */
    default int addressFamily() {
        return socket().family();
    }

    /**
     * The type of the socket.
     *
     * @return SOCK_STREAM or SOCK_DGRAM
     */
    default int socketType() {
        return socket().type();
    }

    /**
     * How many connections may wait to be accepted: the argument of {@code listen}. Datagram servers do not use it.
     *
     * @return 5, as in Python; a busy server wants more
     */
    default int requestQueueSize() {
        return 5;
    }

    /**
     * Whether {@link #serverBind} sets SO_REUSEADDR, so that a server can be started again while old connections are in TIME_WAIT.
     *
     * @return false, as in Python
     */
    default boolean allowReuseAddress() {
        return false;
    }

    /**
     * Whether {@link #serverBind} sets SO_REUSEPORT, so that several servers can share the port.
     *
     * @return false, as in Python
     */
    default boolean allowReusePort() {
        return false;
    }

    /**
     * How long {@link #handleRequest} waits. {@link #serveForever()} does not use it.
     *
     * @return null for no limit
     */
    default @Nullable Duration timeout() {
        return null;
    }

    /**
     * Binds the socket to the address that the server was made with; {@link #serverAddress} is the true one afterwards.
     *
     * @throws java.net.BindException if the address cannot be had; of a Unix path it tells what is there
     * @throws IOException if an option cannot be set
     */
    default void serverBind() throws IOException {
        state().bind(this);
    }

    /**
     * Listens, where the socket is one that does.
     *
     * @throws IOException if it cannot
     */
    void serverActivate() throws IOException;

    /**
     * Called in the loop's thread before the first wait, and after each request or poll interval; not after the one that ended the loop.
     *
     * @throws IOException ends the loop
     */
    default void serviceActions() throws IOException {}

    /**
     * Waits until there is room for one more request; what waits longer than it should does so in the kernel's queue. Here there always
     * is. {@link #shutdown} ends the wait.
     *
     * @throws IOException ends the loop
     */
    default void awaitRoom() throws IOException {}

    /**
     * Takes the request that has come, without waiting for one: it may have gone by now. A {@link
     * dev.hawser.socket.WouldBlockException} says the same as null.
     *
     * @return the request; null where there is none after all, or none that is to be processed
     * @throws IOException is reported; the loop goes on
     */
    @Nullable
    ReceivedRequest<R> getRequest() throws IOException;

    /**
     * Whether a request is to be processed. One that is not is shut down.
     *
     * @param request the request
     * @param clientAddress who sent it
     * @return true
     * @throws Exception goes to {@link #handleError}
     */
    default boolean verifyRequest(R request, Sockaddr clientAddress) throws Exception {
        return true;
    }

    /**
     * Processes a request: here by {@link #finishRequest} and {@link #shutdownRequest}, in the loop's thread. A mix-in does it elsewhere.
     *
     * @param request the request
     * @param clientAddress who sent it
     * @throws Exception goes to {@link #handleError}, and the request is shut down
     */
    default void processRequest(R request, Sockaddr clientAddress) throws Exception {
        finishRequest(request, clientAddress);
        shutdownRequest(request);
    }

    /**
     * Runs the handler.
     *
     * @param request the request
     * @param clientAddress who sent it
     * @throws Exception goes to {@link #handleError}
     */
    default void finishRequest(R request, Sockaddr clientAddress) throws Exception {
        requestHandler().handle(request, clientAddress, this);
    }

    /**
     * Ends a request: tells the client that no more will come, and cleans up.
     *
     * @param request the request
     */
    default void shutdownRequest(R request) {
        closeRequest(request);
    }

    /**
     * Cleans up what belongs to a request in this process.
     *
     * @param request the request
     */
    void closeRequest(R request);

    /**
     * Ends a request from another thread than its handler's, for {@link #closeClients}: a handler that waits for the client does so no
     * longer.
     *
     * @param request the request
     */
    default void abortRequest(R request) {
        closeRequest(request);
    }

    /**
     * Told what went wrong with a request. Here it is logged as an error, with the client's address, by the logger {@code
     * dev.hawser.socketserver}. What it throws itself ends the loop, after the request was shut down.
     *
     * @param request the request
     * @param clientAddress who sent it
     * @param error what was thrown
     */
    default void handleError(R request, Sockaddr clientAddress, Throwable error) {
        ServerLog.failed(clientAddress, error);
    }

    /** Called when {@link #handleRequest} has waited for its {@link #timeout}. */
    default void handleTimeout() {}
}
