package dev.hawser.socketserver;

/** Handlers by the name of their class, which is all that a worker knows of them. */
final class WorkerHandlers {

    private WorkerHandlers() {}

    /**
     * The class of a server's handler.
     *
     * @throws IllegalArgumentException if it has none that a worker could find
     */
    static Class<?> typeOf(RequestHandler<?> handler) {
        if (!(handler instanceof ClassHandler<?>(Class<?> type, var constructor))) {
            throw new IllegalArgumentException("a worker process cannot be given the object " + handler
                    + ": make the server with a class of handlers, or RequestHandler.of(that class)");
        }
        try {
            if (load(type.getName(), false) == type) {
                return type;
            }
        } catch (ClassNotFoundException e) {
            // Said below.
        }
        throw new IllegalArgumentException("a worker process cannot find " + constructor
                + ": it is not on the class path or module path of this process");
    }

    /** In a worker: the handler of requests of the right type, as its server could not have been made with another. */
    @SuppressWarnings("unchecked")
    static <R> RequestHandler<R> handler(String className) throws ClassNotFoundException {
        return RequestHandler.of(
                (Class<? extends BaseRequestHandler<R>>) load(className, true).asSubclass(BaseRequestHandler.class));
    }

    private static Class<?> load(String name, boolean initialize) throws ClassNotFoundException {
        return Class.forName(name, initialize, ClassLoader.getSystemClassLoader());
    }
}
