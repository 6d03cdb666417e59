/**
 * Programs to read first, one file each.
 *
 * <p><b>Start here:</b> {@link dev.hawser.examples.TcpTimeServer} and {@link dev.hawser.examples.TcpTimeClient}, then the
 * same over datagrams, {@link dev.hawser.examples.UdpTimeServer} and {@link dev.hawser.examples.UdpTimeClient}. Whatever a
 * client sends comes back with the server's time before it: {@code [Sun Nov 22 23:40:00 2026] hello}.
 *
 * <p>What else a socket is good for: {@link dev.hawser.examples.Ping} asks for an echo over ICMP, {@link
 * dev.hawser.examples.SyslogLogger} talks to the syslog daemon over a Unix datagram socket, {@link
 * dev.hawser.examples.Discovery} finds services of the local network by multicast, {@link dev.hawser.examples.WatchLinks}
 * hears from the kernel of network interfaces that come and go, {@link dev.hawser.examples.HotRestart} passes its
 * listening socket to the process that replaces it.
 *
 * <p>Many connections in one thread, as in Python's asyncore and asynchat: {@link
 * dev.hawser.examples.AsyncoreEchoServer}, {@link dev.hawser.examples.AsyncoreHttpClient}, and {@link
 * dev.hawser.examples.ChatRoom}, where people talk line by line.
 *
 * <p>A server class and a handler, as in Python's socketserver: {@link dev.hawser.examples.SocketserverTimeServer} and its
 * client {@link dev.hawser.examples.SocketserverTimeClient}, the same with worker processes, {@link
 * dev.hawser.examples.ForkingTimeServer}, then {@link dev.hawser.examples.KeyValueServer} on a Unix socket, {@link
 * dev.hawser.examples.DnsServer} over UDP, and {@link dev.hawser.examples.PreforkServer}, which tells who works.
 *
 * <p>On the reactor, as in Python's Twisted, in the order to read them: {@link dev.hawser.examples.ReactorTimeServer} and {@link
 * dev.hawser.examples.ReactorTimeClient}, {@link dev.hawser.examples.ReactorChatRoom} by lines, {@link
 * dev.hawser.examples.NumberGame}, a coroutine for each player, {@link dev.hawser.examples.UdpEcho}, {@link
 * dev.hawser.examples.PortForwarder}, which connects its clients to another server, and {@link
 * dev.hawser.examples.Supervisor}, which keeps a child process running.
 *
 * <p>{@link dev.hawser.examples.Demo} runs the time servers and their clients against each other. The rest is small change: {@link
 * dev.hawser.examples.Ctime} writes the time, {@link dev.hawser.examples.Lines} reads what to send, {@link
 * dev.hawser.examples.HostPort} reads addresses.
 */
@NullMarked
package dev.hawser.examples;

import org.jspecify.annotations.NullMarked;
