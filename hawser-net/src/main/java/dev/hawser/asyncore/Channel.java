package dev.hawser.asyncore;

import dev.hawser.socket.HasFileno;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a dispatcher moves bytes through, without ever waiting: a socket or a file. */
interface Channel extends HasFileno, Closeable {

    /** What {@link #receive} returns at the end of the stream. */
    int END = -1;

    /** What {@link #receive} returns, and {@link #send}, where the call would have to wait. */
    int NOTHING = -2;

    /** Fills the buffer with what has come, and moves its position on: how many bytes, or {@link #END} or {@link #NOTHING}. */
    int receive(ByteBuffer buffer) throws IOException;

    /** Takes bytes, and moves the buffer's position on: how many, or {@link #NOTHING}. */
    int send(ByteBuffer data) throws IOException;

    /** Receives urgent data, and forgets them; nothing happens where there are none, or where they come in line. */
    void dropUrgent() throws IOException;

    /** Takes the error that the kernel keeps for the next who asks, and returns its number; 0 where there is none. */
    int takeError() throws IOException;
}
