package dev.hawser.socketserver;

import org.jspecify.annotations.Nullable;

/**
 * What a worker does. The events of one worker come one at a time and in order: ready once, done once for each request, ended last and
 * always, when the process has been reaped.
 *
 * @param <R> what a request is
 */
interface WorkerEvents<R> {

    /** It can take a request. */
    void ready(Worker<R> worker);

    /** It has served its request, and can take another one. The failure is what the handler threw, or null. */
    void done(Worker<R> worker, @Nullable WorkerException failure);

    /** The process has ended. The status is that of the shell: 128 and the signal's number for one that a signal killed. */
    void ended(Worker<R> worker, int exitStatus);
}
