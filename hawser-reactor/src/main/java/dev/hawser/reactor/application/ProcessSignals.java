package dev.hawser.reactor.application;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The signals that a process is told what to do with. The JDK has no other way to hear of them than {@code sun.misc.Signal}, of the supported module {@code jdk.unsupported}; nothing else
 * in Hawser knows it. It is called by method handles, because javac warns of its names, and nothing keeps it from that.
 *
 * <p>A signal that the process was started to ignore, as nohup(1) does with SIGHUP, stays ignored: the JVM sees to that.
 */
final class ProcessSignals implements AutoCloseable {

    static final int SIGHUP = 1;
    static final int SIGINT = 2;
    static final int SIGTERM = 15;

    private static final Map<Integer, String> NAMES = Map.of(SIGHUP, "HUP", SIGINT, "INT", SIGTERM, "TERM");

    /** What was there before, by signal. */
    private final Map<Object, Object> before = new LinkedHashMap<>();

    /** Linked when the first application runs. */
    private static final class Misc {

        static final Class<?> HANDLER;
        static final MethodHandle NEW;
        static final MethodHandle HANDLE;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> signal = Class.forName("sun.misc.Signal");
                HANDLER = Class.forName("sun.misc.SignalHandler");
                NEW = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                        .asType(MethodType.methodType(Object.class, String.class));
                HANDLE = lookup.findStatic(signal, "handle", MethodType.methodType(HANDLER, signal, HANDLER))
                        .asType(MethodType.genericMethodType(2));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /**
     * Takes the signals.
     *
     * @param told is called with a signal's number, in a thread of the JVM's
     * @param numbers which signals
     * @throws IllegalStateException if the JVM was told to keep its hands off them
     */
    ProcessSignals(IntConsumer told, int... numbers) {
        try {
            for (int number : numbers) {
                take(number, told);
            }
        } catch (IllegalArgumentException e) {
            close();
            throw new IllegalStateException(
                    "signals cannot be handled: was the JVM started with -Xrs? Start it without, or use"
                            + " Application.handleSignals(false)",
                    e);
        }
    }

    private void take(int number, IntConsumer told) {
        try {
            Object signal = Misc.NEW.invoke(NAMES.get(number));
            MethodHandle call = MethodHandles.insertArguments(
                    MethodHandles.publicLookup()
                            .findVirtual(IntConsumer.class, "accept", MethodType.methodType(void.class, int.class)),
                    0,
                    told,
                    number);
            // What it is called with, the signal, is known by its number.
            MethodHandle handler = MethodHandles.dropArguments(call, 0, signal.getClass());
            before.put(
                    signal, Misc.HANDLE.invoke(signal, MethodHandleProxies.asInterfaceInstance(Misc.HANDLER, handler)));
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /** Puts back what was there before. */
    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                Object _ = Misc.HANDLE.invoke(signal, handler);
            } catch (Throwable t) {
                throw rethrown(t);
            }
        });
        before.clear();
    }

    /** A method handle declares {@link Throwable}; what is called declares none. */
    private static RuntimeException rethrown(Throwable thrown) {
        switch (thrown) {
            case Error error -> throw error;
            case RuntimeException runtime -> throw runtime;
            default -> throw new AssertionError("a method without exceptions has thrown one", thrown);
        }
    }
}
