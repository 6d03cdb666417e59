package dev.hawser.cli;

import dev.hawser.examples.AsyncoreHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser run asyncore-http-client}. */
@Command(
        name = "asyncore-http-client",
        description = {
            "Gets a page over HTTP/1.0 and prints it.",
            "",
            "Redirections are told, not followed. A page that does not come as a whole, or an answer other than 2xx, is a failure."
        },
        sortOptions = false)
final class HttpClientCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "URL", converter = PageConverter.class, description = "The page: http://HOST[:PORT]/PATH.")
    private URI page;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description = "How long it may take in all. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    HttpClientCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        try {
            AsyncoreHttpClient.get(page, streams.out(), timeout);
            return 0;
        } catch (IOException e) {
            throw new CommandFailure(FailureText.getting(page, e), e);
        }
    }
}
