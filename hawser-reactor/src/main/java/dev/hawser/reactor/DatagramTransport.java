package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A datagram socket, as its {@link DatagramProtocol} sees it. Nothing here waits. For the reactor's thread alone. */
public interface DatagramTransport {

    /**
     * Sends a datagram to the peer that the socket is connected to.
     *
     * @param data its bytes
     * @throws IOException if the kernel refuses, EMSGSIZE say; a full queue is no error
     */
    void write(ByteBuffer data) throws IOException;

    /**
     * Sends a datagram.
     *
     * @param data its bytes
     * @param address to whom
     * @throws IOException if the kernel refuses, EMSGSIZE say; a full queue is no error
     */
    void write(ByteBuffer data, Sockaddr address) throws IOException;

    /**
     * Connects the socket: only datagrams of this peer are received from then on.
     *
     * @param address the peer
     * @throws IOException if the kernel refuses
     */
    void connect(Sockaddr address) throws IOException;

    /**
     * This side's address.
     *
     * @return the address
     */
    Sockaddr getHost();

    /**
     * Closes the socket when what was written is sent.
     *
     * @return fires with null when it is closed
     */
    Deferred<Void> stopListening();

    /**
     * Joins a multicast group.
     *
     * @param group its address
     * @param interfaceName such as {@code lo}; null: the kernel chooses
     * @throws IOException if the kernel refuses
     */
    void joinGroup(Sockaddr group, @Nullable String interfaceName) throws IOException;

    /**
     * Leaves a multicast group.
     *
     * @param group its address
     * @param interfaceName as for {@link #joinGroup}
     * @throws IOException if the kernel refuses
     */
    void leaveGroup(Sockaddr group, @Nullable String interfaceName) throws IOException;

    /**
     * Sets a socket option: broadcast, TTL, loopback of multicast, buffer sizes, ...
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
}
