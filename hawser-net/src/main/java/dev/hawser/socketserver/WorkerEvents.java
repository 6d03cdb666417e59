package dev.hawser.socketserver;

import org.jspecify.annotations.Nullable;

/**
 * What a worker does. The events of one worker come one at a time and in order: ready once, done once for each request, leaving at most
 * once, at any time, ended last and always, when the process has been reaped. They may come while {@link Worker#give} or {@link
 * WorkerStarter#start} still runs in another thread; who tells them holds no lock meanwhile, and they return at once.
 *
 * @param <R> what a request is
 */
interface WorkerEvents<R> {

    /** It can take a request. */
    void ready(Worker<R> worker);

    /** It has served its request, and can take another one. The failure is what the handler threw, or null. */
    void done(Worker<R> worker, @Nullable WorkerException failure);

    /**
     * It takes no more requests, and ends by itself when it has served the one that it has, if any: because it cannot serve at all
     * (then it was never ready, and the reason is what was thrown), or because its handler has called {@link BaseServer#shutdown} (then
     * this comes before done, and there is no reason).
     */
    void leaving(Worker<R> worker, @Nullable WorkerException reason);

    /** The process has ended. The status is that of the shell: 128 and the signal's number for one that a signal killed. */
    void ended(Worker<R> worker, int exitStatus);
}
