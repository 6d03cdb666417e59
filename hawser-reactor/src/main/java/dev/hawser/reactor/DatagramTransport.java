package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket, as its {@link DatagramProtocol} sees it.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone; another one gets an {@link IllegalStateException}, and uses {@link Reactor#callFromThread}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing here waits. A datagram that the kernel has no room for is kept, {@link DatagramOptions#maxQueuedDatagrams} of them at most, and sent
 * when there is room. Further ones are dropped, the newest first, as a kernel does whose queue is full; {@link #droppedDatagrams} counts them. Whoever
 * sends much asks {@link #isWritable}, or waits for {@link #whenWritable}.
 *
 * <h2>Errors</h2>
 * What the kernel refuses at once is thrown by {@link #write}: EMSGSIZE, ENETUNREACH, EACCES for a broadcast address without SO_BROADCAST. What it refuses
 * when a datagram was kept is reported. After {@link #stopListening}, writing fails with {@link dev.hawser.socket.SocketClosedException}.
 *
 * <h2>Platform notes</h2>
 * A socket on {@code ::} receives from IPv4 as well, and names such senders {@code ::ffff:192.0.2.1}; it may send to either form. The kernel does not tell
 * when a Unix socket with which this one is not connected has room again: it is asked anew after 1 to 64 ms.
 *
 * <p>Source: udp(7), unix(7), Twisted's {@code IUDPTransport} and {@code IMulticastTransport}.
 */
public interface DatagramTransport {

    /**
     * Sends a datagram to the peer that the socket is connected to.
     *
     * @param data its bytes; the buffer is the caller's again, its position at the limit
     * @throws IOException if the kernel refuses, EMSGSIZE or EDESTADDRREQ say; a full queue is no error
     */
    void write(ByteBuffer data) throws IOException;

    /**
     * Sends a datagram.
     *
     * @param data its bytes; the buffer is the caller's again, its position at the limit
     * @param address to whom
     * @throws IOException if the kernel refuses, EMSGSIZE say; a full queue is no error
     */
    void write(ByteBuffer data, Sockaddr address) throws IOException;

    /**
     * Whether the next datagram goes to the kernel at once, as far as is known.
     *
     * @return false while datagrams are kept that the kernel had no room for, and once the socket is closed
     */
    boolean isWritable();

    /**
     * Waits until the kernel has taken all that was kept.
     *
     * @return fires with null, at once where nothing is kept; fails with {@link ConnectionLost} if the socket is closed before
     */
    Deferred<@Nullable Void> whenWritable();

    /**
     * How many datagrams are kept until the kernel has room for them.
     *
     * @return the number
     */
    int queuedDatagrams();

    /**
     * How many datagrams were never sent: there were too many, the kernel refused them when they had been kept, or the socket was closed before.
     *
     * @return the number
     */
    long droppedDatagrams();

    /**
     * Connects the socket: only what this peer sends from now on is received, and {@link DatagramProtocol#connectionRefused} tells when nobody is
     * there. It may be connected anew.
     *
     * @param address the peer
     * @throws IOException if the kernel refuses
     */
    void connect(Sockaddr address) throws IOException;

    /**
     * This side's address.
     *
     * @return the address, also after the socket was closed
     */
    Sockaddr getHost();

    /**
     * Receives no more, and closes the socket when what was kept is sent, after five seconds at the latest.
     *
     * @return fires with null when it is closed, and {@link DatagramProtocol#stopProtocol} was called
     */
    Deferred<@Nullable Void> stopListening();

    /**
     * Joins a multicast group.
     *
     * @param group its address
     * @param interfaceName such as {@code lo}; null: the kernel chooses
     * @throws IOException if the kernel refuses: ENODEV where there is no such interface
     */
    void joinGroup(Sockaddr group, @Nullable String interfaceName) throws IOException;

    /**
     * Joins a multicast group to hear one source; again, to hear another as well.
     *
     * @param group its address
     * @param interfaceName such as {@code lo}; null: the kernel chooses
     * @param source who is heard
     * @throws IOException if the kernel refuses: ENODEV where there is no such interface
     */
    void joinGroup(Sockaddr group, @Nullable String interfaceName, Sockaddr source) throws IOException;

    /**
     * Leaves a multicast group.
     *
     * @param group its address
     * @param interfaceName as for {@link #joinGroup(Sockaddr, String)}
     * @throws IOException if the kernel refuses: EADDRNOTAVAIL where it was not joined
     */
    void leaveGroup(Sockaddr group, @Nullable String interfaceName) throws IOException;

    /**
     * Hears one source no more; with the last, the group is left.
     *
     * @param group its address
     * @param interfaceName as for {@link #joinGroup(Sockaddr, String, Sockaddr)}
     * @param source who was heard
     * @throws IOException if the kernel refuses: EADDRNOTAVAIL where it was not joined
     */
    void leaveGroup(Sockaddr group, @Nullable String interfaceName, Sockaddr source) throws IOException;

    /**
     * Sets a socket option: SO_BROADCAST, IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_MULTICAST_IF, buffer sizes, ...
     *
     * @param option which
     * @param value its value
     * @param <T> the type of its value
     * @throws IOException if the kernel refuses
     */
    <T> void setSockOpt(SocketOption<T> option, T value) throws IOException;

    /**
     * Reads a socket option.
     *
     * @param option which
     * @param <T> the type of its value
     * @return its value
     * @throws IOException if the kernel refuses
     */
    <T> T getSockOpt(SocketOption<T> option) throws IOException;

    /**
     * The reactor that this socket belongs to.
     *
     * @return the reactor
     */
    Reactor reactor();
}
