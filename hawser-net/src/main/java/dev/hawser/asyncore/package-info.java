/**
 * Connections as objects that are told what happens to them, many in one thread: CPython's {@code asyncore}, which left
 * Python in 3.12, with its names in Java's camel case, and without its global state.
 *
 * <p><b>Start here:</b> {@link dev.hawser.asyncore.Dispatcher}, one socket and its handlers; {@link
 * dev.hawser.asyncore.AsyncLoop} runs them.
 *
 * <p>This package is for programs and knowledge that come from asyncore. A new program is served better by a virtual
 * thread for each connection, on {@link dev.hawser.socket.Socket}: it reads from top to bottom, its waits have timeouts, and
 * what one connection waits for holds up no other. Here a handler that waits holds up all of them, and there are no timers. For a
 * new program that is driven by events there is {@code dev.hawser.reactor}, a framework with transports, protocols and timers.
 */
@NullMarked
package dev.hawser.asyncore;

import org.jspecify.annotations.NullMarked;
