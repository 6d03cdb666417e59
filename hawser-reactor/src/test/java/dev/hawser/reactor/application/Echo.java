package dev.hawser.reactor.application;

import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;

/** Sends back what it receives. */
class Echo extends Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }
}
