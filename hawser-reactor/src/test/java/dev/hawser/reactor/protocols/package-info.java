/**
 * Tests of {@link dev.hawser.reactor.protocols}. What Twisted does itself is at the other end in {@code TwistedTest}.
 *
 * <table>
 *   <caption>Which group of Twisted's tests ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>test_basic: LineReceiverTests</td>
 *       <td>{@code LineReceiverTest}</td></tr>
 *   <tr><td>test_basic: LineReceiverLineLengthExceededTests</td>
 *       <td>{@code LineReceiverTest}</td></tr>
 *   <tr><td>test_basic: LineOnlyReceiverTests</td>
 *       <td>{@code LineOnlyReceiverTest}</td></tr>
 *   <tr><td>test_basic: NetstringReceiverTests</td>
 *       <td>{@code NetstringReceiverTest}</td></tr>
 *   <tr><td>test_basic: Int32Tests, Int16Tests, Int8Tests</td>
 *       <td>{@code IntStringReceiverTest}; there is no attribute {@code recvd}</td></tr>
 *   <tr><td>test_basic: ProducerTests</td>
 *       <td>{@code LineReceiverTest}, {@code IntStringReceiverTest}, {@code NetstringReceiverTest}</td></tr>
 *   <tr><td>test_basic: FileSenderTests</td>
 *       <td>none here: a file is sent by {@code Transport.sendFile}</td></tr>
 *   <tr><td>test_policies: WrapperTests, LimitTotalConnectionsFactoryTests, ThrottlingTests, TimeoutFactoryTests, LoggingFactoryTests</td>
 *       <td>{@code PoliciesTest}</td></tr>
 *   <tr><td>test_policies: TimeoutProtocolTests, TimeoutMixinTests</td>
 *       <td>{@code IdleTimeoutTest}</td></tr>
 *   <tr><td>test_stateful: Int32Tests</td>
 *       <td>{@code StatefulProtocolTest}</td></tr>
 *   <tr><td>test_protocols: WireTests</td>
 *       <td>{@code WireTest}</td></tr>
 *   <tr><td>test_protocols: PortforwardingTests</td>
 *       <td>{@code PortForwardTest}, {@code TwistedTest}</td></tr>
 *   <tr><td>test_factories: ReconnectingFactoryTests</td>
 *       <td>{@code ReconnectingClientFactoryTest}</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor.protocols;

import org.jspecify.annotations.NullUnmarked;
