/**
 * The tests of tasks: {@code TwistedTaskTest} holds this table against twisted.test.test_task.
 *
 * <table>
 * <caption>Twisted's tests, and which of ours answers each</caption>
 * <tr><td>ClockTests.testAdvance</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testAdvanceCancel</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testCallLater</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testCallLaterCancelled</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testCallLaterDelayed</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testCallLaterResetLater</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testCallLaterResetSooner</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.testSeconds</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_callLaterKeepsCallsOrdered</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_callLaterOrdering</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_callLaterResetInsideCallKeepsCallsOrdered</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_callLaterResetKeepsCallsOrdered</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_getDelayedCalls</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_getDelayedCallsEmpty</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>ClockTests.test_providesIReactorTime</td><td>not applicable: see the clock of dev.hawser.reactor.testing, and TimerQueueTest</td></tr>
 * <tr><td>DeferLaterTests.test_callback</td><td>{@code TaskTest#deferLaterFiresWithWhatTheCallReturns}</td></tr>
 * <tr><td>DeferLaterTests.test_cancel</td><td>{@code TaskTest#cancellingDeferLaterTakesTheCallBack}</td></tr>
 * <tr><td>DeferLaterTests.test_errback</td><td>{@code TaskTest#deferLaterFailsWithWhatTheCallThrows}</td></tr>
 * <tr><td>DeferLaterTests.test_noCallback</td><td>{@code TaskTest#deferLaterFiresWithWhatTheCallReturns}</td></tr>
 * <tr><td>LoopTests.testBadDelay</td><td>{@code LoopingCallTest#misuseIsRefused}</td></tr>
 * <tr><td>LoopTests.testBasicFunction</td><td>{@code LoopingCallTest#itCallsAtOnceAndThenAtEveryInterval}</td></tr>
 * <tr><td>LoopTests.testDelayedStart</td><td>{@code LoopingCallTest#itMayStartAfterAnInterval}</td></tr>
 * <tr><td>LoopTests.testStopAtOnce</td><td>{@code LoopingCallTest#itMayStopItselfInTheFirstCall}</td></tr>
 * <tr><td>LoopTests.testStoppingBeforeDelayedStart</td><td>{@code LoopingCallTest#itMayStartAfterAnInterval}</td></tr>
 * <tr><td>LoopTests.test_callbackTimeSkips</td><td>{@code LoopingCallTest#aCountTellsHowManyIntervalsHavePassed}</td></tr>
 * <tr><td>LoopTests.test_countLengthyIntervalCounts</td><td>{@code LoopingCallTest#aCountMakesUpForTheTimeThatACallTook}</td></tr>
 * <tr><td>LoopTests.test_defaultClock</td><td>not applicable: about Python</td></tr>
 * <tr><td>LoopTests.test_deferredDeprecation</td><td>not applicable: about Python</td></tr>
 * <tr><td>LoopTests.test_reactorTimeCountSkips</td><td>{@code LoopingCallTest#aCountTellsHowManyIntervalsHavePassed}</td></tr>
 * <tr><td>LoopTests.test_reactorTimeSkips</td><td>{@code LoopingCallTest#aLateCallDoesNotPutOffTheNextAndMissedOnesAreLeftOut}</td></tr>
 * <tr><td>LoopTests.test_reprFunction</td><td>not applicable: about Python</td></tr>
 * <tr><td>LoopTests.test_reprMethod</td><td>not applicable: about Python</td></tr>
 * <tr><td>LoopTests.test_reset</td><td>{@code LoopingCallTest#resetBeginsTheIntervalAnew}</td></tr>
 * <tr><td>LoopTests.test_withCountFloatingPointBoundary</td><td>not applicable: about Python</td></tr>
 * <tr><td>LoopTests.test_withCountIntervalZero</td><td>{@code LoopingCallTest#aCountOfNoIntervalIsOne}</td></tr>
 * <tr><td>LoopTests.test_withCountIntervalZeroDelay</td><td>{@code LoopingCallTest#aCountOfNoIntervalIsOne}</td></tr>
 * <tr><td>LoopTests.test_withCountIntervalZeroDelayThenNonZeroInterval</td><td>{@code LoopingCallTest#aCountOfNoIntervalIsOne}</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_arguments</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_asynchronousStop</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_defaultReactor</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_exitWithDefinedCode</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_runsUntilAsyncCallback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_runsUntilAsyncErrback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_runsUntilSyncCallback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_runsUntilSyncErrback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_singleStopCallback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_singleStopErrback</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactCoroutineFunctionTests.test_synchronousStop</td><td>not applicable: a coroutine is a virtual thread that waits</td></tr>
 * <tr><td>ReactTests.test_arguments</td><td>{@code TaskTest#aProgramEndsWhenItsDeferredFires}</td></tr>
 * <tr><td>ReactTests.test_asynchronousStop</td><td>{@code TaskTest#aProgramWhoseReactorIsStoppedEnds}</td></tr>
 * <tr><td>ReactTests.test_defaultReactor</td><td>not applicable: the reactor is passed in</td></tr>
 * <tr><td>ReactTests.test_exitWithDefinedCode</td><td>{@code TaskTest#anExitExceptionTellsTheStatus}</td></tr>
 * <tr><td>ReactTests.test_runsUntilAsyncCallback</td><td>{@code TaskTest#aProgramEndsWhenItsDeferredFires}</td></tr>
 * <tr><td>ReactTests.test_runsUntilAsyncErrback</td><td>{@code TaskTest#aProgramThatFailsIsReportedAndEndsWithOne}</td></tr>
 * <tr><td>ReactTests.test_runsUntilSyncCallback</td><td>{@code TaskTest#aProgramWhoseDeferredHasFiredEndsAtOnce}</td></tr>
 * <tr><td>ReactTests.test_runsUntilSyncErrback</td><td>{@code TaskTest#aProgramThatFailsIsReportedAndEndsWithOne}</td></tr>
 * <tr><td>ReactTests.test_singleStopCallback</td><td>{@code TaskTest#aProgramWhoseReactorIsStoppedEnds}</td></tr>
 * <tr><td>ReactTests.test_singleStopErrback</td><td>{@code TaskTest#aProgramThatFailsIsReportedAndEndsWithOne}</td></tr>
 * <tr><td>ReactTests.test_synchronousStop</td><td>{@code TaskTest#aProgramWhoseReactorIsStoppedEnds}</td></tr>
 * <tr><td>ReactorLoopTests.testEveryIteration</td><td>{@code LoopingCallTest#anIntervalOfZeroIsEveryTurn}</td></tr>
 * <tr><td>ReactorLoopTests.testFailAndStop</td><td>{@code LoopingCallTest#aFailureAfterStopIsTold}</td></tr>
 * <tr><td>ReactorLoopTests.testFailure</td><td>{@code LoopingCallTest#whatACallThrowsEndsIt}</td></tr>
 * <tr><td>ReactorLoopTests.testFailurePropagation</td><td>{@code LoopingCallTest#theFailureOfACallsDeferredEndsIt}</td></tr>
 * <tr><td>ReactorLoopTests.testStopAtOnceLater</td><td>{@code LoopingCallTest#itMayStopItselfInTheFirstCall}</td></tr>
 * <tr><td>ReactorLoopTests.testWaitDeferred</td><td>{@code LoopingCallTest#theDeferredOfACallIsWaitedFor}</td></tr>
 * <tr><td>ReactorLoopTests.test_deferredWithCount</td><td>{@code LoopingCallTest#theDeferredOfACallIsWaitedFor}</td></tr>
 * </table>
 */
package dev.hawser.reactor.task;
