package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import java.nio.ByteBuffer;

/** Echoes at the endpoints that its arguments describe, until the first connection has ended. What it says, it says on standard error. */
final class EndpointProgram {

    private EndpointProgram() {}

    public static void main(String[] descriptions) throws Exception {
        try (Reactor reactor = Reactor.open()) {
            reactor.callWhenRunning(() -> {
                for (String each : descriptions) {
                    Endpoints.server(reactor, each)
                            .listen(Factory.of(EchoOnce::new))
                            .finish(EndpointProgram::told, EndpointProgram::failed);
                }
            });
            reactor.run();
        }
    }

    private static void told(ListeningPort port) {
        System.err.println("listening " + port.getHost());
    }

    private static void failed(Throwable failure) {
        System.err.println("failed " + failure.getMessage());
    }

    private static final class EchoOnce extends Protocol {

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            transport().reactor().stop();
        }
    }
}
