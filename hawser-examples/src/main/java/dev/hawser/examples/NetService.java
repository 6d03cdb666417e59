package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.protocols.PortForward;
import dev.hawser.reactor.protocols.Wire;
import dev.hawser.reactor.socks.SocksFactory;
import dev.hawser.reactor.socks.SocksRules;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The services that a {@link NetServer} can run, by their names. */
public enum NetService {
    /** The seed's time server: sends back what it receives, with the time before it. */
    TIME("tcp:21567"),
    /** Sends back what it receives: RFC 862. */
    ECHO("tcp:7007"),
    /** Receives, and does nothing: RFC 863. */
    DISCARD("tcp:7009"),
    /** Sends lines of characters: RFC 864. */
    CHARGEN("tcp:7019"),
    /** Sends the time in words: RFC 867. */
    DAYTIME("tcp:7013"),
    /** Sends a quote: RFC 865. */
    QOTD("tcp:7017"),
    /** Sends the time in four bytes: RFC 868. */
    RFC868("tcp:7037"),
    /** Connects its clients to another endpoint. */
    PORT_FORWARD("tcp:7011"),
    /** A room where people talk. */
    CHAT_ROOM("tcp:7010"),
    /** Connects its clients to wherever they ask for. */
    SOCKS("tcp:1080");

    private static final int MAX_MEMBERS = 1000;

    private final String defaultEndpoint;

    NetService(String defaultEndpoint) {
        this.defaultEndpoint = defaultEndpoint;
    }

    /** As one types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it listens where nobody says otherwise: on this machine alone. */
    public String defaultEndpoint() {
        return defaultEndpoint + ":interface=127.0.0.1";
    }

    /** What makes the protocols of a service that needs nothing but itself. */
    public Factory factory(PrintStream log) {
        return switch (this) {
            case TIME -> ReactorTimeServer.stampers(Clock.system(ZoneId.systemDefault()), new AtomicLong(), silence());
            case ECHO -> Wire.echo();
            case DISCARD -> Wire.discard();
            case CHARGEN -> Wire.chargen();
            case DAYTIME -> Wire.daytime(Clock.systemUTC(), ZoneId.systemDefault());
            case QOTD -> qotd("A rope of three strands is not quickly broken.");
            case RFC868 -> Wire.time(Clock.systemUTC());
            case CHAT_ROOM -> ReactorChatRoom.chat(new Room(MAX_MEMBERS, log));
            case PORT_FORWARD, SOCKS -> throw new IllegalArgumentException(this + " needs to know more");
        };
    }

    /** A quote of the day of one's own. */
    public static Factory qotd(String quote) {
        byte[] line = (quote + "\r\n").getBytes(UTF_8);
        return Wire.qotd(() -> line);
    }

    /** Connects clients to an endpoint; those for whom it cannot be reached are told to the log. */
    public static Factory forward(ClientEndpoint target, PrintStream log) {
        return PortForward.to(target::connect)
                .onUnreachable(
                        (client, reason) -> log.println("not connected: " + client + ": " + reason.getMessage()));
    }

    /**
     * Connects clients to wherever they ask for; those who do not get what they want are told to the log.
     *
     * @param users has lines of {@code NAME:PASSWORD}; null: nobody is asked, and clients of this machine alone are served
     * @param everywhere whether clients may go to this machine and its neighbours as well
     * @throws IOException if the file cannot be read
     */
    public static Factory socks(Reactor reactor, @Nullable Path users, boolean everywhere, PrintStream log)
            throws IOException {
        SocksFactory socks = new SocksFactory(reactor)
                .onRefused((client, reason) -> log.println("refused: " + client + ": " + reason.getMessage()));
        if (everywhere) {
            socks.rules(SocksRules.EVERYTHING);
        }
        if (users != null) {
            SocksUsers known = SocksUsers.read(users);
            socks.authenticator((credentials, client) -> Deferred.succeed(known.know(credentials)));
        }
        return socks;
    }

    /** The server tells of its connections itself. */
    private static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    }
}
