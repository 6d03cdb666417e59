/**
 * Tests of {@link dev.hawser.reactor.endpoints}.
 *
 * <table>
 *   <caption>Which group of Twisted's tests (test_endpoints) ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>ParserTests, ServerStringTests, ClientStringTests, TCP6ServerEndpointPluginTests, StandardIOEndpointPluginTests</td>
 *       <td>{@code EndpointStringsTest}; the plugin of a server in {@code EndpointSnippetsTest}</td></tr>
 *   <tr><td>SSLClientStringTests, WrapClientTLSParserTests, SSL4EndpointsTests, WrapClientTLSTests</td>
 *       <td>{@code EndpointStringsTest}, {@code EndpointsOnSocketsTest}; the JDK chooses Diffie-Hellman's parameters</td></tr>
 *   <tr><td>WrappingFactoryTests, ConnectProtocolTests, WrapperClientEndpointTests</td>
 *       <td>{@code EndpointsOnMemoryTest}; the protocol has its connection itself, and no wrapper between</td></tr>
 *   <tr><td>TCP4EndpointsTests, TCP6EndpointsTests, UNIXEndpointsTests</td>
 *       <td>{@code EndpointsOnMemoryTest}, {@code EndpointsOnSocketsTest}</td></tr>
 *   <tr><td>HostnameEndpointMemoryIPv4ReactorTests, HostnameEndpointMemoryIPv6ReactorTests, HostnameEndpointsOneIPv4Tests, HostnameEndpointsOneIPv6Tests,
 *       HostnameEndpointsGAIFailureTests, HostnameEndpointsFasterConnectionTests</td>
 *       <td>{@code HappyEyeballsTest}</td></tr>
 *   <tr><td>HostnameEndpointIDNATests, HostnameEndpointReprTests</td>
 *       <td>{@code EndpointStringsTest}</td></tr>
 *   <tr><td>SystemdEndpointPluginTests, StandardIOEndpointsTests</td>
 *       <td>{@code EndpointProgramTest}, in processes of their own</td></tr>
 *   <tr><td>AdoptedStreamServerEndpointTests</td>
 *       <td>{@code EndpointsOnSocketsTest}</td></tr>
 *   <tr><td>ProcessEndpointsTests, ProcessEndpointTransportTests, WrappedIProtocolTests</td>
 *       <td>{@code ProcessEndpointTest}, and {@code ProcessConnectionTest} beside the reactor's</td></tr>
 *   <tr><td>TCP6EndpointNameResolutionTests, SimpleHostnameResolverTests, HostnameEndpointFallbackNameResolutionTests</td>
 *       <td>none: a reactor looks up by itself</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor.endpoints;

import org.jspecify.annotations.NullUnmarked;
