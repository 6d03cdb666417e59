package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of a server: the lambda form, for handlers of a few lines. {@link StreamRequestHandler} and {@link
 * DatagramRequestHandler} are the classes to extend for longer ones. {@link #streams} and {@link #datagrams} make what such a handler has out
 * of a lambda; {@link #of} and {@link #from} take classes.
 *
 * <p>A lambda that is given to a server gets the connection itself. The files that {@link Socket#makeFileReader} and its like make keep a
 * connection open until they are closed, which is the lambda's business; {@link #streams} has nothing to close.
 *
 * <h2>Threading</h2>
 * One object handles all requests, several at a time where the server has a {@link ThreadingMixIn}.
 *
 * <h2>Blocking and timeouts</h2>
 * As {@link BaseRequestHandler}.
 *
 * <h2>Errors</h2>
 * What it throws goes to {@link BaseServer#handleError}, and ends this request alone.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="lambda"}
 *
 * @param <R> what a request is
 */
@FunctionalInterface
public interface RequestHandler<R> {

    /**
     * Handles one request. The server closes the connection afterwards.
     *
     * @param request the connection, or the datagram
     * @param clientAddress who sent it
     * @param server the server
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    void handle(R request, Sockaddr clientAddress, BaseServer<R> server) throws Exception;

    /**
     * A handler that makes an object of a class for each request, by its constructor without arguments, of any visibility.
     *
     * @param type the class
     * @param <R> what a request is
     * @return the handler
     * @throws IllegalArgumentException if objects of the class cannot be made so: it is abstract, or an inner class, or has no such
     *     constructor, or its module does not open it; the message has the remedy
     */
    static <R> RequestHandler<R> of(Class<? extends BaseRequestHandler<R>> type) {
        return new ClassHandler<>(type);
    }

    /**
     * A handler that gets an object for each request from a supplier: for those whose constructors take arguments.
     *
     * @param supplier makes a new object at each call
     * @param <R> what a request is
     * @return the handler
     */
    static <R> RequestHandler<R> from(Supplier<? extends BaseRequestHandler<R>> supplier) {
        return (request, clientAddress, server) -> {
            BaseRequestHandler<R> handler = supplier.get();
            if (handler == null) {
                throw new IllegalStateException("the supplier of request handlers has returned null");
            }
            handler.run(request, clientAddress, server);
        };
    }

    /**
     * A handler of connections that gets the streams of a {@link StreamRequestHandler}, with its defaults.
     *
     * @param conversation what to do
     * @return the handler
     */
    static RequestHandler<Socket> streams(Streams conversation) {
        return from(() -> new StreamRequestHandler() {
            @Override
            protected void handle() throws Exception {
                conversation.handle(rfile(), wfile());
            }
        });
    }

    /**
     * A handler of datagrams that answers each with one, or with none.
     *
     * @param answer makes the answer
     * @return the handler
     */
    static RequestHandler<DatagramRequest> datagrams(Datagrams answer) {
        return (request, clientAddress, server) -> {
            byte[] bytes = answer.answer(request.data());
            if (bytes != null) {
                request.answer(bytes, clientAddress);
            }
        };
    }

    /** Talks to a client by two streams, see {@link #streams}. */
    @FunctionalInterface
    interface Streams {

        /**
         * Does all that the client asks for.
         *
         * @param rfile what the client sends, buffered
         * @param wfile what the client gets, without a buffer
         * @throws Exception goes to {@link BaseServer#handleError}
         */
        void handle(LineInputStream rfile, OutputStream wfile) throws Exception;
    }

    /** Answers a datagram, see {@link #datagrams}. */
    @FunctionalInterface
    interface Datagrams {

        /**
         * Makes the answer.
         *
         * @param packet the datagram
         * @return the bytes of the answer, none for an empty datagram; null for no answer
         * @throws Exception goes to {@link BaseServer#handleError}
         */
        byte @Nullable [] answer(byte[] packet) throws Exception;
    }
}
