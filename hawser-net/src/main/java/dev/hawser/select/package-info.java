/**
 * Readiness: waiting for many descriptors at a time, in a portable form and in the three raw ones of Unix.
 *
 * <p><b>Start here:</b> {@link dev.hawser.select.Selector}, made by {@link dev.hawser.select.Selectors#open}.
 *
 * <pre>
 * Selector   registrations with an attachment; a wake-up from other threads; sockets may be closed at any time
 *   AbstractSelector   what all have in common: the keys, by number and generation; whose turn it is
 *   EpollSelector, PollSelector, SelectSelector   what they wait with
 * Select     select(2): three lists in, three lists out
 * Poll       poll(2): a list of numbers that is kept
 * Epoll      epoll(7): a set of numbers that the kernel keeps
 * </pre>
 *
 * <p>What is waited for is a {@link dev.hawser.socket.HasFileno}: a socket, or {@link dev.hawser.select.Fd} for a number. A
 * platform thread waits in the kernel, a virtual thread gives up its carrier: an {@code Inquiry}, the question of select and poll,
 * is put into an epoll set by {@code netpoll.AnyOf} for that, and an epoll set is a descriptor that can be waited for itself.
 */
@NullMarked
package dev.hawser.select;

import org.jspecify.annotations.NullMarked;
