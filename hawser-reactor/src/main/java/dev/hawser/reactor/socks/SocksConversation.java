package dev.hawser.reactor.socks;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.ConnectionPair;
import dev.hawser.reactor.protocols.IdleTimeout;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A proxy's talk with one client, until its connection is joined with another one. */
final class SocksConversation extends Protocol {

    /** What a client may say before it has its answer; more is not read. */
    private static final int MAX_EARLY_BYTES = 64 * 1024;

    /** Something that was begun for the client. */
    @FunctionalInterface
    interface Undertaking {
        /** The client has gone, or the time is up. */
        void giveUp();
    }

    /** What is done with a message. */
    @FunctionalInterface
    private interface Step {
        void take(byte[] message) throws SocksException;
    }

    private final SocksFactory factory;
    private final MessageReader reader = new MessageReader();
    private MessageReader.Shape shape = SocksMessages::first;
    private Step step = this::first;
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();

    /** Nothing is read from the conversation for now. */
    private boolean busy;

    /** There is a request, or will be: its reply can be understood. */
    private boolean mayReply;

    private boolean ended;
    private int version = SocksMessages.VERSION_5;
    private @Nullable String user;
    private @Nullable IdleTimeout limit;
    private @Nullable Undertaking undertaking;

    SocksConversation(SocksFactory factory) {
        this.factory = factory;
    }

    SocksFactory factory() {
        return factory;
    }

    // What the connection tells.

    @Override
    public void connectionMade() {
        limit = new IdleTimeout(factory.reactor(), this::timeIsUp);
        limit.setTimeout(factory.handshakeTimeout());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        try {
            while (!busy && !ended) {
                byte[] message = reader.read(data, shape);
                if (message == null) {
                    return;
                }
                step.take(message);
            }
        } catch (SocksException e) {
            data.position(data.limit());
            refuse(e);
        }
        if (!ended && data.hasRemaining()) {
            keep(data);
        }
    }

    /** Of what is for the target, and has come before it is there. */
    private void keep(ByteBuffer data) {
        if (undertaking instanceof SocksAssociation) {
            data.position(data.limit()); // there is nobody whom it is for
            return;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        early.writeBytes(bytes);
        if (early.size() > MAX_EARLY_BYTES) {
            transport().pauseProducing();
        }
    }

    @Override
    public void readConnectionLost() {
        end();
        transport().loseConnection();
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        end();
    }

    /** It gets nothing more from here. */
    private void end() {
        ended = true;
        setLimit(null);
        if (undertaking != null) {
            undertaking.giveUp();
            undertaking = null;
        }
    }

    private void timeIsUp() {
        refuse(new SocksException(SocksException.TTL_EXPIRED, "it has taken too long"));
    }

    void setLimit(@Nullable Duration duration) {
        if (limit != null) {
            limit.setTimeout(duration);
        }
    }

    // What the client says.

    private void first(byte[] message) throws SocksException {
        version = message[0];
        mayReply = version == SocksMessages.VERSION_4;
        if (version == SocksMessages.VERSION_5) {
            chooseMethod(message);
        } else if (factory.authenticator() != null) {
            throw new SocksException(SocksException.NOT_ALLOWED, "version 4 has no passwords");
        } else {
            request(message);
        }
    }

    private void chooseMethod(byte[] greeting) {
        int wanted = factory.authenticator() == null ? SocksMessages.NO_AUTHENTICATION : SocksMessages.PASSWORD;
        boolean offered = false;
        for (int i = 2; i < greeting.length; i++) {
            offered |= greeting[i] == wanted;
        }
        answer(SocksMessages.VERSION_5, offered ? wanted : SocksMessages.NO_METHOD);
        if (!offered) {
            leave(new SocksException(SocksException.NOT_ALLOWED, "the client offers no method of authentication"));
        } else if (wanted == SocksMessages.PASSWORD) {
            shape = SocksMessages::credentials;
            step = this::authenticate;
        } else {
            awaitRequest();
        }
    }

    private void awaitRequest() {
        mayReply = true;
        shape = SocksMessages::addressed;
        step = this::request;
    }

    private void authenticate(byte[] message) {
        SocksCredentials credentials = SocksMessages.credentials(message);
        SocksAuthenticator authenticator = factory.authenticator();
        pause();
        if (credentials == null || authenticator == null) {
            authenticated(false, null);
        } else {
            authenticator
                    .authenticate(credentials, transport().getPeer())
                    .finish(right -> authenticated(right, credentials), e -> {
                        authenticated(false, credentials);
                        throw new IllegalStateException("a password could not be checked", e);
                    });
        }
    }

    private void authenticated(boolean right, @Nullable SocksCredentials credentials) {
        if (ended) {
            return;
        }
        answer(SocksMessages.PASSWORD_VERSION, right ? 0 : 1);
        if (!right) {
            leave(new SocksException(SocksException.NOT_ALLOWED, "the password is not right"));
            return;
        }
        user = credentials == null ? null : credentials.user();
        awaitRequest();
        goOn();
    }

    private void pause() {
        busy = true;
        transport().pauseProducing();
    }

    private void goOn() {
        busy = false;
        byte[] kept = early.toByteArray();
        early.reset();
        transport().resumeProducing();
        dataReceived(ByteBuffer.wrap(kept));
    }

    private void request(byte[] message) throws SocksException {
        SocksMessages.Request said = SocksMessages.request(message);
        SocksCommand command = SocksCommand.of(said.command());
        if (command == null || (command == SocksCommand.UDP_ASSOCIATE && version != SocksMessages.VERSION_5)) {
            throw new SocksException(SocksException.COMMAND_NOT_SUPPORTED, "there is no command " + said.command());
        }
        pause();
        setLimit(factory.connectTimeout());
        SocksRequest request = new SocksRequest(
                version,
                command,
                transport().getPeer(),
                version == SocksMessages.VERSION_5 ? user : said.user(),
                said.host(),
                said.port());
        switch (command) {
            case CONNECT -> lookUp(request, addresses -> new SocksConnect(this, request, addresses));
            case BIND -> lookUp(request, addresses -> new SocksBind(this, request, addresses));
            case UDP_ASSOCIATE -> begin(() -> new SocksAssociation(this, request));
        }
    }

    // What is done for it.

    /** How something is begun. */
    @FunctionalInterface
    private interface Beginning<T> {
        Undertaking with(T found) throws IOException;
    }

    private void lookUp(SocksRequest request, Beginning<List<Sockaddr>> beginning) {
        Deferred<List<Sockaddr>> found = factory.reactor().resolve(request.host());
        undertaking = found::cancel;
        found.addCallback(addresses -> allowed(request, addresses))
                .finish(
                        addresses -> {
                            if (!ended) {
                                begin(() -> beginning.with(addresses));
                            }
                        },
                        this::refuseUnlessEnded);
    }

    private List<Sockaddr> allowed(SocksRequest request, List<Sockaddr> addresses) throws SocksException {
        List<Sockaddr> allowed = addresses.stream()
                .map(address -> SocksMessages.withPort(address, request.port()))
                .filter(address -> factory.rules().allows(request, address))
                .toList();
        if (allowed.isEmpty()) {
            throw new SocksException(SocksException.NOT_ALLOWED, "the rules do not allow " + request);
        }
        return allowed;
    }

    private void begin(Callable<Undertaking> beginning) {
        try {
            Undertaking begun = beginning.call();
            if (ended) {
                begun.giveUp();
            } else {
                undertaking = begun;
            }
        } catch (Exception e) {
            refuseUnlessEnded(e);
        }
    }

    private void refuseUnlessEnded(Throwable e) {
        if (!ended) {
            refuse(e instanceof IOException failed ? failed : new IOException("a rule has failed: " + e, e));
        }
    }

    /** Tells the client that it has what it wanted, or the first part of that. */
    void grant(Sockaddr address) {
        transport().write(SocksMessages.reply(version, 0, address));
    }

    /** From here on the client talks to its target. */
    void join(Transport target) {
        undertaking = null;
        ended = true;
        setLimit(null);
        target.write(early.toByteArray());
        ConnectionPair.join(transport(), target);
    }

    /** The client is read from although it has no answer: its end is the end. */
    void listen() {
        transport().resumeProducing();
    }

    boolean isEnded() {
        return ended;
    }

    // Refusing.

    private void answer(int first, int second) {
        transport().write(new byte[] {(byte) first, (byte) second});
    }

    void refuse(IOException reason) {
        if (mayReply) {
            transport().write(SocksMessages.reply(version, code(reason), null));
        }
        leave(reason);
    }

    private void leave(IOException reason) {
        end();
        transport().loseConnection();
        factory.tellRefused(transport().getPeer(), reason);
    }

    static int code(IOException reason) {
        return switch (reason) {
            case SocksException refused -> refused.code();
            case UnknownHostException unknown -> SocksException.HOST_UNREACHABLE;
            case SocketTimeoutException late -> SocksException.TTL_EXPIRED;
            case ConnectionLost lost
            when lost.reason() == ConnectionLost.Reason.TIMED_OUT -> SocksException.TTL_EXPIRED;
            case SocketError error -> codeOf(error.errno());
            default -> reason.getCause() instanceof IOException cause ? code(cause) : SocksException.FAILED;
        };
    }

    static int codeOf(int errno) {
        if (errno == Errno.ECONNREFUSED) {
            return SocksException.CONNECTION_REFUSED;
        }
        if (errno == Errno.ENETUNREACH) {
            return SocksException.NETWORK_UNREACHABLE;
        }
        if (errno == Errno.EHOSTUNREACH || errno == Errno.EHOSTDOWN) {
            return SocksException.HOST_UNREACHABLE;
        }
        return errno == Errno.ETIMEDOUT ? SocksException.TTL_EXPIRED : SocksException.FAILED;
    }
}
