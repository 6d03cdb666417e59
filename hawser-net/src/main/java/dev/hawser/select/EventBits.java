package dev.hawser.select;

/**
 * The events of a {@link Selector} as the bits of a system call, and back. An error and a hang-up, which the kernel tells
 * unasked, are all events at once: the next call finds out what has happened.
 *
 * @param in what can be read
 * @param out what can be written
 * @param priority what has urgent data
 * @param broken errors and hang-ups
 */
record EventBits(int in, int out, int priority, int broken) {

    /** What to ask the kernel for. */
    int wanted(int events) {
        return ((events & Selector.EVENT_READ) != 0 ? in : 0)
                | ((events & Selector.EVENT_WRITE) != 0 ? out : 0)
                | ((events & Selector.EVENT_PRIORITY) != 0 ? priority : 0);
    }

    /** What the kernel has told, as {@link AbstractSelector#tell} takes it. */
    int told(int bits) {
        boolean isBroken = (bits & broken) != 0;
        return (isBroken || (bits & in) != 0 ? Selector.EVENT_READ : 0)
                | (isBroken || (bits & out) != 0 ? Selector.EVENT_WRITE : 0)
                | ((bits & priority) != 0 ? Selector.EVENT_PRIORITY : 0)
                | (isBroken ? AbstractSelector.BROKEN : 0);
    }
}
