package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The built-in kinds of server endpoints. */
final class ServerKinds {

    /** The permissions of a Unix socket's path, in octal digits. */
    private static final String MODE = "[0-7]{1,4}";

    static final Map<String, BiFunction<Reactor, EndpointArguments, ServerEndpoint>> ALL = all();

    private ServerKinds() {}

    private static Map<String, BiFunction<Reactor, EndpointArguments, ServerEndpoint>> all() {
        Map<String, BiFunction<Reactor, EndpointArguments, ServerEndpoint>> all = new TreeMap<>();
        all.put("tcp", (reactor, arguments) -> tcp(reactor, arguments, Constants.AF_UNSPEC));
        all.put("tcp4", (reactor, arguments) -> tcp(reactor, arguments, Constants.AF_INET));
        all.put("tcp6", (reactor, arguments) -> tcp(reactor, arguments, Constants.AF_INET6));
        all.put("ssl", ServerKinds::tls);
        all.put("tls", ServerKinds::tls);
        all.put("unix", ServerKinds::unix);
        all.put("vsock", ServerKinds::vsock);
        all.put("systemd", ServerKinds::systemd);
        all.put("fd", ServerKinds::fd);
        all.put("stdio", ServerKinds::stdio);
        all.put("haproxy", (reactor, arguments) -> HaProxyServerEndpoint.around(arguments.wrappedServer(reactor)));
        return Collections.unmodifiableMap(all);
    }

    private static ServerEndpoint tcp(Reactor reactor, EndpointArguments arguments, int family) {
        return tcpOf(reactor, arguments.expect("port", "interface", "backlog", "reusePort"), family);
    }

    private static ServerEndpoint tcpOf(Reactor reactor, EndpointArguments arguments, int family) {
        int port = arguments.port("port");
        String host = arguments.textOrNull("interface");
        ListenOptions options = options(arguments);
        return host == null
                ? new TcpServerEndpoint(reactor, family, port, null, options)
                : arguments.read("interface", text -> new TcpServerEndpoint(reactor, family, port, text, options));
    }

    private static ListenOptions options(EndpointArguments arguments) {
        ListenOptions options = ListenOptions.DEFAULT.withBacklog(
                (int) arguments.number("backlog", 0, Integer.MAX_VALUE, ListenOptions.DEFAULT.backlog()));
        return arguments.flag("reusePort", false) ? options.withReusePort() : options;
    }

    private static ServerEndpoint tls(Reactor reactor, EndpointArguments arguments) {
        arguments.expect(TlsArguments.SERVER);
        TlsArguments.refuseBesideEndpoint(arguments, "port", "interface", "backlog", "reusePort");
        ServerEndpoint under = arguments.has("endpoint")
                ? arguments.read("endpoint", text -> Endpoints.server(reactor, text))
                : tcpOf(reactor, arguments, Constants.AF_UNSPEC);
        return new TlsServerEndpoint(under, TlsArguments.reloadingServer(arguments), arguments.toString());
    }

    private static ServerEndpoint unix(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("address", "mode", "backlog", "lockfile");
        arguments.flag("lockfile", true); // Twisted's: whether a server lives, the kernel knows
        SockaddrUn address = arguments.read("address", UnixAddress::read);
        if (address.isAbstract() && arguments.has("mode")) {
            throw arguments.wrong("mode", "an abstract name has no permissions: leave out mode");
        }
        return new UnixServerEndpoint(
                reactor, address, options(arguments).withUnixMode(mode(arguments.textOrNull("mode"), arguments)));
    }

    private static int mode(@Nullable String mode, EndpointArguments arguments) {
        if (mode != null && !mode.matches(MODE)) {
            throw arguments.wrong("mode", "mode is three octal digits such as 660, not '" + mode + "'");
        }
        return mode == null ? -1 : Integer.parseInt(mode, 8);
    }

    private static ServerEndpoint stdio(Reactor reactor, EndpointArguments arguments) {
        arguments.expect();
        return new StandardIoEndpoint(reactor);
    }

    private static ServerEndpoint systemd(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("name", "domain", "index");
        String domain = arguments.textOrNull("domain");
        if (domain != null && !SystemdSockets.DOMAINS.containsKey(domain)) {
            throw arguments.wrong(
                    "domain",
                    "domain is " + String.join(" or ", SystemdSockets.DOMAINS.keySet()) + ", not '" + domain + "'");
        }
        String name = arguments.textOrNull("name");
        int index = (int) arguments.number("index", 0, Integer.MAX_VALUE, -1);
        if (name == null && index < 0) {
            throw arguments.wrong("name", "which socket? Write systemd:name or systemd:index=0");
        }
        return new SystemdEndpoint(reactor, new SystemdSockets.Wish(domain, name, index));
    }

    private static ServerEndpoint fd(Reactor reactor, EndpointArguments arguments) {
        arguments.expect("fd");
        return new AdoptedStreamServerEndpoint(reactor, (int) arguments.number("fd", 0, Integer.MAX_VALUE));
    }

    private static ServerEndpoint vsock(Reactor reactor, EndpointArguments arguments) {
        return new StreamServerEndpoint(reactor, Vsock.readServer(arguments), options(arguments));
    }
}
