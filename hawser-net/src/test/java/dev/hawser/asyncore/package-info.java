/**
 * Which test of CPython's {@code test_asyncore} each of ours answers. {@code CPythonAsyncoreTest} holds this table against CPython's tests,
 * and against the methods here.
 *
 * <table>
 *   <caption>CPython's tests, and ours</caption>
 *   <tr><th>test_asyncore</th><th>here</th></tr>
 *   <tr><td>HelperFunctionTests.test_readwriteexc</td><td>{@code HandlerFailuresTest#exitNowPassesThroughTheLoop}, {@code
 *       HandlerFailuresTest#whatAHandlerThrowsEndsNobodyElse}</td></tr>
 *   <tr><td>HelperFunctionTests.test_readwrite</td><td>{@code DispatcherContract#bytesThatHaveComeAreTold}, {@code
 *       TcpDispatcherContract#urgentDataAreTold}, {@code DispatcherContract#roomToWriteIsTold}, {@code
 *       DispatcherContract#theEndOfAConnectionIsTold}, {@code
 *       DispatcherContract#aSocketThatIsClosedBehindItsDispatcherIsToldAsClosed}, {@code
 *       HandlerFailuresTest#exitNowPassesThroughTheLoop}, {@code
 *       HandlerFailuresTest#whatAHandlerThrowsEndsNobodyElse}</td></tr>
 *   <tr><td>HelperFunctionTests.test_closeall</td><td>{@code AsyncLoopTest#closeAllClosesEveryDispatcher}</td></tr>
 *   <tr><td>HelperFunctionTests.test_closeall_default</td><td>{@code
 *       AsyncLoopTest#theDefaultLoopIsSharedUntilItIsClosed}</td></tr>
 *   <tr><td>HelperFunctionTests.test_compact_traceback</td><td>{@code
 *       HandlerFailuresTest#theLogHasTheStackAndTheNameOfTheErrno}</td></tr>
 *   <tr><td>DispatcherTests.test_basic</td><td>{@code
 *       AsyncLoopTest#aDispatcherWantsToReadAndToWriteUnlessItSaysOtherwise}</td></tr>
 *   <tr><td>DispatcherTests.test_repr</td><td>{@code
 *       AsyncLoopTest#aDispatcherTellsWhatItIsDoingAndWithWhom}</td></tr>
 *   <tr><td>DispatcherTests.test_log</td><td>{@code
 *       HandlerFailuresTest#whatADispatcherLogsGoesToTheLoggerOfThePackage}</td></tr>
 *   <tr><td>DispatcherTests.test_log_info</td><td>{@code
 *       HandlerFailuresTest#whatADispatcherLogsGoesToTheLoggerOfThePackage}, {@code
 *       HandlerFailuresTest#aDispatcherMayLogElsewhere}</td></tr>
 *   <tr><td>DispatcherTests.test_unhandled</td><td>{@code
 *       HandlerFailuresTest#anEventThatNobodyHandlesIsLoggedWhereTheProgramAsksForIt}</td></tr>
 *   <tr><td>DispatcherTests.test_strerror</td><td>{@code
 *       HandlerFailuresTest#theLogHasTheStackAndTheNameOfTheErrno}</td></tr>
 *   <tr><td>DispatcherWithSendTests.test_send</td><td>{@code
 *       DispatcherContract#whatIsSentWithSendIsBufferedAndArrivesInOrder}</td></tr>
 *   <tr><td>FileWrapperTest.test_recv</td><td>{@code
 *       FileDispatcherTest#aDuplicateReadsWhatThePipeHas}</td></tr>
 *   <tr><td>FileWrapperTest.test_send</td><td>{@code
 *       FileDispatcherTest#aDuplicateWritesAfterTheOriginalWasClosed}</td></tr>
 *   <tr><td>FileWrapperTest.test_dispatcher</td><td>{@code
 *       FileDispatcherTest#aDispatcherIsToldWhatAPipeHas}, {@code
 *       FileDispatcherTest#aFileThatCannotBeWaitedForIsRefused}</td></tr>
 *   <tr><td>FileWrapperTest.test_resource_warning</td><td>{@code
 *       FileDispatcherTest#aLostDuplicateIsReportedAndClosed}</td></tr>
 *   <tr><td>FileWrapperTest.test_close_twice</td><td>{@code
 *       FileDispatcherTest#aDuplicateIsClosedOnceAlsoWhereSomebodyHasClosedItsNumber}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_connect</td><td>{@code
 *       DispatcherContract#aConnectThatHasComeAboutIsTold}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_accept</td><td>{@code
 *       DispatcherContract#aListenerIsToldOfConnections}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_accepted</td><td>{@code
 *       DispatcherContract#aConnectionIsAcceptedAndHandedOver}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_read</td><td>{@code DispatcherContract#bytesThatHaveComeAreTold}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_write</td><td>{@code DispatcherContract#roomToWriteIsTold}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_close</td><td>{@code DispatcherContract#theEndOfAConnectionIsTold}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_close_after_conn_broken</td><td>{@code
 *       DispatcherContract#aBrokenConnectionIsToldToTheOneThatSends}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_expt</td><td>{@code TcpDispatcherContract#urgentDataAreTold}</td></tr>
 *   <tr><td>BaseTestAPI.test_handle_error</td><td>{@code
 *       DispatcherContract#whatAHandlerThrowsGoesToHandleError}</td></tr>
 *   <tr><td>BaseTestAPI.test_connection_attributes</td><td>{@code
 *       DispatcherContract#theStateTellsWhatADispatcherIsDoing}</td></tr>
 *   <tr><td>BaseTestAPI.test_create_socket</td><td>{@code
 *       DispatcherContract#aSocketIsMadeThatNeitherWaitsNorIsInherited}</td></tr>
 *   <tr><td>BaseTestAPI.test_bind</td><td>{@code DispatcherContract#anAddressIsHadByOneListener}</td></tr>
 *   <tr><td>BaseTestAPI.test_set_reuse_addr</td><td>{@code DispatcherContract#setReuseAddrSetsTheOption}</td></tr>
 *   <tr><td>BaseTestAPI.test_quick_connect</td><td>{@code
 *       DispatcherContract#aConnectionThatIsResetAtOnceHarmsNobody}</td></tr>
 * </table>
 */
package dev.hawser.asyncore;
