package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.FileDescriptorReceiver;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.amp.AmpException.Kind;
import dev.hawser.reactor.amp.CommandLocator.Reply;
import dev.hawser.reactor.amp.CommandLocator.Responding;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.PassedDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks AMP. Both sides may call the other's commands, many at a time; each is answered when its answer is there.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="call"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread, responders too.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A call has no limit in time: {@link Deferred#addTimeout} gives it one.
 *
 * <h2>Errors</h2>
 * A call fails with the exception that its command declares for the code of the answer; with a {@link RemoteErrorException} for another code; with an {@link
 * AmpException} where a value cannot be sent or was not to be read; with {@link ConnectionLost} when the connection ends before the answer. What breaks the
 * protocol ends the connection. A command without an answer that fails ends it, too.
 *
 * <h2>Platform notes</h2>
 * {@link Descriptor}s pass through Unix sockets alone.
 *
 * <p>Source: {@code twisted.protocols.amp.AMP}.
 */
public class Amp extends Protocol implements FileDescriptorReceiver {

    /** The command that {@link #startTls} calls: Twisted's {@code StartTLS}. */
    static final Command START_TLS = Command.named("StartTLS");

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor.amp");
    private static final String ASK = "_ask";
    private static final String ANSWER = "_answer";
    private static final String COMMAND = "_command";
    private static final String ERROR = "_error";
    private static final String ERROR_CODE = "_error_code";
    private static final String ERROR_DESCRIPTION = "_error_description";

    private final CommandLocator locator;
    private final AmpLimits limits;
    private final BoxDecoder decoder;
    private final Questions questions;

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final DescriptorExchange descriptors = new DescriptorExchange(this);

    /** What is written between the question for TLS and its answer: it goes when TLS has begun. */
    private @Nullable List<AmpBox> heldBack;

    private long heldBackBytes;

    /** No box may be sent any more, or until the peer has refused to switch. */
    private boolean locked;

    /** What is left of a receive is not for this protocol, or not as it came. */
    private boolean stoppedReading;

    /** Why no question can be asked any more. */
    private @Nullable IOException end;

    private int answering;
    private boolean paused;

    /** Answers nothing yet: add a {@link #responder}. */
    public Amp() {
        this(new CommandLocator(), AmpLimits.DEFAULT);
    }

    /**
     * With responders that may be shared with other connections of the same reactor.
     *
     * @param locator answers commands
     * @param limits how much the peer may ask for
     */
    public Amp(CommandLocator locator, AmpLimits limits) {
        this.locator = locator;
        this.limits = limits;
        this.decoder = new BoxDecoder(limits);
        this.questions = new Questions(limits.maxQuestions());
    }

    /**
     * Who answers commands.
     *
     * @return the responders: those that are added here count from then on
     */
    public final CommandLocator locator() {
        return locator;
    }

    /**
     * Has a command answered: {@link CommandLocator#responder}.
     *
     * @param command which
     * @param responder answers at once
     * @return this
     */
    public final Amp responder(Command command, CommandLocator.Responder responder) {
        locator.responder(command, responder);
        return this;
    }

    /**
     * Has a command answered later: {@link CommandLocator#deferredResponder}.
     *
     * @param command which
     * @param responder answers in its time
     * @return this
     */
    public final Amp deferredResponder(Command command, CommandLocator.DeferredResponder responder) {
        locator.deferredResponder(command, responder);
        return this;
    }

    // ---- what this side asks

    /**
     * Calls a command that takes nothing.
     *
     * @param command which
     * @return the answer
     */
    public final Deferred<AmpValues> callRemote(Command command) {
        return callRemote(command, AmpValues.none());
    }

    /**
     * Calls a command of the peer.
     *
     * @param command which
     * @param arguments what it takes
     * @return the answer; for a command {@link Command#withoutAnswer}, no values, when it is written
     */
    public final Deferred<AmpValues> callRemote(Command command, AmpValues arguments) {
        AmpBox box = new AmpBox();
        String tag = questions.next();
        try {
            requireOpen();
            if (command.requiresAnswer()) {
                questions.requireRoom();
            }
            ValueCodec.encode(arguments, command.arguments(), box, descriptors, command.toString());
        } catch (IOException e) {
            descriptors.drop(arguments);
            return Deferred.fail(e);
        }
        box.putRaw(COMMAND, command.name().getBytes(ISO_8859_1));
        if (!command.requiresAnswer()) {
            send(box);
            return Deferred.succeed(AmpValues.none());
        }
        box.putRaw(ASK, tag.getBytes(ISO_8859_1));
        Deferred<AmpBox> answer = questions.ask(tag);
        send(box);
        return answer.addCallbacks(
                answered -> ValueCodec.decode(answered, command.responses(), descriptors, "the answer of " + command),
                failure -> {
                    throw thrown(failure instanceof RemoteErrorException remote ? command.declared(remote) : failure);
                });
    }

    private static Exception thrown(Throwable failure) {
        if (failure instanceof Exception exception) {
            return exception;
        }
        throw (Error) failure;
    }

    /**
     * Asks the peer to speak TLS, and does so when it has agreed: what is called from now on waits for that. Once for a connection. Where the peer does not
     * agree, the connection is closed: what was to be protected has no other way.
     *
     * <p>Where Twisted is at the other end, let the client of TLS ask: Twisted takes what comes right behind the answer for AMP.
     *
     * @param side which side of TLS this is
     * @return done, when the peer has agreed; what follows is the handshake, and {@link dev.hawser.reactor.Transport#tls} knows of it
     */
    public final Deferred<AmpValues> startTls(AmpTls side) {
        if (heldBack != null || transport().tls() != null) {
            return Deferred.fail(new IllegalStateException("TLS was started before on " + transport()));
        }
        Deferred<AmpValues> agreed = callRemote(START_TLS);
        if (end == null && !locked) {
            heldBack = new ArrayList<>();
        }
        return agreed.addCallback(values -> {
                    protect(side);
                    return values;
                })
                .addErrback(failure -> {
                    breakOff(failure);
                    throw thrown(failure);
                });
    }

    /** What cannot go on as was agreed goes on in no other way. */
    private void breakOff(Throwable why) {
        if (end == null) {
            end = why instanceof IOException known ? known : new AmpException(Kind.MALFORMED, why.toString(), why);
        }
        if (heldBack != null) {
            heldBack.clear();
        }
        transport().loseConnection();
    }

    /** Protects all that follows. */
    final void protect(AmpTls side) {
        stoppedReading = true;
        String name = side.serverHostName();
        if (name == null) {
            transport().startTls(side.context());
        } else {
            transport().startTls(side.context(), name);
        }
        sendHeldBack();
    }

    private void sendHeldBack() {
        List<AmpBox> waiting = heldBack;
        heldBack = null;
        heldBackBytes = 0;
        if (waiting != null) {
            waiting.forEach(this::send);
        }
    }

    /**
     * Asks the peer to go on with another protocol, and does so when it has agreed. No command can be called meanwhile, nor after; where the peer refuses, all is as
     * before.
     *
     * @param command a command that the peer has a {@link CommandLocator#switchResponder} for
     * @param arguments what it takes
     * @param next makes the protocol of this side, when the peer has agreed
     * @return done, when the connection is the other protocol's
     */
    public final Deferred<AmpValues> switchProtocol(Command command, AmpValues arguments, Supplier<Protocol> next) {
        Deferred<AmpValues> agreed = callRemote(command, arguments);
        if (locked || end != null) {
            return agreed;
        }
        locked = true;
        boolean holding = heldBack == null;
        if (holding) {
            heldBack = new ArrayList<>(); // answers, which the peer still waits for if it refuses
        }
        return agreed.addCallbacks(
                values -> {
                    heldBack = null;
                    giveTo(next.get());
                    return values;
                },
                failure -> {
                    locked = false;
                    if (holding) {
                        sendHeldBack();
                    }
                    throw thrown(failure);
                });
    }

    /** The connection is another's from here on. */
    final void giveTo(Protocol next) {
        locked = true;
        stoppedReading = true;
        end = switched();
        if (paused) {
            paused = false;
            transport().resumeProducing();
        }
        transport().setProtocol(next);
        descriptors.close();
        questions.failAll(switched());
    }

    private static AmpException switched() {
        return new AmpException(Kind.SWITCHED, "the connection speaks another protocol, or is about to");
    }

    private void requireOpen() throws IOException {
        if (end != null) {
            throw end;
        }
        if (locked) {
            throw switched();
        }
    }

    private void send(AmpBox box) {
        List<AmpBox> waiting = heldBack;
        byte[] bytes = box.toBytes();
        if (waiting == null) {
            transport().write(bytes);
            return;
        }
        heldBackBytes += bytes.length;
        if (heldBackBytes > limits.maxBoxBytes()) {
            breakOff(new AmpException(
                    Kind.TOO_LONG,
                    "more than " + limits.maxBoxBytes()
                            + " bytes wait for the peer to agree to TLS or another protocol (AmpLimits)"));
        } else {
            waiting.add(box);
        }
    }

    // ---- what comes

    @Override
    public void fileDescriptorsReceived(PassedDescriptors passed) {
        descriptors.came(passed);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        stoppedReading = false;
        try {
            for (AmpBox box = decoder.next(data); box != null; box = stoppedReading ? null : decoder.next(data)) {
                received(box);
            }
        } catch (AmpException e) {
            LOG.log(System.Logger.Level.WARNING, "what " + transport().getPeer() + " has sent is refused", e);
            end = e;
            data.position(data.limit());
            transport().loseConnection();
        }
    }

    private void received(AmpBox box) throws AmpException {
        if (box.raw(ANSWER) != null) {
            questions.answered(text(box, ANSWER)).callback(box);
        } else if (box.raw(ERROR) != null) {
            byte[] description = box.raw(ERROR_DESCRIPTION);
            RemoteErrorException error = new RemoteErrorException(
                    text(box, ERROR_CODE), description == null ? "" : new String(description, UTF_8));
            questions.answered(text(box, ERROR)).errback(error);
        } else if (box.raw(COMMAND) != null) {
            if (transport().isConnected()) { // behind a fatal error answers count, and nothing is done any more
                asked(box, text(box, COMMAND), box.text(ASK));
            }
        } else {
            throw new AmpException(Kind.MALFORMED, "a box has come that neither asks nor answers: " + box);
        }
    }

    private static String text(AmpBox box, String key) throws AmpException {
        String text = box.text(key);
        if (text == null) {
            throw new AmpException(Kind.MALFORMED, "a box has come without its " + key + ": " + box);
        }
        return text;
    }

    /** A command was called: a tag says that an answer is wanted. */
    private void asked(AmpBox box, String name, @Nullable String tag) {
        Responding responding = locator.locate(name);
        if (responding == null) {
            failed(tag, new RemoteErrorException(RemoteErrorException.UNHANDLED, "Unhandled Command: '" + name + "'"));
            return;
        }
        Command command = responding.command();
        began();
        Deferred<Reply> reply = Deferred.compose(() ->
                responding.call().call(ValueCodec.decode(box, command.arguments(), descriptors, command.toString())));
        reply.finish(
                made -> {
                    ended();
                    answer(command, tag, made);
                },
                failure -> {
                    ended();
                    failed(tag, command, failure);
                });
    }

    /** A peer that asks faster than it is answered is not heard for a while. */
    private void began() {
        answering++;
        if (answering >= limits.maxQuestions() && !paused) {
            paused = true;
            transport().pauseProducing();
        }
    }

    private void ended() {
        answering--;
        if (paused && end == null && answering < limits.maxQuestions()) {
            paused = false;
            transport().resumeProducing();
        }
    }

    private void answer(Command command, @Nullable String tag, Reply reply) {
        Consumer<Amp> afterwards = reply.afterwards();
        if (tag == null || end != null) {
            descriptors.drop(reply.values()); // nobody waits for an answer, or is there any more to be answered
        }
        if (end != null) {
            return;
        }
        if (afterwards != null
                && (heldBack != null
                        || (command.name().equals(START_TLS.name())
                                && transport().tls() != null))) {
            failed(
                    tag,
                    command,
                    new IllegalStateException("TLS has begun, or both sides ask at once to change what is spoken"));
            return;
        }
        if (tag == null) {
            done(afterwards);
            return;
        }
        AmpBox box = new AmpBox();
        try {
            ValueCodec.encode(reply.values(), command.responses(), box, descriptors, "the answer of " + command);
        } catch (IOException | RuntimeException e) {
            descriptors.drop(reply.values());
            failed(tag, command, e);
            return;
        }
        box.putRaw(ANSWER, tag.getBytes(ISO_8859_1));
        send(box);
        done(afterwards);
    }

    private void done(@Nullable Consumer<Amp> afterwards) {
        if (afterwards == null) {
            return;
        }
        try {
            afterwards.accept(this);
        } catch (RuntimeException e) {
            report("what was agreed on cannot be done, which ends the connection", e);
            breakOff(e);
        }
    }

    private void failed(@Nullable String tag, Command command, Throwable failure) {
        RemoteErrorException declared = command.answer(failure).orElse(null);
        if (declared == null) {
            report("a responder of " + command + " has failed", failure);
            declared = new RemoteErrorException(RemoteErrorException.UNKNOWN, "Unknown Error", true);
        }
        failed(tag, declared);
    }

    private void failed(@Nullable String tag, RemoteErrorException error) {
        if (tag == null) {
            report("a command that is not answered has failed, which ends the connection", error);
            transport().loseConnection();
            return;
        }
        if (end != null) {
            return;
        }
        AmpBox box = new AmpBox();
        box.putRaw(ERROR, tag.getBytes(ISO_8859_1));
        box.putRaw(ERROR_CODE, cut(error.code().getBytes(ISO_8859_1)));
        box.putRaw(ERROR_DESCRIPTION, cut(error.description().getBytes(UTF_8)));
        send(box);
        if (error.isFatal()) {
            transport().loseConnection();
        }
    }

    private static byte[] cut(byte[] text) {
        return text.length <= AmpBox.MAX_VALUE_BYTES ? text : Arrays.copyOf(text, AmpBox.MAX_VALUE_BYTES);
    }

    private void report(String what, Throwable failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                what + ": connection with " + transport().getPeer(),
                failure);
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        IOException why = end == null ? reason : end;
        end = why;
        heldBack = null;
        descriptors.close();
        questions.failAll(why);
    }
}
