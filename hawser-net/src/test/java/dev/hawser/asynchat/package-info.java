/**
 * Tests of {@link dev.hawser.asynchat.AsyncChat}.
 *
 * <p>CPython's tests of the same behaviours are in {@code test_asynchat}, each twice, over select and over poll; ours run over select,
 * poll and epoll. {@code AsynchatTableTest} holds this table against both.
 *
 * <table>
 *   <caption>Which test of CPython ours answers</caption>
 *   <tr><th>CPython</th><th>ours</th></tr>
 *   <tr><td>TestAsynchat.test_line_terminator1</td><td>{@code EchoChatContract#linesThatComeInPartsOfSoManyBytes}</td></tr>
 *   <tr><td>TestAsynchat.test_line_terminator2</td><td>{@code EchoChatContract#linesThatComeInPartsOfSoManyBytes}</td></tr>
 *   <tr><td>TestAsynchat.test_line_terminator3</td><td>{@code EchoChatContract#linesThatComeInPartsOfSoManyBytes}</td></tr>
 *   <tr><td>TestAsynchat.test_numeric_terminator1</td><td>{@code EchoChatContract#anElementOfSoManyBytes}</td></tr>
 *   <tr><td>TestAsynchat.test_numeric_terminator2</td><td>{@code EchoChatContract#anElementOfSoManyBytes}</td></tr>
 *   <tr><td>TestAsynchat.test_none_terminator</td><td>{@code EchoChatContract#withoutATerminatorAllIsCollected}</td></tr>
 *   <tr><td>TestAsynchat.test_simple_producer</td>
 *       <td>{@code EchoChatContract#aProducersPartsAreSentOneAfterTheOther}</td></tr>
 *   <tr><td>TestAsynchat.test_string_producer</td>
 *       <td>{@code EchoChatContract#aProducerOfOnePartIsAsGoodAsAPush}: bytes are no producer here</td></tr>
 *   <tr><td>TestAsynchat.test_empty_line</td><td>{@code EchoChatContract#anEmptyLineIsAnElement}</td></tr>
 *   <tr><td>TestAsynchat.test_close_when_done</td><td>{@code EchoChatContract#closingWhenDoneSendsWhatWasPushedBefore}</td></tr>
 *   <tr><td>TestAsynchat.test_push</td>
 *       <td>{@code EchoChatContract#whatIsPushedMayBePartOfAnArrayThatChangesAfterwards}: what is no bytes, the compiler
 *       refuses</td></tr>
 *   <tr><td>TestAsynchatMocked.test_blockingioerror</td><td>{@code AsyncChatTest#aReadThatFindsNothingIsNoError}</td></tr>
 *   <tr><td>TestHelperFunctions.test_find_prefix_at_end</td>
 *       <td>{@code SplitterTest#whatADelimiterMayBeginWithIsHeldBackAtTheEnd}</td></tr>
 *   <tr><td>TestNotConnected.test_disallow_negative_terminator</td><td>{@code AsyncChatTest#aCountOfNoBytesIsRefused}</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.asynchat;

import org.jspecify.annotations.NullUnmarked;
