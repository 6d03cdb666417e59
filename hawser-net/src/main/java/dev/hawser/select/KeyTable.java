package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of a selector by their numbers. It is changed under a lock of its owner's, and read without one: a reader
 * may meet a registration that has just ended, which has no key then.
 */
final class KeyTable {

    private static final int FIRST_SIZE = 64;

    private volatile AtomicReferenceArray<@Nullable Registration> byNumber = new AtomicReferenceArray<>(FIRST_SIZE);
    private final AtomicInteger size = new AtomicInteger();

    private final Map<HasFileno, SelectorKey> view = new View();

    int size() {
        return size.get();
    }

    @Nullable
    Registration get(int fd) {
        AtomicReferenceArray<@Nullable Registration> all = byNumber;
        return fd < all.length() ? all.get(fd) : null;
    }

    /** By its number; or, where it is closed, by the very object. */
    @Nullable
    Registration find(HasFileno file) {
        int fd = file.fileno();
        return fd >= 0 ? get(fd) : findClosed(file);
    }

    @SuppressWarnings("ReferenceEquality") // the very object
    private @Nullable Registration findClosed(HasFileno file) {
        AtomicReferenceArray<@Nullable Registration> all = byNumber;
        for (int fd = 0; fd < all.length(); fd++) {
            Registration registration = all.get(fd);
            if (registration != null && registration.lastKey().file() == file) {
                return registration;
            }
        }
        return null;
    }

    void put(Registration registration) {
        int fd = registration.fd();
        if (fd >= byNumber.length()) {
            byNumber = larger(byNumber, Math.max(fd + 1, 2 * byNumber.length()));
        }
        if (byNumber.getAndSet(fd, registration) == null) {
            size.incrementAndGet();
        }
    }

    void remove(Registration registration) {
        if (byNumber.compareAndSet(registration.fd(), registration, null)) {
            size.decrementAndGet();
        }
    }

    void forEach(Consumer<Registration> action) {
        AtomicReferenceArray<@Nullable Registration> all = byNumber;
        for (int fd = 0; fd < all.length(); fd++) {
            Registration registration = all.get(fd);
            if (registration != null) {
                action.accept(registration);
            }
        }
    }

    /** A view, read-only. */
    Map<HasFileno, SelectorKey> view() {
        return view;
    }

    private static AtomicReferenceArray<@Nullable Registration> larger(
            AtomicReferenceArray<@Nullable Registration> old, int length) {
        AtomicReferenceArray<@Nullable Registration> larger = new AtomicReferenceArray<>(length);
        for (int fd = 0; fd < old.length(); fd++) {
            larger.setPlain(fd, old.get(fd));
        }
        return larger;
    }

    /** What the owner shows of the table. */
    private final class View extends AbstractMap<HasFileno, SelectorKey> {

        private final Set<Entry<HasFileno, SelectorKey>> entries = new Entries();

        @Override
        public int size() {
            return size.get();
        }

        @Override
        public boolean containsKey(Object file) {
            return get(file) != null;
        }

        @Override
        public @Nullable SelectorKey get(Object file) {
            Registration registration = file instanceof HasFileno hasFileno ? find(hasFileno) : null;
            return registration == null ? null : registration.key();
        }

        @Override
        public Set<Entry<HasFileno, SelectorKey>> entrySet() {
            return entries;
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<HasFileno, SelectorKey>> {

        @Override
        public int size() {
            return size.get();
        }

        @Override
        public Iterator<Map.Entry<HasFileno, SelectorKey>> iterator() {
            return new Walk(byNumber);
        }
    }

    /** Meets each registration that stands from its beginning to its end, and perhaps others. */
    private static final class Walk implements Iterator<Map.Entry<HasFileno, SelectorKey>> {

        private final AtomicReferenceArray<@Nullable Registration> all;
        private int fd;
        private @Nullable SelectorKey next;

        Walk(AtomicReferenceArray<@Nullable Registration> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            while (next == null && fd < all.length()) {
                Registration registration = all.get(fd++);
                next = registration == null ? null : registration.key();
            }
            return next != null;
        }

        @Override
        public Map.Entry<HasFileno, SelectorKey> next() {
            SelectorKey key = hasNext() ? next : null;
            if (key == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return Map.entry(key.file(), key);
        }
    }
}
