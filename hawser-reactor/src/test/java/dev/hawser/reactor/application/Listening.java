package dev.hawser.reactor.application;

import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;

/** Places to listen at. */
final class Listening {

    private Listening() {}

    static ServerEndpoint tcp(Reactor reactor) {
        return tcp(reactor, 0);
    }

    static ServerEndpoint tcp(Reactor reactor, int port) {
        return factory ->
                Deferred.of(() -> reactor.listenTcp(SockaddrIn.of("127.0.0.1", port), factory, ListenOptions.DEFAULT));
    }

    static ServerEndpoint unix(Reactor reactor, SockaddrUn address) {
        return factory -> Deferred.of(() -> reactor.listenUnix(address, factory, ListenOptions.DEFAULT));
    }
}
