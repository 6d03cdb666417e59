/**
 * Tests of {@link dev.hawser.reactor}. Those of streams run on every backend, over TCP on IPv4 and on IPv6, and over Unix sockets.
 *
 * <table>
 *   <caption>Which group of Twisted's tests ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>test.test_tcp: ListeningTests, CannotBindTests, FactoryTests, AddressTests, LocalRemoteAddressTests</td>
 *       <td>{@code ListeningPortTest}, {@code ConnectorTest}</td></tr>
 *   <tr><td>test.test_tcp: LoopbackTests, CallBackOrderTests, HalfCloseTests, HalfCloseNoNotificationAndShutdownExceptionTests,
 *       HalfCloseBuggyApplicationTests, ProperlyCloseFilesTests</td>
 *       <td>{@code StreamEndsTest}, {@code StreamFaultsTest}</td></tr>
 *   <tr><td>test.test_tcp: WriteDataTests, LargeBufferTests, PauseProducingTests</td>
 *       <td>{@code StreamFlowTest}, {@code StreamFilesTest}</td></tr>
 *   <tr><td>internet.test.test_tcp: TCPClientTestsBase, TCPConnectorTestsBuilder</td>
 *       <td>{@code ConnectorTest}</td></tr>
 *   <tr><td>internet.test.test_tcp: TCPPortTestsMixin, AdoptStreamConnectionTestsBuilder</td>
 *       <td>{@code ListeningPortTest}</td></tr>
 *   <tr><td>internet.test.test_tcp: TCPConnectionTestsBuilder, AbortConnectionMixin, WriteSequenceTestsMixin</td>
 *       <td>{@code StreamEndsTest}, {@code StreamFlowTest}</td></tr>
 *   <tr><td>internet.test.test_tcp: ExhaustsFileDescriptorsTests, AssertPeerClosedOnEMFILETests, FileDescriptorReservationTests</td>
 *       <td>{@code AcceptShortageTest}, {@code StreamFaultsTest}</td></tr>
 *   <tr><td>test.test_udp: UDPTests, ReactorShutdownInteractionTests, MulticastTests</td>
 *       <td>{@code UdpTest}</td></tr>
 *   <tr><td>test.test_unix: UnixSocketTests, DatagramUnixSocketTests</td>
 *       <td>{@code ListeningPortTest}, {@code ConnectorTest}, {@code UnixDatagramTest}</td></tr>
 *   <tr><td>test.test_process: ProcessTests, TwoProcessesPosixTests, FDTests, PosixProcessTests, ClosingPipesTests</td>
 *       <td>{@code ProcessTest}; a pseudo-terminal for a child there is not</td></tr>
 *   <tr><td>test.test_stdio: StandardInputOutputTests</td>
 *       <td>{@code StandardIoTest}</td></tr>
 *   <tr><td>test.test_internet: SystemEventTests, TimeTests, CallFromThreadStopsAndWakeUpTests, DelayedTests</td>
 *       <td>{@code LifeOfAReactorTest}, {@code CallsOfTheLoopTest}, {@code TimerQueueTest}</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor;

import org.jspecify.annotations.NullUnmarked;
