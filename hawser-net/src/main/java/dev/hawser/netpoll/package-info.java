/**
 * How a thread waits for a descriptor without blocking in native code: Go's netpoller, for Java's threads.
 *
 * <p><b>Start here:</b> {@link dev.hawser.netpoll.Handle#perform}, the one loop that every system call that may wait
 * goes through. It asks {@link dev.hawser.netpoll.Readiness} to park the thread; {@link dev.hawser.netpoll.Poller}
 * wakes it.
 *
 * <pre>
 * Handle       an owner of a descriptor (a socket, or a file made from it); closing the last one closes the descriptor
 *   Descriptor   the number, who is using it right now, and its two directions
 *     Readiness    one direction: a lock, and whether it is ready, or which thread waits
 * Registrations   who else watches a number, and must leave it before it is given back: selectors
 * Poller       an epoll instance and the thread that waits in it: a platform thread, or virtual ones
 * </pre>
 */
@NullMarked
package dev.hawser.netpoll;

import org.jspecify.annotations.NullMarked;
