package dev.hawser.select;

import org.jspecify.annotations.Nullable;

/**
 * One registration, from register to unregister, in which the key may change. A later one with the same number is another
 * object, with another generation, so that what was collected for this one is never told as its.
 */
final class Registration {

    private final int generation;
    private final SelectorKey first;

    /** Null when the registration has ended. */
    private volatile @Nullable SelectorKey key;

    /** The descriptor behind the number was closed, and what was registered does not know: a number alone. */
    private volatile boolean stale;

    Registration(SelectorKey key, int generation) {
        this.first = key;
        this.key = key;
        this.generation = generation;
    }

    int fd() {
        return first.fd();
    }

    int generation() {
        return generation;
    }

    /** What it waits for, and for whom; null when it has ended. */
    @Nullable
    SelectorKey key() {
        return key;
    }

    /** The events of the key as it is, or was at first. */
    int wanted() {
        return lastKey().events();
    }

    /** The key as it is, or was at first. */
    SelectorKey lastKey() {
        SelectorKey current = key;
        return current != null ? current : first;
    }

    void setKey(SelectorKey changed) {
        key = changed;
    }

    void end() {
        key = null;
    }

    boolean isStale() {
        return stale;
    }

    void setStale() {
        stale = true;
    }
}
