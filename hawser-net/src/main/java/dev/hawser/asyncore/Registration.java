package dev.hawser.asyncore;

import dev.hawser.select.Selector;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;

/**
 * One channel of a dispatcher, and what the selector was asked to tell of it. A dispatcher that closes and opens again
 * gets another one, so that what was collected for the old channel reaches nobody.
 */
final class Registration {

    private final Dispatcher dispatcher;
    private final Channel channel;
    private final int fd;
    private final Selector selector;

    /** What the selector was asked for; 0 where the channel is not registered. */
    private volatile int interest;

    private boolean ended;

    Registration(Dispatcher dispatcher, Channel channel, Selector selector) {
        this.dispatcher = dispatcher;
        this.channel = channel;
        this.fd = channel.fileno();
        this.selector = selector;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Channel channel() {
        return channel;
    }

    /** The number that the channel had when it was added. */
    int fd() {
        return fd;
    }

    boolean isOf(Socket socket) {
        return channel instanceof SocketChannel(Socket own) && own == socket;
    }

    /** Whether the dispatcher still has this channel. */
    boolean isCurrent() {
        return dispatcher.registration() == this;
    }

    /** Whether somebody has closed the channel without the dispatcher. */
    boolean isLost() {
        return channel.fileno() < 0;
    }

    /** Asks the selector for these events from now on. */
    void want(int events) throws IOException {
        if (events != interest) {
            change(events);
        }
    }

    /** Another thread may close the dispatcher meanwhile: then nothing stays behind in the selector. */
    private synchronized void change(int events) throws IOException {
        if (ended) {
            return;
        }
        int before = interest;
        interest = 0;
        try {
            if (events == 0) {
                forget();
            } else if (before == 0) {
                selector.register(channel, events, this);
            } else {
                selector.modify(channel, events, this);
            }
            interest = events;
        } catch (IllegalArgumentException e) {
            // Closed behind the dispatcher's back a moment ago: the next turn sees it.
            if (!isLost()) {
                throw e;
            }
        }
    }

    /** Leaves the selector. The channel may be closed by now, and the selector too. */
    synchronized void end() {
        ended = true;
        if (interest != 0) {
            interest = 0;
            forget();
        }
    }

    private void forget() {
        try {
            selector.unregister(channel);
        } catch (IllegalArgumentException | ClosedSelectorException e) {
            // A channel that is closed has left by itself, and a selector that is closed has let go of all.
        }
    }
}
