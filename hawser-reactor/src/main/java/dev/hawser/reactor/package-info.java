/**
 * The event-driven framework: what Twisted is to Python.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.Protocol}, to be extended; a {@link dev.hawser.reactor.Factory} makes one for each
 * connection; {@link dev.hawser.reactor.Reactor} listens, connects and calls them.
 *
 * <h2>A turn of the loop</h2>
 * {@code LoopReactor.turn} is the whole of it, again and again in one thread:
 * <ol>
 *   <li><em>collect and dispatch</em>: {@code Backend.collect} waits until the kernel tells of a descriptor, a timer is due, or another thread has
 *       something to call; not at all where a call is queued already. Whoever is told of is called at once: a connection receives once, into the one
 *       buffer of the loop, and hands it to its protocol; a port accepts up to 100 connections.
 *   <li><em>timers</em>: the delayed calls whose time has come, in the order of their times ({@link dev.hawser.reactor.time.TimerQueue}). One that
 *       these ask for waits for the next turn.
 *   <li><em>queued calls</em>: those of {@link dev.hawser.reactor.Reactor#callFromThread}, which other threads put into a {@code CallQueue}
 *       without a lock; the first of them wakes the loop. Those that are put there meanwhile wait for the next turn, so that connections always have theirs.
 * </ol>
 * Each call of a protocol, a timer or a queued call is an event. When it has returned, whatever it has written is sent, in one system call for each
 * connection ({@code LoopReactor.afterEvent}). So a message that is answered costs one wait, one receive and one send.
 *
 * <p>What an event throws is reported to the System.Logger {@code dev.hawser.reactor}, and the others go on. Events of a turn that take longer than
 * {@code -Dhawser.reactor.stallMillis}, 100 where nothing is said, are a stall: counted in {@link dev.hawser.reactor.ReactorMetrics}, told to the flight
 * recorder as {@code dev.hawser.LoopStall}, and once in ten seconds to the logger. The logger hears of a reactor's first thousand events only
 * where they take ten times as long: they load classes, which nobody can mend.
 *
 * <h2>What waits</h2>
 * {@code Backend} is all that differs from one way of waiting to the other, and speaks of operations: receive, send, accept, watch.
 * {@code ReadinessBackend} has them over a {@link dev.hawser.select.Selector}: epoll, poll or select, as {@code -Dhawser.reactor} says.
 *
 * <h2>TLS</h2>
 * {@link dev.hawser.reactor.Reactor#listenTls}, {@link dev.hawser.reactor.Reactor#connectTls}, {@link dev.hawser.reactor.Transport#startTls} in the middle, and
 * {@link dev.hawser.reactor.TlsFactory} over whatever else. {@code TlsLayer} is a protocol to the connection, and the connection to the protocol: it decrypts what was
 * received where it lies, into memory that all connections of the loop share, and encrypts what an event has written when it has ended, before it is sent.
 *
 * <h2>More than one thread</h2>
 * A reactor is for one thread, and everything that belongs to it refuses another one. {@link dev.hawser.reactor.ReactorGroup} has several that
 * listen together. Code that waits runs in virtual threads, {@link dev.hawser.reactor.Reactor#callInThread}.
 */
@NullMarked
package dev.hawser.reactor;

import org.jspecify.annotations.NullMarked;
