/**
 * The tests of deferreds: {@code TwistedDeferTest} holds this table against twisted.test.test_defer.
 *
 * <table>
 * <caption>Twisted's tests, and which of ours answers each</caption>
 * <tr><td>AlreadyCalledTests.testAlreadyCalledDebug_CC</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalledDebug_CE</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalledDebug_EC</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalledDebug_EE</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalled_CC</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalled_CE</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalled_EC</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testAlreadyCalled_EE</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testNoDebugging</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>AlreadyCalledTests.testSwitchDebugging</td><td>{@code DeferredTest#firingTwiceIsRefused}</td></tr>
 * <tr><td>CoroutineContextVarsTests.test_asyncWithLock</td><td>{@code DeferredLockTest#runReleasesWhenTheWorkFails}</td></tr>
 * <tr><td>CoroutineContextVarsTests.test_asyncWithLockException</td><td>{@code DeferredLockTest#runReleasesWhenTheWorkFails}</td></tr>
 * <tr><td>CoroutineContextVarsTests.test_asyncWithSemaphore</td><td>{@code DeferredLockTest#runReleasesWhenTheWorkFails}</td></tr>
 * <tr><td>CoroutineContextVarsTests.test_contextvarsWithAsyncAwait</td><td>not applicable: a callback runs in the thread that fires, and has that thread's scoped values</td></tr>
 * <tr><td>CoroutineContextVarsTests.test_withInlineCallbacks</td><td>not applicable: a callback runs in the thread that fires, and has that thread's scoped values</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_callbackAddedToCancelerBeforeTimeout</td><td>{@code DeferredCancelTest#aCancellerThatFiresInTimeoutHasTheLastWord}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_callbackAddedToCancelerBeforeTimeoutCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_cancelBeforeTimeout</td><td>{@code DeferredCancelTest#cancellingBeforeTheTimeoutIsACancellation}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_cancelBeforeTimeoutCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_errbackAddedBeforeTimeout</td><td>{@code DeferredCancelTest#anErrbackBeforeTheTimeoutSeesTheCancellation}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_errbackAddedBeforeTimeoutCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_errbackAddedBeforeTimeoutSuppressesCancellation</td><td>{@code DeferredCancelTest#anErrbackBeforeTheTimeoutSeesTheCancellation}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_errbackAddedBeforeTimeoutSuppressesCancellationCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_failureBeforeTimeout</td><td>{@code DeferredCancelTest#aFailureInTimeIsNoTimeout}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_failureBeforeTimeoutCustom</td><td>{@code DeferredCancelTest#aFailureInTimeIsNoTimeout}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_providedCancelCalledBeforeTimeoutCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_successResultBeforeTimeout</td><td>{@code DeferredCancelTest#aResultInTimeIsNoTimeout}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_successResultBeforeTimeoutCustom</td><td>{@code DeferredCancelTest#aResultInTimeIsNoTimeout}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_timedOut</td><td>{@code DeferredCancelTest#aTimeoutCancelsAndFailsWithTheTime}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_timedOutCustom</td><td>not applicable: there is no second function for the moment of the timeout: the canceller decides</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_timedOutProvidedCancelFailure</td><td>{@code DeferredCancelTest#aCancellerThatFiresInTimeoutHasTheLastWord}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_timedOutProvidedCancelSuccess</td><td>{@code DeferredCancelTest#aCancellerThatFiresInTimeoutHasTheLastWord}</td></tr>
 * <tr><td>DeferredAddTimeoutTests.test_timeoutChainable</td><td>{@code DeferredCancelTest#ofTwoTimeoutsTheShorterCounts}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancelAfterCallback</td><td>{@code DeferredCancelTest#oneThatHasFiredIsLeftAlone}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancelAfterErrback</td><td>{@code DeferredCancelTest#oneThatHasFiredIsLeftAlone}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancelNestedDeferred</td><td>{@code DeferredCancelTest#oneThatWaitsForAnotherCancelsThat}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancellerArg</td><td>{@code DeferredCancelTest#theCancellerGetsTheDeferredOnce}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancellerMultipleCancel</td><td>{@code DeferredCancelTest#theCancellerGetsTheDeferredOnce}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancellerThatCallbacks</td><td>{@code DeferredCancelTest#theCancellerMayFireItWithAResult}</td></tr>
 * <tr><td>DeferredCancellerTests.test_cancellerThatErrbacks</td><td>{@code DeferredCancelTest#theCancellerMayFireItWithAFailure}</td></tr>
 * <tr><td>DeferredCancellerTests.test_noCanceller</td><td>{@code DeferredCancelTest#withoutACancellerItFailsAndOneLateResultIsSwallowed}</td></tr>
 * <tr><td>DeferredCancellerTests.test_noCancellerMultipleCancel</td><td>{@code DeferredCancelTest#oneLateFailureIsSwallowedToo}</td></tr>
 * <tr><td>DeferredCancellerTests.test_noCancellerMultipleCancelsAfterCancelAndCallback</td><td>{@code DeferredCancelTest#oneLateFailureIsSwallowedToo}</td></tr>
 * <tr><td>DeferredCancellerTests.test_noCancellerMultipleCancelsAfterCancelAndErrback</td><td>{@code DeferredCancelTest#oneLateFailureIsSwallowedToo}</td></tr>
 * <tr><td>DeferredCancellerTests.test_raisesAfterCancelAndCallback</td><td>{@code DeferredCancelTest#withoutACancellerItFailsAndOneLateResultIsSwallowed}</td></tr>
 * <tr><td>DeferredCancellerTests.test_raisesAfterCancelAndErrback</td><td>{@code DeferredCancelTest#oneLateFailureIsSwallowedToo}</td></tr>
 * <tr><td>DeferredCancellerTests.test_simpleCanceller</td><td>{@code DeferredCancelTest#theCancellerGetsTheDeferredOnce}</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_cancelDeferUntilLocked</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_cancelDeferUntilLockedWithTimeout</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_concurrentUsage</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_defaultScheduler</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_multipleUsages</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_waitUntilLockedWithNoLock</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_waitUntilLockedWithTimeoutLocked</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFilesystemLockTests.test_waitUntilLockedWithTimeoutUnlocked</td><td>not applicable: files are locked by java.nio.channels.FileLock, in a thread</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_asFuture</td><td>{@code AwaitTest#aFutureCompletesWithTheResult}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_asFutureCancelFuture</td><td>{@code AwaitTest#cancellingTheFutureCancelsTheDeferredInItsThread}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_asFutureFailure</td><td>{@code AwaitTest#aFutureCompletesWithTheResult}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_asFutureSuccessCancel</td><td>{@code AwaitTest#aFutureCompletesWithTheResult}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_fromFuture</td><td>{@code AwaitTest#aDeferredOfAFutureFiresInItsOwnersThread}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_fromFutureDeferredCancelled</td><td>{@code AwaitTest#cancellingTheDeferredCancelsTheFuture}</td></tr>
 * <tr><td>DeferredFutureAdapterTests.test_fromFutureFutureCancelled</td><td>{@code AwaitTest#aDeferredOfAFutureFailsWithItsFailureAndNotWithAWrapper}</td></tr>
 * <tr><td>DeferredListEmptyTests.testDeferredListEmpty</td><td>{@code DeferredListTest#anEmptyListHasItsOutcomesAtOnce}</td></tr>
 * <tr><td>DeferredTests.testCallbackErrors</td><td>{@code DeferredTest#aCallbackThatThrowsGoesOnWithTheNextErrback}</td></tr>
 * <tr><td>DeferredTests.testCallbackWithArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.testCallbackWithKwArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.testCallbackWithoutArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.testDeferredList</td><td>{@code DeferredListTest#outcomesAreThoseOfAllInTheOrderOfTheList}</td></tr>
 * <tr><td>DeferredTests.testDeferredListConsumeErrors</td><td>{@code DeferredListTest#consumedErrorsGoOnWithNull}</td></tr>
 * <tr><td>DeferredTests.testDeferredListDontConsumeErrors</td><td>{@code DeferredListTest#consumedErrorsGoOnWithNull}</td></tr>
 * <tr><td>DeferredTests.testDeferredListFireOnOneError</td><td>{@code DeferredListTest#gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs}</td></tr>
 * <tr><td>DeferredTests.testDeferredListFireOnOneErrorWithAlreadyFiredDeferreds</td><td>{@code DeferredListTest#aFailureThatWasThereBeforeIsTheFirst}</td></tr>
 * <tr><td>DeferredTests.testDeferredListWithAlreadyFiredDeferreds</td><td>{@code DeferredListTest#deferredsThatHaveFiredCount}</td></tr>
 * <tr><td>DeferredTests.testEmptyDeferredList</td><td>{@code DeferredListTest#anEmptyListHasItsOutcomesAtOnce}</td></tr>
 * <tr><td>DeferredTests.testImmediateFailure</td><td>{@code DeferredTest#aFailureGoesPastTheCallbacksToTheNextErrback}</td></tr>
 * <tr><td>DeferredTests.testImmediateSuccess</td><td>{@code DeferredTest#aCallbackGetsTheResultAndTheNextWhatItReturned}</td></tr>
 * <tr><td>DeferredTests.testPausedFailure</td><td>{@code DeferredTest#aFailureGoesPastTheCallbacksToTheNextErrback}</td></tr>
 * <tr><td>DeferredTests.testReturnDeferred</td><td>{@code DeferredTest#aDeferredThatHasFiredIsNotWaitedFor}</td></tr>
 * <tr><td>DeferredTests.testTwoCallbacks</td><td>{@code DeferredTest#aCallbackGetsTheResultAndTheNextWhatItReturned}</td></tr>
 * <tr><td>DeferredTests.testUnpauseBeforeCallback</td><td>{@code DeferredTest#unpauseBeforeTheResultCallsNothing}</td></tr>
 * <tr><td>DeferredTests.test_addCallbacksNoneCallbackArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.test_addCallbacksNoneErrback</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.test_addCallbacksNoneErrbackArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.test_asynchronousImplicitChain</td><td>{@code DeferredTest#theChainWaitsForTheDeferredThatACallbackReturns}</td></tr>
 * <tr><td>DeferredTests.test_asynchronousImplicitErrorChain</td><td>{@code DeferredTest#theFailureOfAnInnerDeferredThatComesLaterIsTheOuters}</td></tr>
 * <tr><td>DeferredTests.test_boundedStackDepth</td><td>{@code DeferredTest#aLongChainOfFiredDeferredsIsNoDepthOfTheStack}</td></tr>
 * <tr><td>DeferredTests.test_callbackOrderPreserved</td><td>{@code DeferredTest#callbacksOfTheInnerDeferredRunInTheirOrderAroundTheOuters}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredList</td><td>{@code DeferredListTest#cancellingCancelsAll}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListCallback</td><td>{@code DeferredListTest#cancellersThatGiveResultsAreHeard}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithException</td><td>{@code DeferredCancelTest#whatTheCancellerThrowsIsSuppressedInTheCancellation}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithFireOnOneCallback</td><td>{@code DeferredListTest#cancellingCancelsAll}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithFireOnOneCallbackAndDeferredCallback</td><td>{@code DeferredListTest#cancellersThatGiveResultsAreHeard}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithFireOnOneErrback</td><td>{@code DeferredListTest#cancellingGatherResultsFailsWithTheFirstCancellation}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithFireOnOneErrbackAllDeferredsCallback</td><td>{@code DeferredListTest#cancellersThatGiveResultsAreHeard}</td></tr>
 * <tr><td>DeferredTests.test_cancelDeferredListWithOriginalDeferreds</td><td>{@code DeferredListTest#cancellingCancelsAll}</td></tr>
 * <tr><td>DeferredTests.test_cancelFiredOnOneCallbackDeferredList</td><td>{@code DeferredListTest#cancellingAListThatHasFiredDoesNothing}</td></tr>
 * <tr><td>DeferredTests.test_cancelFiredOnOneErrbackDeferredList</td><td>{@code DeferredListTest#cancellingAListThatHasFiredDoesNothing}</td></tr>
 * <tr><td>DeferredTests.test_cancelGatherResults</td><td>{@code DeferredListTest#cancellingGatherResultsFailsWithTheFirstCancellation}</td></tr>
 * <tr><td>DeferredTests.test_cancelGatherResultsWithAllDeferredsCallback</td><td>{@code DeferredListTest#cancellersThatGiveResultsAreHeard}</td></tr>
 * <tr><td>DeferredTests.test_chainDeferredRecordsExplicitChain</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_chainDeferredRecordsImplicitChain</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_chainedPausedDeferredWithResult</td><td>{@code DeferredTest#aPausedInnerDeferredIsWaitedFor}</td></tr>
 * <tr><td>DeferredTests.test_circularChainException</td><td>{@code DeferredTest#aDeferredThatIsReturnedByItselfIsRefused}</td></tr>
 * <tr><td>DeferredTests.test_circularChainWarning</td><td>{@code DeferredTest#aDeferredThatIsReturnedByItselfIsRefused}</td></tr>
 * <tr><td>DeferredTests.test_continueCallbackNotFirst</td><td>{@code DeferredTest#callbacksOfTheInnerDeferredRunInTheirOrderAroundTheOuters}</td></tr>
 * <tr><td>DeferredTests.test_doubleAsynchronousImplicitChaining</td><td>{@code DeferredTest#aDeferredThatWaitsForOneThatWaitsGetsTheLastResult}</td></tr>
 * <tr><td>DeferredTests.test_errbackWithNoArgs</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.test_errbackWithNoArgsNoDebug</td><td>not applicable: a lambda holds its arguments, and null is no failure</td></tr>
 * <tr><td>DeferredTests.test_errorInCallbackCapturesVarsWhenDebugging</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_errorInCallbackDoesNotCaptureVars</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_explicitChainClearedWhenResolved</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_fromCoroutineRequiresCoroutine</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>DeferredTests.test_gatherResults</td><td>{@code DeferredListTest#gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs}</td></tr>
 * <tr><td>DeferredTests.test_gatherResultsWithConsumeErrors</td><td>{@code DeferredListTest#consumedErrorsGoOnWithNull}</td></tr>
 * <tr><td>DeferredTests.test_inlineCallbacksTracebacks</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>DeferredTests.test_innerCallbacksPreserved</td><td>{@code DeferredTest#callbacksOfTheInnerDeferredRunInTheirOrderAroundTheOuters}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredAsync</td><td>{@code DeferredTest#composeIsWhatTheDeferredOfACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredAsyncError</td><td>{@code DeferredTest#composeIsWhatTheDeferredOfACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredSync</td><td>{@code DeferredTest#ofIsWhatACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredSyncException</td><td>{@code DeferredTest#ofIsWhatACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredSyncFailure</td><td>{@code DeferredTest#ofIsWhatACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_maybeDeferredSyncWithArgs</td><td>{@code DeferredTest#ofIsWhatACallComesTo}</td></tr>
 * <tr><td>DeferredTests.test_nestedAsynchronousChainedDeferreds</td><td>{@code DeferredTest#aDeferredThatWaitsForOneThatWaitsGetsTheLastResult}</td></tr>
 * <tr><td>DeferredTests.test_nestedAsynchronousChainedDeferredsWithExtraCallbacks</td><td>{@code DeferredTest#aDeferredThatWaitsForOneThatWaitsGetsTheLastResult}</td></tr>
 * <tr><td>DeferredTests.test_nonReentrantCallbacks</td><td>{@code DeferredTest#aCallbackAddedWhileCallbacksRunRunsAfterThoseAddedBefore}</td></tr>
 * <tr><td>DeferredTests.test_pausedDeferredChained</td><td>{@code DeferredTest#aPausedInnerDeferredIsWaitedFor}</td></tr>
 * <tr><td>DeferredTests.test_reentrantRunCallbacks</td><td>{@code DeferredTest#aCallbackAddedWhileCallbacksRunRunsAfterThoseAddedBefore}</td></tr>
 * <tr><td>DeferredTests.test_reentrantRunCallbacksWithFailure</td><td>{@code DeferredTest#aCallbackAddedWhileCallbacksRunGetsWhatTheRunningOneThrows}</td></tr>
 * <tr><td>DeferredTests.test_repr</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_reprWithChaining</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_reprWithResult</td><td>not applicable: about what Python prints of an object</td></tr>
 * <tr><td>DeferredTests.test_resultOfDeferredResultOfDeferredOfFiredDeferredCalled</td><td>{@code DeferredTest#aDeferredThatWaitsForOneThatWaitsGetsTheLastResult}</td></tr>
 * <tr><td>DeferredTests.test_synchronousImplicitChain</td><td>{@code DeferredTest#aDeferredThatHasFiredIsNotWaitedFor}</td></tr>
 * <tr><td>DeferredTests.test_synchronousImplicitErrorChain</td><td>{@code DeferredTest#theFailureOfTheInnerDeferredIsTheOutersAndNoLongerItsOwn}</td></tr>
 * <tr><td>EnsureDeferredTests.test_ensureDeferredCoroutine</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>EnsureDeferredTests.test_ensureDeferredGenerator</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>EnsureDeferredTests.test_passesThroughDeferreds</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>EnsureDeferredTests.test_willNotAllowNonDeferredOrCoroutine</td><td>not applicable: a coroutine is a virtual thread that waits, see AwaitTest</td></tr>
 * <tr><td>FirstErrorTests.test_comparison</td><td>{@code DeferredListTest#gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs}</td></tr>
 * <tr><td>FirstErrorTests.test_repr</td><td>{@code DeferredListTest#gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs}</td></tr>
 * <tr><td>FirstErrorTests.test_str</td><td>{@code DeferredListTest#gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs}</td></tr>
 * <tr><td>LogTests.test_chainedErrorCleanup</td><td>{@code UnhandledFailureTest#theFailureOfAnInnerDeferredIsReportedOnceForTheOuter}</td></tr>
 * <tr><td>LogTests.test_errorClearedByChaining</td><td>{@code UnhandledFailureTest#theFailureOfAnInnerDeferredIsReportedOnceForTheOuter}</td></tr>
 * <tr><td>LogTests.test_errorLog</td><td>{@code UnhandledFailureTest#anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade}</td></tr>
 * <tr><td>LogTests.test_errorLogDebugInfo</td><td>{@code UnhandledFailureTest#anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade}</td></tr>
 * <tr><td>LogTests.test_errorLogNoRepr</td><td>{@code UnhandledFailureTest#anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade}</td></tr>
 * <tr><td>LogTests.test_errorLogWithInnerFrameCycle</td><td>{@code UnhandledFailureTest#anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade}</td></tr>
 * <tr><td>LogTests.test_errorLogWithInnerFrameRef</td><td>{@code UnhandledFailureTest#anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade}</td></tr>
 * <tr><td>OtherPrimitivesTests.testLock</td><td>{@code DeferredLockTest#aFreeLockIsTakenAtOnceAndTheNextWaitsForTheRelease}</td></tr>
 * <tr><td>OtherPrimitivesTests.testQueue</td><td>{@code DeferredLockTest#aQueueHandsOnInOrderToThoseWhoWaitOrCome}, {@code DeferredLockTest#aFullQueueAndTooManyWhoWaitAreRefused}</td></tr>
 * <tr><td>OtherPrimitivesTests.testSemaphore</td><td>{@code DeferredLockTest#aSemaphoreLetsAsManyInAsItHasTokens}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelLockAfterAcquired</td><td>{@code DeferredLockTest#cancellingAfterTheAcquireDoesNothing}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelLockBeforeAcquired</td><td>{@code DeferredLockTest#cancellingLeavesTheQueue}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelQueueAfterGet</td><td>{@code DeferredLockTest#cancellingAGetTakesTheQuestionBack}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelQueueAfterSynchronousGet</td><td>{@code DeferredLockTest#cancellingAGetTakesTheQuestionBack}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelSemaphoreAfterAcquired</td><td>{@code DeferredLockTest#cancellingAfterTheAcquireDoesNothing}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_cancelSemaphoreBeforeAcquired</td><td>{@code DeferredLockTest#cancellingLeavesTheQueue}</td></tr>
 * <tr><td>OtherPrimitivesTests.test_semaphoreInvalidTokens</td><td>{@code DeferredLockTest#aSemaphoreNeedsATokenAtLeast}</td></tr>
 * <tr><td>TimeoutErrorTests.test_deprecatedTimeout</td><td>not applicable: about a deprecated name</td></tr>
 * <tr><td>UtilTests.test_logErrorLogsError</td><td>not applicable: logError is addErrback with a logger</td></tr>
 * <tr><td>UtilTests.test_logErrorLogsErrorNoRepr</td><td>not applicable: logError is addErrback with a logger</td></tr>
 * <tr><td>UtilTests.test_logErrorReturnsError</td><td>not applicable: logError is addErrback with a logger</td></tr>
 * </table>
 */
package dev.hawser.reactor.defer;
