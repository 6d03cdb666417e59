package dev.hawser.netpoll;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds the descriptor of an epoll event by its number, without a lock or an allocation. An event may be late: the
 * number may be free by then (null), or belong to another descriptor, for which the event is a false alarm and harmless.
 */
final class DescriptorTable {

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** Grows by copying, under this; the chunks themselves stay. */
    private volatile AtomicReferenceArray<@Nullable Descriptor>[] chunks = none();

    @Nullable
    Descriptor get(int fd) {
        AtomicReferenceArray<@Nullable Descriptor>[] all = chunks;
        int chunk = fd >>> CHUNK_BITS;
        return chunk < all.length ? all[chunk].get(fd & (CHUNK - 1)) : null;
    }

    void put(Descriptor descriptor) {
        int fd = descriptor.fd();
        if (fd >>> CHUNK_BITS >= chunks.length) {
            grow((fd >>> CHUNK_BITS) + 1);
        }
        chunks[fd >>> CHUNK_BITS].set(fd & (CHUNK - 1), descriptor);
    }

    void remove(Descriptor descriptor) {
        int fd = descriptor.fd();
        chunks[fd >>> CHUNK_BITS].compareAndSet(fd & (CHUNK - 1), descriptor, null);
    }

    private synchronized void grow(int size) {
        AtomicReferenceArray<@Nullable Descriptor>[] old = chunks;
        if (size > old.length) {
            AtomicReferenceArray<@Nullable Descriptor>[] larger = Arrays.copyOf(old, size);
            for (int i = old.length; i < size; i++) {
                larger[i] = new AtomicReferenceArray<>(CHUNK);
            }
            chunks = larger;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static AtomicReferenceArray<@Nullable Descriptor>[] none() {
        return new AtomicReferenceArray[0];
    }
}
