package dev.hawser.select;

/**
 * What the kernel watches for a selector, or is given to watch in each select. Under the monitor of the selector's {@link
 * KeyTable}, where nothing else is said.
 */
interface Watches {

    /** Has the kernel watch a number, or prepares for it: 0 or {@code -errno}. */
    int watch(Registration registration, int wanted);

    /** Watches for other events: 0 or {@code -errno}. */
    int rewatch(Registration registration, int wanted);

    /** Watches no more. The number may be closed by now, or another's. */
    void unwatch(Registration registration);

    /** Waits until no thread is in the kernel with what was watched until now. It gives up the monitor while it waits. */
    void awaitUnused();

    /** Ends all waiting and gives back what the kernel has given; without the monitor. Called once. */
    void close();
}
