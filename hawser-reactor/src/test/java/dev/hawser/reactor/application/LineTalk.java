package dev.hawser.reactor.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.protocols.LineReceiver;

/** Answers each line with the same line, says "bye" when the service stops, and answers on until the client has closed. */
final class LineTalk extends LineReceiver implements GracefulProtocol {

    @Override
    protected void lineReceived(byte[] line) {
        sendLine(line);
    }

    @Override
    public void finishGracefully() {
        sendLine("bye".getBytes(UTF_8));
    }
}
