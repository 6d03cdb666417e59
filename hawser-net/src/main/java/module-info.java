/** Network programming: sockets, readiness, socket servers. */
@SuppressWarnings("module") // the reactor's module is compiled after this one, so javac cannot see it here
module dev.hawser.net {
    requires dev.hawser.posix;
    requires static transitive org.jspecify;

    exports dev.hawser.asynchat;
    exports dev.hawser.asyncore;
    exports dev.hawser.netlink;
    exports dev.hawser.select;
    exports dev.hawser.socket;
    exports dev.hawser.socketserver;
    exports dev.hawser.tls;
    exports dev.hawser.unix to
            dev.hawser.reactor;
}
