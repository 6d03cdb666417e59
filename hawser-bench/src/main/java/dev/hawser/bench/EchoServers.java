package dev.hawser.bench;

import dev.hawser.reactor.BackendKind;
import dev.hawser.select.EpollSelector;
import dev.hawser.select.PollSelector;
import dev.hawser.select.SelectSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The servers of the echo scenario. */
final class EchoServers {
    /** The end of the names of those that speak TLS. */
    static final String TLS = "-tls";

    static final Servers SERVERS = new Servers(
            List.of(
                    new CEpollServer(),
                    new JavaServer(JdkSelectorServer.NAME, JdkSelectorServer::new),
                    new JavaServer(JdkVirtualThreadServer.NAME, JdkVirtualThreadServer::new),
                    new JavaServer(HawserVirtualThreadServer.NAME, HawserVirtualThreadServer::new),
                    new JavaServer(HawserSelectorServer.EPOLL, () -> new HawserSelectorServer(EpollSelector::open)),
                    new JavaServer(HawserSelectorServer.POLL, () -> new HawserSelectorServer(PollSelector::open)),
                    new JavaServer(HawserSelectorServer.SELECT, () -> new HawserSelectorServer(SelectSelector::open)),
                    reactor(HawserReactorServer.EPOLL, BackendKind.EPOLL),
                    reactor(HawserReactorServer.POLL, BackendKind.POLL),
                    reactor(HawserReactorServer.SELECT, BackendKind.SELECT),
                    netty(NettyServer.NIO, NettyServer.Transport.NIO),
                    netty(NettyServer.EPOLL, NettyServer.Transport.EPOLL),
                    netty(NettyServer.IO_URING, NettyServer.Transport.IO_URING)),
            // They look at every connection each time, so with many of them there is nothing to learn that is not
            // known.
            Set.of(
                    HawserSelectorServer.POLL,
                    HawserSelectorServer.SELECT,
                    HawserReactorServer.POLL,
                    HawserReactorServer.SELECT));

    /** Those that speak TLS, all by the JDK's engine. */
    static final Servers OVER_TLS = new Servers(
            List.of(
                    JavaServer.overTls(
                            HawserReactorServer.EPOLL + TLS,
                            List.of(),
                            () -> new HawserReactorServer(BackendKind.EPOLL, true)),
                    nettyOverTls(NettyServer.NIO, NettyServer.Transport.NIO),
                    nettyOverTls(NettyServer.EPOLL, NettyServer.Transport.EPOLL)),
            Set.of());

    private EchoServers() {}

    private static JavaServer reactor(String name, BackendKind kind) {
        return new JavaServer(name, () -> new HawserReactorServer(kind, false));
    }

    private static JavaServer netty(String name, NettyServer.Transport transport) {
        return new JavaServer(name, NettyServer.FLAGS, false, () -> new NettyServer(transport, false));
    }

    private static JavaServer nettyOverTls(String name, NettyServer.Transport transport) {
        return JavaServer.overTls(name + TLS, NettyServer.FLAGS, () -> new NettyServer(transport, true));
    }

    /** For the help text and for shell completion. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(SERVERS.names());
            addAll(OVER_TLS.names());
        }
    }
}
