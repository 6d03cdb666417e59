/** The event-driven framework: one loop, many connections, no waiting. */
module dev.hawser.reactor {
    requires dev.hawser.posix;
    requires transitive dev.hawser.net;
    requires jdk.jfr;
    requires jdk.unsupported;
    requires static transitive org.jspecify;

    exports dev.hawser.reactor;
    exports dev.hawser.reactor.amp;
    exports dev.hawser.reactor.application;
    exports dev.hawser.reactor.defer;
    exports dev.hawser.reactor.endpoints;
    exports dev.hawser.reactor.haproxy;
    exports dev.hawser.reactor.protocols;
    exports dev.hawser.reactor.socks;
    exports dev.hawser.reactor.task;
    exports dev.hawser.reactor.testing;
    exports dev.hawser.reactor.time;

    uses dev.hawser.reactor.endpoints.ClientEndpointParser;
    uses dev.hawser.reactor.endpoints.ServerEndpointParser;
}
