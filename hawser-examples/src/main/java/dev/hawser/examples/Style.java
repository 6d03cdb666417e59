package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/** The ways in which the time service is written. */
public enum Style {
    /** Connections, a virtual thread for each. */
    TCP("TCP"),

    /** Datagrams. */
    UDP("UDP"),

    /** A server class and a handler: a connection for each line, a virtual thread for each connection. */
    SOCKETSERVER("Socketserver"),

    /** The same handler, in worker processes. */
    FORKING("Forking"),

    /** A protocol and a factory: connections, one thread for all of them. */
    REACTOR("Reactor");

    private final String title;

    Style(String title) {
        this.title = title;
    }

    /** A server that listens. */
    public TimeServer server(Sockaddr address, PrintStream log) throws IOException {
        Clock clock = Clock.system(ZoneId.systemDefault());
        return switch (this) {
            case TCP -> new TcpTimeServer(address, clock, log);
            case UDP -> new UdpTimeServer(address, clock, log);
            case SOCKETSERVER -> new SocketserverTimeServer(address, log);
            case FORKING -> new ForkingTimeServer(address, log);
            case REACTOR -> new ReactorTimeServer(address, clock, log);
        };
    }

    /** A client of the server at this address. */
    public TimeClient client(HostPort server, Duration timeout) throws IOException {
        return switch (this) {
            case TCP -> new TcpTimeClient(server, timeout);
            case UDP -> new UdpTimeClient(server, timeout);
            case SOCKETSERVER, FORKING -> new SocketserverTimeClient(server, timeout);
            case REACTOR -> new ReactorTimeClient(server, timeout);
        };
    }

    /** How long a client waits where nobody says otherwise. */
    public Duration timeout() {
        return switch (this) {
            case TCP -> TcpTimeClient.TIMEOUT;
            case UDP -> UdpTimeClient.TIMEOUT;
            case SOCKETSERVER, FORKING -> SocketserverTimeClient.TIMEOUT;
            case REACTOR -> ReactorTimeClient.TIMEOUT;
        };
    }

    /** As a heading has it. */
    @Override
    public String toString() {
        return title;
    }
}
