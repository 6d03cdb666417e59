package dev.hawser.asyncore;

import static dev.hawser.select.Selector.EVENT_PRIORITY;
import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;

import dev.hawser.asyncore.Dispatcher.State;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What an event means to a dispatcher in its state, and where that goes which a handler throws: nothing but {@link ExitNow}
 * leaves the methods of this class.
 */
final class Events {

    /** A call of a handler. */
    @FunctionalInterface
    private interface Step {

        void run(Dispatcher dispatcher, Registration registration) throws IOException;
    }

    private static final Step UPDATE = Events::update;
    private static final Step READ = Events::read;
    private static final Step WRITE = Events::write;
    private static final Step PRIORITY = Events::priority;
    private static final Step LOST = (dispatcher, _) -> dispatcher.handleClose();

    private Events() {}

    /**
     * Asks a dispatcher what it wants of the next turn.
     *
     * @return after how many nanoseconds it wants to be asked again at the latest
     */
    static long prepare(Dispatcher dispatcher) {
        Registration registration = dispatcher.registration();
        if (registration == null) {
            return Long.MAX_VALUE; // closed by another thread a moment ago
        }
        if (registration.isLost()) {
            lost(dispatcher);
        } else {
            guard(UPDATE, dispatcher, registration);
        }
        // One that has been closed here was perhaps the last, or its handler had something for one that was asked
        // before.
        return registration.isCurrent() ? dispatcher.restNanos() : 0;
    }

    /** Somebody has closed the channel, and not through the dispatcher. */
    static void lost(Dispatcher dispatcher) {
        Registration registration = dispatcher.registration();
        if (registration != null) {
            guard(LOST, dispatcher, registration);
            if (registration.isCurrent()) {
                abandon(dispatcher); // a number that is no longer its own must not stay in the map
            }
        }
    }

    /** Calls the handlers, until one of them closes the channel. */
    static void deliver(Registration registration, int events) {
        Dispatcher dispatcher = registration.dispatcher();
        if ((events & EVENT_READ) != 0 && registration.isCurrent()) {
            guard(READ, dispatcher, registration);
        }
        if ((events & EVENT_WRITE) != 0 && registration.isCurrent()) {
            guard(WRITE, dispatcher, registration);
        }
        if ((events & EVENT_PRIORITY) != 0 && registration.isCurrent()) {
            guard(PRIORITY, dispatcher, registration);
        }
    }

    private static void update(Dispatcher dispatcher, Registration registration) throws IOException {
        int wanted = 0; // of one that fails to say what it wants
        try {
            wanted = interest(dispatcher);
        } finally {
            registration.want(wanted);
        }
    }

    private static int interest(Dispatcher dispatcher) {
        boolean readable = dispatcher.readable();
        boolean writable = dispatcher.writable();
        State state = dispatcher.state();
        // A stream that neither is connected nor shall be is told of a hang-up, always.
        if (!(readable || writable) || state == State.NEW || dispatcher.restNanos() != Long.MAX_VALUE) {
            return 0;
        }
        int events = EVENT_PRIORITY | (readable ? EVENT_READ : 0);
        return writable && state != State.LISTENING ? events | EVENT_WRITE : events;
    }

    private static void read(Dispatcher dispatcher, Registration registration) throws IOException {
        if (dispatcher.state() == State.LISTENING) {
            dispatcher.handleAccept();
        } else if (dispatcher.settleConnect() && registration.isCurrent()) {
            dispatcher.handleRead();
        }
    }

    private static void write(Dispatcher dispatcher, Registration registration) throws IOException {
        if (dispatcher.state() != State.LISTENING && dispatcher.settleConnect() && registration.isCurrent()) {
            dispatcher.handleWrite();
        }
    }

    private static void priority(Dispatcher dispatcher, Registration registration) throws IOException {
        if (registration.channel().takeError() != 0) {
            dispatcher.handleClose();
        } else {
            dispatcher.handleExpt();
        }
    }

    /** Calls a handler; what it throws stays with its dispatcher. */
    private static void guard(Step step, Dispatcher dispatcher, Registration registration) {
        try {
            step.run(dispatcher, registration);
        } catch (ExitNow exit) {
            throw exit;
        } catch (Throwable error) {
            Throwable left = Disconnections.isOne(error) ? closed(dispatcher, error) : error;
            if (left != null) {
                failed(dispatcher, left);
            }
        }
    }

    /** The connection is gone: no error of the program's. Null, or what the handler of that throws. */
    private static @Nullable Throwable closed(Dispatcher dispatcher, Throwable cause) {
        try {
            dispatcher.handleClose();
            return null;
        } catch (ExitNow exit) {
            throw exit;
        } catch (Throwable error) {
            Failures.suppress(cause, error);
            return error;
        }
    }

    private static void failed(Dispatcher dispatcher, Throwable cause) {
        try {
            dispatcher.handleError(cause);
        } catch (ExitNow exit) {
            throw exit;
        } catch (Throwable error) {
            Failures.suppress(cause, error);
            String whose = Dispatcher.describe(dispatcher);
            if (dispatcher.registration() != null) {
                abandon(dispatcher);
            }
            Dispatcher.LOG.log(Level.ERROR, "handleError failed, closing " + whose, error);
        }
    }

    /** Closes the channel, whatever the dispatcher's own methods do. */
    private static void abandon(Dispatcher dispatcher) {
        try {
            dispatcher.abandon();
        } catch (ExitNow exit) {
            throw exit;
        } catch (Throwable e) {
            Dispatcher.LOG.log(Level.WARNING, "closing failed", e);
        }
    }
}
