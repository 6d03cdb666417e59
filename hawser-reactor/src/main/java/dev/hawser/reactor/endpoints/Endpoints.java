package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.tls.TlsContext;
import java.util.Collection;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints from strings: what an operator writes on a command line, so that a program need not know whether that is a port, a path or a socket of systemd's.
 *
 * <p>A description is a kind and its arguments, with colons between them: {@code tcp:8080:interface=127.0.0.1}. An argument is a value in its place, or a
 * value with its name, in any order. A backslash takes away the meaning of the character behind it, so that an IPv6 address is {@code interface=\:\:1};
 * {@link #quoteStringArgument} writes them. An address may stand in brackets instead: {@code tcp:[::1]:80}. What is in brackets below may be left out:
 *
 * <table>
 *   <caption>Servers</caption>
 *   <tr><th>description</th><th>listens at</th></tr>
 *   <tr><td>{@code tcp:port[:interface=][:backlog=][:reusePort=1]}</td><td>TCP; without an interface, IPv4 and IPv6 with one socket, {@code tcp4} and {@code tcp6}
 *       only one of the two</td></tr>
 *   <tr><td>{@code tls:port:privateKey=:certKey=[:extraCertChain=][:minVersion=TLSv1.3][:clientCa=][:clientCertificate=wanted][:alpn=h2,http/1.1]}</td>
 *       <td>the same with TLS, with the arguments of {@code tcp} as well; the files are PEM, {@code clientCa} one or a directory of them; {@code endpoint=} and an escaped
 *       description instead of a port; {@code ssl} and {@code sslmethod=} are Twisted's words</td></tr>
 *   <tr><td>{@code unix:path[:mode=660][:backlog=]}</td><td>a Unix socket; {@code unix:@name} an abstract name</td></tr>
 *   <tr><td>{@code vsock:port}, {@code vsock:cid:port}</td><td>the port of a virtual machine</td></tr>
 *   <tr><td>{@code systemd:name}, {@code systemd:index=0}, both with {@code domain=INET}</td><td>a socket that systemd has opened</td></tr>
 *   <tr><td>{@code fd:3}</td><td>a descriptor that listens</td></tr>
 *   <tr><td>{@code stdio:}</td><td>standard input and output, as one connection</td></tr>
 *   <tr><td>{@code haproxy:tcp:8080}</td><td>another endpoint, of any kind, whose connections begin with a PROXY header</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Clients</caption>
 *   <tr><th>description</th><th>connects to</th></tr>
 *   <tr><td>{@code tcp:host:port[:timeout=30][:bindAddress=]}</td><td>TCP, one address of the host after the other</td></tr>
 *   <tr><td>{@code host:name:port[:timeout=30][:bindAddress=][:attemptDelay=0.25]}</td><td>the address that answers first, see {@link HostnameEndpoint}</td></tr>
 *   <tr><td>{@code tls:host:port[:trustRoots=][:certificate=][:privateKey=][:hostname=][:minVersion=][:alpn=][:insecure=1]}</td><td>the same with TLS, with the
 *       arguments of {@code host} as well; {@code trustRoots} is a PEM file or a directory of them; {@code endpoint=} and an escaped description says whom to connect to
 *       instead; {@code ssl}, {@code certKey} and {@code caCertsDir} are Twisted's words. Other than there, {@code ssl} looks at the certificate, too</td></tr>
 *   <tr><td>{@code unix:path[:timeout=30]}</td><td>a Unix socket; {@code unix:@name} an abstract name</td></tr>
 *   <tr><td>{@code vsock:cid:port[:timeout=30]}</td><td>the port of a virtual machine, or of its host, 2</td></tr>
 *   <tr><td>{@code fd:3}</td><td>a descriptor that is connected</td></tr>
 *   <tr><td>{@code stdio:}</td><td>standard input and output</td></tr>
 * </table>
 *
 * <p>Other kinds come from {@link ServerEndpointParser}s and {@link ClientEndpointParser}s.
 *
 * <h2>Threading</h2>
 * Descriptions are read in any thread; the endpoints are for that of their reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * The files that a description names are read at once; those of a {@code tls} server again when they have changed, see {@link
 * dev.hawser.tls.ReloadingTlsContext}.
 *
 * <h2>Errors</h2>
 * An {@link EndpointSyntaxException} points at the place.
 *
 * <p>Source: {@code twisted.internet.endpoints}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="strings"}
 */
public final class Endpoints {

    private Endpoints() {}

    /**
     * A place to listen at.
     *
     * @param reactor listens
     * @param description such as {@code tcp:8080:interface=127.0.0.1}
     * @return the endpoint; its {@code toString} is a description of it
     * @throws EndpointSyntaxException if it is none; the message points at the place
     */
    public static ServerEndpoint server(Reactor reactor, String description) {
        return make(
                reactor,
                description,
                ServerKinds.ALL::get,
                () -> ServiceLoader.load(ServerEndpointParser.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .<Kind<ServerEndpoint>>map(each -> new Kind<>(each.kind(), each::parse))
                        .toList(),
                ServerKinds.ALL.keySet(),
                true);
    }

    /**
     * Somebody to connect to.
     *
     * @param reactor connects
     * @param description such as {@code tcp:localhost:8080}
     * @return the endpoint; its {@code toString} is a description of it
     * @throws EndpointSyntaxException if it is none; the message points at the place
     */
    public static ClientEndpoint client(Reactor reactor, String description) {
        return make(
                reactor,
                description,
                ClientKinds.ALL::get,
                () -> ServiceLoader.load(ClientEndpointParser.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .<Kind<ClientEndpoint>>map(each -> new Kind<>(each.kind(), each::parse))
                        .toList(),
                ClientKinds.ALL.keySet(),
                false);
    }

    /** A kind of somebody else's. */
    private record Kind<E>(String name, BiFunction<Reactor, EndpointArguments, E> parser) {}

    /** Asked only where the kind is none of the built-in ones. */
    @FunctionalInterface
    private interface Others<E> {
        Collection<Kind<E>> load();
    }

    private static <E> E make(
            Reactor reactor,
            String description,
            Function<String, @Nullable BiFunction<Reactor, EndpointArguments, E>> builtIn,
            Others<E> others,
            Collection<String> names,
            boolean server) {
        DescriptionText text = new DescriptionText(description);
        EndpointArguments arguments = new EndpointArguments(text);
        String kind = text.kind().toLowerCase(Locale.ROOT);
        BiFunction<Reactor, EndpointArguments, E> parser = builtIn.apply(kind);
        if (parser != null) {
            Hints.check(text, kind, server);
            return parser.apply(reactor, arguments);
        }
        TreeSet<String> all = new TreeSet<>(names);
        for (Kind<E> each : others.load()) {
            if (each.name().equalsIgnoreCase(kind)) {
                return each.parser().apply(reactor, arguments);
            }
            all.add(each.name());
        }
        throw text.wrong(0, Hints.ofUnknown(description, text.kind(), server) + unknown(text.kind(), all));
    }

    private static String unknown(String kind, Collection<String> all) {
        return (kind.isEmpty() ? "a description begins with its kind" : "there is no kind '" + kind + "'")
                + ": there are " + String.join(", ", all);
    }

    /**
     * A value as it is written in a description: with a backslash before each colon, equals sign and backslash.
     *
     * @param argument the value, such as a path or an IPv6 address
     * @return what stands for it
     */
    public static String quoteStringArgument(String argument) {
        return argument.replace("\\", "\\\\").replace(":", "\\:").replace("=", "\\=");
    }

    /**
     * Connects a protocol that is there already.
     *
     * @param endpoint where to
     * @param protocol the protocol
     * @param <P> its type
     * @return fires with the protocol when it has its connection
     */
    public static <P extends Protocol> Deferred<P> connectProtocol(ClientEndpoint endpoint, P protocol) {
        return endpoint.connect(address -> protocol).addCallback(connected -> protocol);
    }

    /**
     * TLS on the connections of an endpoint, whatever it connects to: Twisted's {@code wrapClientTLS}.
     *
     * @param context whom to trust
     * @param serverHostName the name that the server's certificate must have
     * @param endpoint connects
     * @return the endpoint
     */
    public static ClientEndpoint wrapClientTls(TlsContext context, String serverHostName, ClientEndpoint endpoint) {
        return new TlsClientEndpoint(endpoint, context, serverHostName);
    }

    /**
     * An endpoint that tries again.
     *
     * @param endpoint connects
     * @param reactor tells the time
     * @param backoff how long to wait before another attempt, and how many there may be
     * @return the endpoint
     */
    public static ClientEndpoint retrying(ClientEndpoint endpoint, Reactor reactor, Backoff backoff) {
        return new RetryingClientEndpoint(endpoint, reactor, backoff);
    }
}
