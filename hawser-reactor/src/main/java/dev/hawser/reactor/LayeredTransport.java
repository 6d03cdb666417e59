package dev.hawser.reactor;

import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A protocol that is a transport to another one: what a layer has from the transport below as it is. */
abstract class LayeredTransport extends Protocol implements Transport {

    @Override
    public final void write(byte[] data) {
        write(data, 0, data.length);
    }

    @Override
    public final void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    @Override
    public final @Nullable Sockaddr getPeer() {
        return transport().getPeer();
    }

    @Override
    public final Sockaddr getHost() {
        return transport().getHost();
    }

    @Override
    public final PeerCredentials getPeerCredentials() throws IOException {
        return transport().getPeerCredentials();
    }

    @Override
    public final <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        transport().setSockOpt(option, value);
    }

    @Override
    public final <T> T getSockOpt(SocketOption<T> option) throws IOException {
        return transport().getSockOpt(option);
    }

    @Override
    public final Reactor reactor() {
        return transport().reactor();
    }

    @Override
    public final void stopProducing() {
        loseConnection();
    }
}
