package dev.hawser.reactor;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the kernel, for one loop. All that differs between readiness (select, poll, epoll) and completions (io_uring) is behind this, and
 * nothing else is: socket options are the sockets', buffers and limits the connections'.
 *
 * <p>It is spoken to in operations, not in readiness: "receive until told otherwise", "send this", "accept until told otherwise", so that a backend may make the
 * system call when the kernel says that it would not wait, or hand it to the kernel at once and be told when it is done.
 *
 * <p>All but {@link #wakeUp} is for the loop's thread. Sinks are called inside {@link #collect} alone, never inside the call that began the
 * operation. After {@link Operation#close} no sink of it is called any more.
 */
interface Backend extends Closeable {

    /** Without end, as a timeout. */
    long NO_TIMEOUT = -1;

    /**
     * Waits until something has happened, {@link #wakeUp} was called or the time is up, and tells the sinks.
     *
     * @param timeoutNanos how long to wait at most; 0 not at all, {@link #NO_TIMEOUT} as long as it takes
     * @return how many events there were
     */
    int collect(long timeoutNanos) throws IOException;

    /** Ends the wait, or the next one. Safe from any thread; many calls are as one. */
    void wakeUp();

    /** Begins to look after a connected stream socket: it does not receive until {@link StreamOperation#setReceiving}. */
    StreamOperation stream(Socket socket, StreamSink sink) throws IOException;

    /** Accepts the connections of a listener, some of them in one turn, until told otherwise. */
    Operation accept(Socket listener, AcceptSink sink) throws IOException;

    /** Tells whenever any descriptor is ready: for datagrams, pipes, connects, and descriptors of the program. */
    WatchOperation watch(HasFileno file, WatchSink sink) throws IOException;

    @Override
    void close() throws IOException;

    /** Who looks after the turn: is told around each call of a sink. Not called for wake-ups. */
    interface Turn {

        /** A sink is about to be called. */
        void begins();

        /**
         * A sink has returned, or thrown. What it has written is sent now.
         *
         * @param thrown by the sink; null where it returned
         */
        void ended(@Nullable Throwable thrown);
    }

    /** What goes on until it is closed. Closing it leaves the descriptor open and as it was, to be used again at once. */
    interface Operation {
        void close();
    }

    /** Of a stream socket. */
    interface StreamOperation extends Operation {

        /** Whether what comes is received and told. */
        void setReceiving(boolean receiving) throws IOException;

        /**
         * Sends from the head of the queue as much as goes at once, and the rest as the kernel takes it, until the queue is empty: {@link StreamSink#sent}
         * tells of the rest. The queue's head must stay where it is until then; more may be put behind it, without another call.
         *
         * @return how many bytes went at once
         * @throws IOException if the connection is broken
         */
        long send(OutputQueue queue) throws IOException;
    }

    /** Of any descriptor. */
    interface WatchOperation extends Operation {

        /** What is waited for: {@link dev.hawser.select.Selector#EVENT_READ} and the like, joined by |; 0 for nothing. */
        void setEvents(int events) throws IOException;
    }

    /** Is told of a stream. */
    interface StreamSink {

        /** Bytes have come, in a buffer of the backend's that is valid during the call. */
        void received(ByteBuffer data);

        /** Whether descriptors that come with bytes are wanted: asked before each receive. */
        boolean takesDescriptors();

        /**
         * Bytes have come, and descriptors with the first of them: told where {@link #takesDescriptors}. The sink closes them.
         *
         * @param truncated some were lost, as this process may have no more
         */
        void received(ByteBuffer data, PassedDescriptors passed, boolean truncated);

        /** The peer sends no more. */
        void endReceived();

        /** The queue has got shorter by so many bytes. */
        void sent(long bytes);

        /** Nothing more can be sent; what has come before may still wait to be received. Nothing more is told. */
        void sendingFailed(IOException error);

        /** The connection is broken, and all that has come was told; nothing more is. */
        void broken(IOException error);
    }

    /** Is told of a listener. */
    interface AcceptSink {

        void accepted(Accepted connection);

        /** An accept has failed; the operation goes on, unless the sink closes it. */
        void failed(IOException error);
    }

    /** Is told of readiness. */
    @FunctionalInterface
    interface WatchSink {
        void ready(int events);
    }
}
