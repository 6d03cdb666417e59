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

    private EchoServers() {}

    private static JavaServer reactor(String name, BackendKind kind) {
        return new JavaServer(name, () -> new HawserReactorServer(kind));
    }

    private static JavaServer netty(String name, NettyServer.Transport transport) {
        return new JavaServer(name, NettyServer.FLAGS, () -> new NettyServer(transport));
    }

    /** For the help text and for shell completion. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(SERVERS.names());
        }
    }
}
