package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Reactor;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The built-in kinds of client endpoints. */
final class ClientKinds {

    static final Map<String, BiFunction<Reactor, EndpointArguments, ClientEndpoint>> ALL = new TreeMap<>(Map.of(
            "tcp", ClientKinds::tcp,
            "host", ClientKinds::host,
            "ssl", ClientKinds::tls,
            "tls", ClientKinds::tls,
            "unix", ClientKinds::unix,
            "stdio", ClientKinds::stdio,
            "fd", ClientKinds::fd,
            "vsock", ClientKinds::vsock));

    private ClientKinds() {}

    private static ClientEndpoint tcp(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("host", "port", "timeout", "bindAddress");
        return new TcpClientEndpoint(reactor, arguments.text("host"), port(arguments), options(arguments));
    }

    private static ClientEndpoint host(Reactor reactor, EndpointArguments arguments) {
        return hostOf(reactor, arguments.expect("host", "port", "timeout", "bindAddress", "attemptDelay"));
    }

    private static ClientEndpoint hostOf(Reactor reactor, EndpointArguments arguments) {
        return new HostnameEndpoint(
                reactor, arguments.text("host"), port(arguments), options(arguments), attemptDelay(arguments));
    }

    /** Nobody listens at port 0, which asks a server's kernel for any. */
    private static int port(EndpointArguments arguments) {
        return (int) arguments.number("port", 1, 65535);
    }

    private static Duration attemptDelay(EndpointArguments arguments) {
        Duration delay = arguments.seconds("attemptDelay", HostnameEndpoint.ATTEMPT_DELAY);
        if (delay.compareTo(HostnameEndpoint.LEAST_ATTEMPT_DELAY) < 0) {
            throw arguments.wrong(
                    "attemptDelay", "attemptDelay is 0.01 seconds at the least, so that no network is flooded");
        }
        return delay;
    }

    private static ConnectOptions options(EndpointArguments arguments) {
        ConnectOptions options =
                ConnectOptions.DEFAULT.withTimeout(arguments.seconds("timeout", ConnectOptions.DEFAULT.timeout()));
        return arguments.has("bindAddress")
                ? options.withBindAddress(arguments.read("bindAddress", BindAddress::read))
                : options;
    }

    private static ClientEndpoint tls(Reactor reactor, EndpointArguments arguments) {
        arguments.expect(TlsArguments.CLIENT);
        TlsArguments.refuseBesideEndpoint(arguments, "port", "timeout", "bindAddress", "attemptDelay");
        ClientEndpoint under = arguments.has("endpoint")
                ? arguments.read("endpoint", text -> Endpoints.client(reactor, text))
                : hostOf(reactor, arguments);
        String name = arguments.read(arguments.has("hostname") ? "hostname" : "host", Hosts::ascii);
        return new TlsClientEndpoint(under, TlsArguments.client(arguments), name, arguments.toString());
    }

    private static ClientEndpoint unix(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("path", "timeout", "lockfile");
        arguments.flag("lockfile", false); // Twisted's: whether a server lives, the kernel knows
        return new UnixClientEndpoint(reactor, arguments.read("path", UnixAddress::read), options(arguments));
    }

    private static ClientEndpoint stdio(Reactor reactor, EndpointArguments arguments) {
        arguments.expect();
        return new StandardIoEndpoint(reactor);
    }

    private static ClientEndpoint fd(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("fd");
        return new AdoptedStreamClientEndpoint(reactor, (int) arguments.number("fd", 0, Integer.MAX_VALUE));
    }

    private static ClientEndpoint vsock(Reactor reactor, EndpointArguments arguments) {
        return new StreamClientEndpoint(reactor, Vsock.readClient(arguments), options(arguments));
    }
}
