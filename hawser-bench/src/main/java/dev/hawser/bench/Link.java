package dev.hawser.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The way of a connection's bytes to the server and back. Nothing waits. */
interface Link {
    /** Reads into {@code destination} what has come: how many bytes; negative at the end. */
    int read(ByteBuffer destination) throws IOException;

    /** Takes as many bytes of {@code source} as find room, and tells how many. */
    int write(ByteBuffer source) throws IOException;

    /** Whether something that was taken waits for room: {@link #write} goes on with it. */
    boolean holdsBack();

    /** Makes the link of a channel that has just been connected, and still blocks. */
    @FunctionalInterface
    interface Maker {
        Link over(SocketChannel channel) throws IOException;
    }

    /** The bytes as they are. */
    record Plain(SocketChannel channel) implements Link {
        @Override
        public int read(ByteBuffer destination) throws IOException {
            return channel.read(destination);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean holdsBack() {
            return false;
        }
    }
}
