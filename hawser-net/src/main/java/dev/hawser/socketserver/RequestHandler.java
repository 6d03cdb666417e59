package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.util.function.Supplier;

/**
 * Handles the requests of a server: the lambda form, for handlers of a few lines. {@link StreamRequestHandler} and {@link
 * DatagramRequestHandler} are the classes to extend for longer ones.
 *
 * <h2>Threading</h2>
 * One object handles all requests, several at a time where the server has a {@link ThreadingMixIn}.
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
     * A handler that makes an object of a class for each request, by its constructor without arguments.
     *
     * @param type the class
     * @param <R> what a request is
     * @return the handler
     * @throws IllegalArgumentException if objects of the class cannot be made so
     */
    static <R> RequestHandler<R> of(Class<? extends BaseRequestHandler<R>> type) {
        return new ClassHandler<>(type);
    }

    /**
     * A handler that gets an object for each request from a supplier.
     *
     * @param supplier makes a new object at each call
     * @param <R> what a request is
     * @return the handler
     */
    static <R> RequestHandler<R> from(Supplier<? extends BaseRequestHandler<R>> supplier) {
        return (request, clientAddress, server) -> supplier.get().run(request, clientAddress, server);
    }
}
