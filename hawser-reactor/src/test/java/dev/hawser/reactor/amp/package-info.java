/**
 * Tests of {@link dev.hawser.reactor.amp}. What Twisted does itself is at the other end in {@code AmpTwistedTest}; {@code TwistedAmpTest} holds this table
 * against twisted.test.test_amp.
 *
 * <table>
 * <caption>Twisted's tests, and which of ours answers each</caption>
 * <tr><td>AMPTests.test_ampListCommand</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>AMPTests.test_basicLiteralEmit</td><td>{@code AmpTest#theBytesAreTwisteds}</td></tr>
 * <tr><td>AMPTests.test_basicStructuredEmit</td><td>{@code AmpTest#theBytesAreTwisteds}</td></tr>
 * <tr><td>AMPTests.test_brokenReturnValue</td><td>{@code AmpTest#anAnswerThatCannotBeWrittenIsUnknownToThePeer}</td></tr>
 * <tr><td>AMPTests.test_callRemoteStringRequiresAnswerFalse</td><td>{@code AmpTest#aCommandWithoutAnswerIsDoneWhenItIsWritten}</td></tr>
 * <tr><td>AMPTests.test_doubleProtocolSwitch</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>AMPTests.test_errorAfterSwitch</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>AMPTests.test_failEarlyOnArgSending</td><td>{@code AmpTest#whatCannotBeSentFailsTheCallAndNamesCommandAndArgument}</td></tr>
 * <tr><td>AMPTests.test_helloErrorHandling</td><td>{@code AmpTest#aDeclaredErrorIsTheSameExceptionOnTheOtherSide}</td></tr>
 * <tr><td>AMPTests.test_helloFatalErrorHandling</td><td>{@code AmpTest#aFatalErrorIsAnsweredAndEndsTheConnection}</td></tr>
 * <tr><td>AMPTests.test_helloNoErrorHandling</td><td>not applicable: a failure that nobody handles is reported by its Deferred; the connection stands</td></tr>
 * <tr><td>AMPTests.test_helloWorld</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>AMPTests.test_helloWorldCommand</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>AMPTests.test_helloWorldUnicode</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>AMPTests.test_innerProtocolInRepr</td><td>not applicable: about Python</td></tr>
 * <tr><td>AMPTests.test_innerProtocolNotInRepr</td><td>not applicable: about Python</td></tr>
 * <tr><td>AMPTests.test_interfaceDeclarations</td><td>not applicable: about Python</td></tr>
 * <tr><td>AMPTests.test_keyTooLong</td><td>{@code AmpTest#namesThatAreTooLongAreRefused}</td></tr>
 * <tr><td>AMPTests.test_lateAnswer</td><td>{@code AmpTest#anAnswerThatComesWhenTheConnectionHasEndedIsDropped}</td></tr>
 * <tr><td>AMPTests.test_noAnswerResponderAskedForAnswer</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>AMPTests.test_noAnswerResponderBadAnswer</td><td>not applicable: what answers a command without answer is not looked at</td></tr>
 * <tr><td>AMPTests.test_optionalAmpListOmitted</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>AMPTests.test_optionalAmpListPresent</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>AMPTests.test_protocolSwitch</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>AMPTests.test_protocolSwitchDeferred</td><td>not applicable: the protocol is made when the command is answered</td></tr>
 * <tr><td>AMPTests.test_protocolSwitchFail</td><td>{@code AmpTest#aRefusedSwitchLeavesTheConnectionAsItWas}</td></tr>
 * <tr><td>AMPTests.test_quitBoxQuits</td><td>{@code AmpTest#aFatalErrorIsAnsweredAndEndsTheConnection}</td></tr>
 * <tr><td>AMPTests.test_requiresNoAnswer</td><td>{@code AmpTest#aCommandWithoutAnswerIsDoneWhenItIsWritten}</td></tr>
 * <tr><td>AMPTests.test_requiresNoAnswerAfterFail</td><td>{@code AmpTest#theEndOfTheConnectionFailsWhatWasAskedAndWhatIs}</td></tr>
 * <tr><td>AMPTests.test_requiresNoAnswerFail</td><td>{@code AmpTest#aCommandWithoutAnswerThatFailsEndsTheConnection}</td></tr>
 * <tr><td>AMPTests.test_simpleReprs</td><td>not applicable: about Python</td></tr>
 * <tr><td>AMPTests.test_simpleSSLRepr</td><td>not applicable: about Python</td></tr>
 * <tr><td>AMPTests.test_trafficAfterSwitch</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>AMPTests.test_unknownArgument</td><td>{@code AmpTest#whatCannotBeSentFailsTheCallAndNamesCommandAndArgument}</td></tr>
 * <tr><td>AMPTests.test_unknownCommandHigh</td><td>{@code AmpTest#anUnknownCommandIsAnsweredSoAndTheConnectionStands}</td></tr>
 * <tr><td>AMPTests.test_unknownCommandLow</td><td>{@code AmpTest#anUnknownCommandIsAnsweredSoAndTheConnectionStands}</td></tr>
 * <tr><td>AMPTests.test_valueTooLong</td><td>{@code AmpTest#whatCannotBeSentFailsTheCallAndNamesCommandAndArgument}</td></tr>
 * <tr><td>AMPTests.test_wireFormatRoundTrip</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>AmpBoxTests.test_serializeStr</td><td>{@code AmpTest#theBytesAreTwisteds}</td></tr>
 * <tr><td>AmpBoxTests.test_serializeUnicodeKeyRaises</td><td>not applicable: about Python</td></tr>
 * <tr><td>AmpBoxTests.test_serializeUnicodeValueRaises</td><td>not applicable: about Python</td></tr>
 * <tr><td>BinaryProtocolTests.test_connectionLostStopSendingBoxes</td><td>{@code AmpTest#theEndOfTheConnectionFailsWhatWasAskedAndWhatIs}</td></tr>
 * <tr><td>BinaryProtocolTests.test_excessiveKeyFailure</td><td>{@code AmpTest#aKeyThatIsTooLongEndsTheConnectionAndFailsWhatWasAsked}</td></tr>
 * <tr><td>BinaryProtocolTests.test_firstBoxFirstKeyExcessiveLength</td><td>{@code BoxDecoderTest#aKeyOf256BytesIsRefusedAtItsFirstByte}</td></tr>
 * <tr><td>BinaryProtocolTests.test_firstBoxSubsequentKeyExcessiveLength</td><td>{@code BoxDecoderTest#aKeyOf256BytesIsRefusedAtItsFirstByte}</td></tr>
 * <tr><td>BinaryProtocolTests.test_protocolSwitch</td><td>{@code AmpTest#whatComesBehindTheSwitchIsTheOtherProtocols}</td></tr>
 * <tr><td>BinaryProtocolTests.test_protocolSwitchEmptyBuffer</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>BinaryProtocolTests.test_protocolSwitchInvalidStates</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>BinaryProtocolTests.test_protocolSwitchLoseClientConnection</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>BinaryProtocolTests.test_protocolSwitchLoseConnection</td><td>{@code AmpTest#theConnectionGoesOnWithAnotherProtocolOnBothSides}</td></tr>
 * <tr><td>BinaryProtocolTests.test_receiveBoxData</td><td>{@code BoxDecoderTest#boxesAreTheSameInWhateverPiecesTheyCome}</td></tr>
 * <tr><td>BinaryProtocolTests.test_receiveBoxStateMachine</td><td>{@code BoxDecoderTest#boxesAreTheSameInWhateverPiecesTheyCome}</td></tr>
 * <tr><td>BinaryProtocolTests.test_receiveLongerBoxData</td><td>{@code BoxDecoderTest#boxesAreTheSameInWhateverPiecesTheyCome}</td></tr>
 * <tr><td>BinaryProtocolTests.test_sendBox</td><td>{@code AmpTest#theBytesAreTwisteds}</td></tr>
 * <tr><td>BinaryProtocolTests.test_sendBoxInStartReceivingBoxes</td><td>{@code AmpSnippetsTest#aSocketPassesWithACall}</td></tr>
 * <tr><td>BinaryProtocolTests.test_startReceivingBoxes</td><td>not applicable: an Amp is one class</td></tr>
 * <tr><td>BinaryProtocolTests.test_subsequentBoxFirstKeyExcessiveLength</td><td>{@code BoxDecoderTest#aKeyOf256BytesIsRefusedAtItsFirstByte}</td></tr>
 * <tr><td>BinaryProtocolTests.test_unhandledErrorWithTransport</td><td>{@code AmpTest#aCommandWithoutAnswerThatFailsEndsTheConnection}</td></tr>
 * <tr><td>BinaryProtocolTests.test_unhandledErrorWithoutTransport</td><td>not applicable: an Amp is one class</td></tr>
 * <tr><td>CommandDispatchTests.test_callRemote</td><td>{@code AmpTest#theBytesAreTwisteds}</td></tr>
 * <tr><td>CommandDispatchTests.test_callRemoteErrorLocalCallbackErrorLogging</td><td>not applicable: a failure that nobody handles is reported by its Deferred</td></tr>
 * <tr><td>CommandDispatchTests.test_callRemoteSuccessLocalCallbackErrorLogging</td><td>not applicable: a failure that nobody handles is reported by its Deferred</td></tr>
 * <tr><td>CommandDispatchTests.test_receivedAsk</td><td>{@code AmpTest#aCallIsAnsweredHoweverItsBytesCome}</td></tr>
 * <tr><td>CommandDispatchTests.test_sendUnhandledError</td><td>{@code AmpTest#aCommandWithoutAnswerThatFailsEndsTheConnection}</td></tr>
 * <tr><td>CommandDispatchTests.test_unhandledSerializationError</td><td>{@code AmpTest#anAnswerThatCannotBeWrittenIsUnknownToThePeer}</td></tr>
 * <tr><td>CommandInheritanceTests.test_additionWithOriginalError</td><td>not applicable: commands are values: one is made of another by its methods</td></tr>
 * <tr><td>CommandInheritanceTests.test_basicErrorPropagation</td><td>{@code AmpTest#aDeclaredErrorIsTheSameExceptionOnTheOtherSide}</td></tr>
 * <tr><td>CommandInheritanceTests.test_inheritedErrorAddition</td><td>not applicable: commands are values: one is made of another by its methods</td></tr>
 * <tr><td>CommandInheritanceTests.test_inheritedErrorPropagation</td><td>not applicable: commands are values: one is made of another by its methods</td></tr>
 * <tr><td>CommandLocatorTests.test_lookupFunctionDeprecatedInvoke</td><td>not applicable: responders are added to an object, not to classes</td></tr>
 * <tr><td>CommandLocatorTests.test_lookupFunctionDeprecatedOverride</td><td>not applicable: responders are added to an object, not to classes</td></tr>
 * <tr><td>CommandLocatorTests.test_responderDecorator</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandLocatorTests.test_responderInheritance</td><td>not applicable: responders are added to an object, not to classes</td></tr>
 * <tr><td>CommandLocatorTests.test_responderOverriding</td><td>not applicable: responders are added to an object, not to classes</td></tr>
 * <tr><td>CommandTests.test_argumentInterface</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_callRemoteCallsMakeArguments</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_callRemoteCallsParseResponse</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_commandArgumentsMustBeNamedWithByteStrings</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandErrorsIsConvertedToDict</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandErrorsMustUseBytesForOnWireRepresentation</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandFatalErrorsIsConvertedToDict</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandFatalErrorsMustUseBytesForOnWireRepresentation</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandNameDefaultsToClassNameAsByteString</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandNameMustBeAByteString</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_commandResponseMustBeNamedWithByteStrings</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_extraArgumentsDisallowed</td><td>{@code AmpTest#whatCannotBeSentFailsTheCallAndNamesCommandAndArgument}</td></tr>
 * <tr><td>CommandTests.test_makeArguments</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_makeArgumentsUsesCommandType</td><td>not applicable: about Python</td></tr>
 * <tr><td>CommandTests.test_parseArguments</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_parseResponse</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_responderCallsParseArguments</td><td>{@code AmpSnippetsTest#numbersAreAddedOnTheOtherSide}</td></tr>
 * <tr><td>CommandTests.test_wireSpellingDisallowed</td><td>not applicable: about Python</td></tr>
 * <tr><td>DateTimeTests.test_fromString</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>DateTimeTests.test_invalidDatetime</td><td>{@code AmpTypesTest#whatAmpCannotCarryIsRefused}</td></tr>
 * <tr><td>DateTimeTests.test_invalidString</td><td>{@code AmpTypesTest#whatIsNoValueOfATypeIsRefused}</td></tr>
 * <tr><td>DateTimeTests.test_toString</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>DecimalTests.test_nonDecimal</td><td>not applicable: about Python</td></tr>
 * <tr><td>DescriptorTests.test_fromStringProto</td><td>{@code AmpSnippetsTest#aSocketPassesWithACall}</td></tr>
 * <tr><td>DescriptorTests.test_roundTrip</td><td>{@code AmpTwistedTest#descriptorsPassBothWays}</td></tr>
 * <tr><td>DescriptorTests.test_toStringProto</td><td>{@code AmpSnippetsTest#aSocketPassesWithACall}</td></tr>
 * <tr><td>FloatTests.test_float</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>FloatTests.test_nonFloat</td><td>not applicable: about Python</td></tr>
 * <tr><td>ListOfDecimalNanTests.test_fromBox</td><td>not applicable: a BigDecimal is always a number: see whatIsNoValueOfATypeIsRefused</td></tr>
 * <tr><td>ListOfOptionalTests.test_omittedOptionalArgumentDeserializesAsNone</td><td>{@code AmpTest#valuesAreAskedForByTheirArguments}</td></tr>
 * <tr><td>ListOfOptionalTests.test_optionalArgumentWithKeyMissingOmitted</td><td>{@code AmpTest#valuesAreAskedForByTheirArguments}</td></tr>
 * <tr><td>ListOfOptionalTests.test_optionalArgumentWithNoneValueOmitted</td><td>{@code AmpTest#valuesAreAskedForByTheirArguments}</td></tr>
 * <tr><td>ListOfOptionalTests.test_requiredArgumentWithKeyMissingRaisesKeyError</td><td>{@code AmpTest#whatCannotBeSentFailsTheCallAndNamesCommandAndArgument}</td></tr>
 * <tr><td>ListOfOptionalTests.test_requiredArgumentWithNoneValueRaisesTypeError</td><td>not applicable: about Python</td></tr>
 * <tr><td>ListOfTestsMixin.test_fromBox</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>ListOfTestsMixin.test_toBox</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>LiveFireTLSTests.test_liveFireCustomTLS</td><td>{@code AmpTwistedTest#tlsIsStartedByACommand}</td></tr>
 * <tr><td>ParsingTests.test_ParsingRoundTrip</td><td>{@code BoxDecoderTest#boxesAreTheSameInWhateverPiecesTheyCome}</td></tr>
 * <tr><td>ParsingTests.test_booleanValues</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>ParsingTests.test_pathValueRoundTrip</td><td>{@code AmpTypesTest#eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem}</td></tr>
 * <tr><td>ParsingTests.test_sillyEmptyThing</td><td>{@code AmpTest#whatIsNoAmpEndsTheConnection}</td></tr>
 * <tr><td>PlainVanillaLiveFireTests.test_liveFireDefaultTLS</td><td>{@code AmpTwistedTest#tlsIsStartedByACommand}</td></tr>
 * <tr><td>RemoteAmpErrorTests.test_stringMessage</td><td>not applicable: about Python</td></tr>
 * <tr><td>RemoteAmpErrorTests.test_stringMessageReplacesNonAsciiText</td><td>not applicable: about Python</td></tr>
 * <tr><td>RemoteAmpErrorTests.test_stringMessageWithLocalFailure</td><td>not applicable: about Python</td></tr>
 * <tr><td>SynchronousTestCase.runTest</td><td>not applicable: about Python</td></tr>
 * <tr><td>TLSNotAvailableTests.test_callRemoteError</td><td>not applicable: certificates are those of the TlsContext: see TlsTransportTest</td></tr>
 * <tr><td>TLSNotAvailableTests.test_messageReceivedError</td><td>not applicable: certificates are those of the TlsContext: see TlsTransportTest</td></tr>
 * <tr><td>TLSTests.test_negotiationFailed</td><td>not applicable: certificates are those of the TlsContext: see TlsTransportTest</td></tr>
 * <tr><td>TLSTests.test_negotiationFailedByClosing</td><td>not applicable: certificates are those of the TlsContext: see TlsTransportTest</td></tr>
 * <tr><td>TLSTests.test_startTooManyTimes</td><td>{@code AmpTwistedTest#tlsIsStartedByACommand}</td></tr>
 * <tr><td>TLSTests.test_startingTLS</td><td>{@code AmpTwistedTest#tlsIsStartedByACommand}</td></tr>
 * <tr><td>UTCTests.test_badSign</td><td>{@code AmpTypesTest#whatIsNoValueOfATypeIsRefused}</td></tr>
 * <tr><td>UTCTests.test_dst</td><td>not applicable: about Python</td></tr>
 * <tr><td>UTCTests.test_tzname</td><td>not applicable: about Python</td></tr>
 * <tr><td>UTCTests.test_utcoffset</td><td>not applicable: about Python</td></tr>
 * <tr><td>WithServerTLSVerificationTests.test_anonymousVerifyingClient</td><td>not applicable: certificates are those of the TlsContext: see TlsTransportTest</td></tr>
 * </table>
 */
package dev.hawser.reactor.amp;
