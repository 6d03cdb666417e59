package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Reactor;

/**
 * A kind of server endpoint of one's own, for {@link Endpoints#server}: found by {@link java.util.ServiceLoader}, which knows it by {@code provides} in a
 * {@code module-info.java}, or by a file in {@code META-INF/services}. The built-in kinds come first.
 *
 * <h2>Threading</h2>
 * In the thread that asks for the endpoint.
 *
 * <p>Source: Twisted's {@code IStreamServerEndpointStringParser}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="plugin"}
 */
public interface ServerEndpointParser {

    /**
     * The word that its descriptions begin with.
     *
     * @return such as {@code onion}; upper and lower case are the same
     */
    String kind();

    /**
     * Makes an endpoint.
     *
     * @param reactor listens
     * @param arguments what stands behind the word: begin with {@link EndpointArguments#expect}
     * @return the endpoint
     * @throws EndpointSyntaxException if the arguments describe none, see {@link EndpointArguments#wrong}
     */
    ServerEndpoint parse(Reactor reactor, EndpointArguments arguments);
}
