package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes an object of a class for each request: the form that a worker process can load by its name. */
record ClassHandler<R>(
        Class<? extends BaseRequestHandler<R>> type, Constructor<? extends BaseRequestHandler<R>> constructor)
        implements RequestHandler<R> {

    ClassHandler(Class<? extends BaseRequestHandler<R>> type) {
        this(type, constructorOf(type));
    }

    private static <T> Constructor<T> constructorOf(Class<T> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw refused(type, "is abstract: give the server a class that extends it");
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw refused(type, withoutConstructor(type));
        } catch (InaccessibleObjectException e) {
            throw refused(
                    type, "is not open to Hawser: add \"" + opens(type) + "\" to its module-info.java" + orFrom());
        }
    }

    private static String withoutConstructor(Class<?> type) {
        boolean inner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
        return inner
                ? "is an inner class, whose objects need one of the class around it: declare it static" + orFrom()
                : "has no constructor without arguments: give it one" + orFrom();
    }

    private static String opens(Class<?> type) {
        String target = ClassHandler.class.getModule().isNamed()
                ? " to " + ClassHandler.class.getModule().getName()
                : "";
        return "opens " + type.getPackageName() + target + ";";
    }

    private static String orFrom() {
        return ", or use RequestHandler.from(() -> new ...)";
    }

    private static IllegalArgumentException refused(Class<?> type, String why) {
        return new IllegalArgumentException("the handler " + type.getName() + " " + why);
    }

    @Override
    public void handle(R request, Sockaddr clientAddress, BaseServer<R> server) throws Exception {
        make().run(request, clientAddress, server);
    }

    /** What the constructor itself throws comes out of it as it is. */
    private BaseRequestHandler<R> make() throws Exception {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
