/**
 * TLS over a connected stream socket, client and server, by the JDK's own engine: CPython's {@code ssl} module, with its
 * names in Java's camel case, on virtual and platform threads.
 *
 * <p><b>Start here:</b> {@link dev.hawser.tls.TlsContext}, which says whom to trust and who one is; it wraps a
 * {@link dev.hawser.socket.Socket} as a {@link dev.hawser.tls.TlsSocket}. {@link dev.hawser.tls.Tls} has the function
 * {@code ssl} of Python 2.
 *
 * <p>{@link dev.hawser.tls.TlsEngine} turns bytes into bytes and knows no sockets: for those who have a loop of their own. {@code TlsSocket} moves
 * them, with the locks and the deadlines.
 */
@NullMarked
package dev.hawser.tls;

import org.jspecify.annotations.NullMarked;
