package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.lang.reflect.Constructor;

/** Makes an object of a class for each request: the form that a worker process can load by its name. */
record ClassHandler<R>(
        Class<? extends BaseRequestHandler<R>> type, Constructor<? extends BaseRequestHandler<R>> constructor)
        implements RequestHandler<R> {

    ClassHandler(Class<? extends BaseRequestHandler<R>> type) {
        this(type, constructorOf(type));
    }

    private static <T> Constructor<T> constructorOf(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no constructor without arguments", e);
        }
    }

    @Override
    public void handle(R request, Sockaddr clientAddress, BaseServer<R> server) throws Exception {
        constructor.newInstance().run(request, clientAddress, server);
    }
}
