package dev.hawser.reactor.application;

/**
 * A protocol that can tell its peer that this is the end: implemented by a {@link dev.hawser.reactor.Protocol} whose connections live longer than a request.
 * Where the conversation has a goodbye, say it, and let the peer close: a server that closes first may meet a request that is on its way.
 *
 * <h2>Threading</h2>
 * In the reactor's thread, as all of a protocol.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="graceful"}
 */
@FunctionalInterface
public interface GracefulProtocol {

    /**
     * The service stops: finish what was begun, answer what was asked, and have the connection closed, soon. Called once, and not before
     * {@link dev.hawser.reactor.Protocol#connectionMade}.
     */
    void finishGracefully();
}
