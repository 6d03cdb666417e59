/**
 * Tests of {@link dev.hawser.reactor.haproxy}. The real HAProxy and curl are at the other end in {@code HaProxyPeersTest}.
 *
 * <table>
 *   <caption>Which group of Twisted's tests ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>test_v1parser: V1ParserTests</td>
 *       <td>{@code ProxyHeaderDecoderTest}</td></tr>
 *   <tr><td>test_v2parser: V2ParserTests</td>
 *       <td>{@code ProxyHeaderDecoderTest}; a LOCAL header's block is not looked at at all</td></tr>
 *   <tr><td>test_parser: UnparseEndpointTests, HAProxyServerParserTests</td>
 *       <td>the tests of endpoints</td></tr>
 *   <tr><td>test_wrapper: HAProxyWrappingFactoryV1Tests, HAProxyWrappingFactoryV2Tests</td>
 *       <td>{@code HaProxyFactoryTest}; before its header, the protocol inside is not there</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor.haproxy;

import org.jspecify.annotations.NullUnmarked;
