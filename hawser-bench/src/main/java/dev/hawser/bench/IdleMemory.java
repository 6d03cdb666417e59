package dev.hawser.bench;

/**
 * What a server's process holds for connections that are idle.
 *
 * @param connections so many
 * @param heapBytes on the Java heap after a collection; 0 for a server that has none
 * @param otherBytes outside of it: memory of the process that no file is behind, but for the heap
 */
record IdleMemory(int connections, long heapBytes, long otherBytes) {
    /** What came on top of {@code before}, for the connections that came on top. */
    IdleMemory since(IdleMemory before) {
        return new IdleMemory(
                connections - before.connections, heapBytes - before.heapBytes, otherBytes - before.otherBytes);
    }

    double bytesPerConnection() {
        return (double) (heapBytes + otherBytes) / connections;
    }

    double heapBytesPerConnection() {
        return (double) heapBytes / connections;
    }

    double otherBytesPerConnection() {
        return (double) otherBytes / connections;
    }
}
