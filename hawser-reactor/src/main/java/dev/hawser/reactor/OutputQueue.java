package dev.hawser.reactor;

/** What a connection has written and the kernel has not taken. */
final class OutputQueue {

    boolean isEmpty() {
        return true;
    }
}
