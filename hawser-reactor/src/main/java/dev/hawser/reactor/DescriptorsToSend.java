package dev.hawser.reactor;

import dev.hawser.socket.ControlMessage;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Duplicates of descriptors that go together, with the first byte of a chunk. */
final class DescriptorsToSend implements Closeable {

    private final List<Integer> numbers = new ArrayList<>(1);

    void add(HasFileno file) throws IOException {
        if (numbers.size() == DescriptorPassing.MOST_AT_ONCE) {
            throw new IllegalStateException(DescriptorPassing.MOST_AT_ONCE
                    + " descriptors wait for a byte to go with, and Linux takes no more at once: write in between");
        }
        numbers.add(Sockets.dup(file.fileno()));
    }

    /** Sends them with as much of the bytes as the kernel takes: where it takes one, they have gone. */
    int send(Socket socket, MemorySegment bytes) throws IOException {
        return socket.sendMsg(List.of(bytes), List.of(new ControlMessage.Rights(numbers)), 0, null);
    }

    @Override
    public void close() {
        for (int each : numbers) {
            try {
                Sockets.close(each);
            } catch (IOException e) {
                // A file that could not be written back: its owner is told by the descriptor that is his.
            }
        }
        numbers.clear();
    }
}
