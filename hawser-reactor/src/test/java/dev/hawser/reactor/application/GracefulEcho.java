package dev.hawser.reactor.application;

import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends back what it receives, and says goodbye. */
final class GracefulEcho extends Protocol implements GracefulProtocol {

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }

    @Override
    public void finishGracefully() {
        transport().write("bye".getBytes(StandardCharsets.UTF_8));
        transport().loseConnection();
    }
}
