/**
 * Conversations of elements that end, lines or counted bytes, on one loop: CPython's {@code asynchat}, which left Python in
 * 3.12, with its names in Java's camel case, and with limits on what a peer can make it keep.
 *
 * <p><b>Start here:</b> {@link dev.hawser.asynchat.AsyncChat}, to be extended; {@link dev.hawser.asynchat.Producer} makes output
 * that is too long to be in memory, {@link dev.hawser.asynchat.StreamProducer} that of a file.
 *
 * <p>As {@link dev.hawser.asyncore}, on which it stands, this package is for programs and knowledge that come from Python. A new
 * program is served better by a virtual thread for each connection, which reads lines from {@link
 * dev.hawser.socket.Socket#makeFileReader} and writes when it has something to say; its waits have timeouts, and a slow peer holds
 * up nobody but its own thread. For a new program that is driven by events there is {@code dev.hawser.reactor}, a framework with line
 * protocols, producers and timers.
 *
 * <p>Inside, {@code Splitter} finds the elements, and {@code OutputQueue} keeps what is to be sent; both know no sockets.
 */
@NullMarked
package dev.hawser.asynchat;

import org.jspecify.annotations.NullMarked;
