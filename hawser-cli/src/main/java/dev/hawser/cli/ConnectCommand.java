package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.examples.HarmlessText;
import dev.hawser.examples.StreamInput;
import dev.hawser.examples.Talk;
import dev.hawser.examples.Terminal;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.endpoints.EndpointSyntaxException;
import dev.hawser.reactor.endpoints.Endpoints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hawser connect}: talks to a server from a terminal, or in a pipe. */
@Command(
        name = "connect",
        description = {
            "Connects to an endpoint, sends it what you type, and shows what it says.",
            "",
            "On a terminal, lines can be edited (arrow keys, Ctrl-R, ...), and control characters in what the peer says are made "
                    + "harmless. Ctrl-D ends what you say; the peer may go on, and its end is the end. Ctrl-C ends at once.",
            "",
            "Examples:",
            "  hawser connect tcp:localhost:21567",
            "  hawser connect unix:time.sock",
            "  hawser connect tls:example.org:443 --crlf -v",
            "  printf 'hello\\n' | hawser connect tcp:localhost:21567",
            "",
            "Endpoints:",
            "  tcp:HOST:PORT                     tcp:[::1]:80 is port 80 of ::1",
            "  host:HOST:PORT                    its address that answers first",
            "  tls:HOST:PORT[:trustRoots=FILE]   FILE: whom to trust, as PEM",
            "  unix:PATH, unix:@NAME             @NAME is in no directory",
            "  vsock:CID:PORT, fd:NUMBER",
            "A colon or a backslash within a value has a backslash before it.",
            ""
        },
        sortOptions = false,
        exitCodeList = {
            "0:the talk came to its end",
            "1:there was no connection, or it broke",
            "2:wrong usage",
            "130:Ctrl-C"
        })
final class ConnectCommand implements Callable<Integer> {

    private static final int INTERRUPTED = 130;

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ENDPOINT",
            description = {"Whom to talk to, such as tcp:HOST:PORT."})
    private String endpoint;

    @Option(
            names = "--crlf",
            description = "Ends the lines that are sent with CR and LF, as HTTP, SMTP and many others want them.")
    private boolean crlf;

    @Option(
            names = "--raw",
            description = "Passes every byte as it is, in both directions: no editing, and nothing made harmless.")
    private boolean raw;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tells on standard error who was connected to, what TLS has agreed on, and how it ended.")
    private boolean verbose;

    ConnectCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (raw && crlf) {
            throw new ParameterException(spec.commandLine(), "--raw and --crlf exclude each other");
        }
        try (Reactor reactor = Reactor.open()) {
            ClientEndpoint peer = endpoint(reactor);
            if (raw || !streams.interactive() || !Terminal.isOutput()) {
                return talk(reactor, peer, plain());
            }
            try (EditedLines lines = new EditedLines(crlf ? "\r\n" : "\n")) {
                return talk(reactor, peer, new Talk(lines, lines::show, note -> note(note, lines::showLine)));
            }
        }
    }

    private ClientEndpoint endpoint(Reactor reactor) {
        try {
            return Endpoints.client(reactor, endpoint);
        } catch (EndpointSyntaxException e) {
            throw EndpointFailure.of(spec.commandLine(), endpoint, e);
        }
    }

    private Talk plain() {
        return new Talk(
                new StreamInput(streams.in(), crlf),
                raw || !Terminal.isOutput() ? this::write : harmless(),
                note -> note(note, streams.err()::println));
    }

    private void note(String note, Consumer<String> where) {
        if (verbose) {
            where.accept("* " + note);
        }
    }

    private boolean write(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return write(bytes);
    }

    private boolean write(byte[] bytes) {
        PrintStream out = streams.out();
        out.write(bytes, 0, bytes.length);
        return !out.checkError();
    }

    private Predicate<ByteBuffer> harmless() {
        HarmlessText text = new HarmlessText();
        return data -> write(text.of(data).getBytes(UTF_8));
    }

    private int talk(Reactor reactor, ClientEndpoint peer, Talk talk) throws IOException {
        try {
            talk.with(reactor, peer);
            return 0;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (IOException e) {
            throw new CommandFailure(FailureText.connecting(endpoint, talk.wasConnected(), e), e);
        }
    }
}
