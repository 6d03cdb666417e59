package dev.hawser.socketserver;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The requests in progress, whoever processes them. A request is here from when it was taken; each that holds on to it, the loop, a
 * thread, counts.
 */
final class InProgress<R> {

    private static final class Entry {

        int holders;
        boolean aborted;
    }

    /** By identity: requests need not be told apart by equals. */
    private final IdentityHashMap<R, Entry> entries = new IdentityHashMap<>();

    synchronized void add(R request) {
        entries.computeIfAbsent(request, key -> new Entry()).holders++;
    }

    synchronized void remove(R request) {
        Entry entry = entries.get(request);
        if (entry != null && --entry.holders == 0) {
            entries.remove(request);
        }
    }

    /** All of them, which are taken for aborted from now on. */
    synchronized List<R> abortAll() {
        entries.values().forEach(entry -> entry.aborted = true);
        return new ArrayList<>(entries.keySet());
    }

    synchronized boolean isAborted(R request) {
        Entry entry = entries.get(request);
        return entry != null && entry.aborted;
    }

    synchronized int size() {
        return entries.size();
    }
}
