package dev.hawser.reactor;

import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that is a transport to another one: what such a layer has, unless it says otherwise, from the transport below as it is. For whoever writes one.
 *
 * <h2>Threading</h2>
 * As of {@link Transport}.
 */
public interface LayeredTransport extends Transport {

    /**
     * What is below: {@link Protocol#transport}.
     *
     * @return the transport that this layer is a protocol of
     */
    Transport transport();

    @Override
    default void write(byte[] data) {
        write(data, 0, data.length);
    }

    @Override
    default void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    @Override
    default @Nullable Sockaddr getPeer() {
        return transport().getPeer();
    }

    @Override
    default Sockaddr getHost() {
        return transport().getHost();
    }

    @Override
    default PeerCredentials getPeerCredentials() throws IOException {
        return transport().getPeerCredentials();
    }

    @Override
    default <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        transport().setSockOpt(option, value);
    }

    @Override
    default <T> T getSockOpt(SocketOption<T> option) throws IOException {
        return transport().getSockOpt(option);
    }

    @Override
    default Reactor reactor() {
        return transport().reactor();
    }

    @Override
    default void stopProducing() {
        loseConnection();
    }
}
