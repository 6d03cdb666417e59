/**
 * BSD sockets: the calls of socket(7) and of CPython's {@code socket} module, under their own names in Java's camel
 * case, on virtual and platform threads.
 *
 * <p><b>Start here:</b> {@link dev.hawser.socket.Socket}; then {@link dev.hawser.socket.Sockets}, the functions that
 * make connected and listening sockets, and {@link dev.hawser.socket.Constants}, to be imported statically.
 *
 * <p>{@link dev.hawser.socket.ControlMessage} is what a message carries beside its bytes,
 * {@link dev.hawser.socket.DatagramBatch} holds many messages for one call, and {@link dev.hawser.socket.ZeroCopy} sends
 * without a copy.
 *
 * <p>{@link dev.hawser.socket.Relay} passes on what one socket receives to another;
 * {@link dev.hawser.socket.Systemd} takes the sockets that a service manager has opened.
 *
 * <p>{@link dev.hawser.socket.NameService} and {@link dev.hawser.socket.Services} are the functions of
 * {@code <netdb.h>}, {@link dev.hawser.socket.Inet} those of {@code <arpa/inet.h>}, and
 * {@link dev.hawser.socket.Interfaces} those of {@code <net/if.h>}.
 *
 * <p>What the other types are: {@link dev.hawser.socket.Sockaddr} an address, {@link dev.hawser.socket.SocketOptions}
 * the typed options and where those of each protocol are, {@link dev.hawser.socket.SocketError} what every exception of this package can tell.
 */
@NullMarked
package dev.hawser.socket;

import org.jspecify.annotations.NullMarked;
