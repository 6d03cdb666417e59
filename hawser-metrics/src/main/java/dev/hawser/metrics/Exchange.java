package dev.hawser.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.protocols.IdleTimeout;
import dev.hawser.reactor.protocols.LineOnlyReceiver;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request, and its answer.
 *
 * <p>What the peer sends behind its request is read and dropped until it closes: were the connection closed with bytes unread, the kernel would reset it, and
 * the answer might be lost on its way.
 */
final class Exchange extends LineOnlyReceiver {

    private static final System.Logger LOG = System.getLogger("dev.hawser.metrics");

    /** How much of the limit is left for a peer to take what it is told of its slowness. */
    private static final int GRACE = 10;

    private final UnaryOperator<String> scrape;
    private final Duration limit;
    private final RequestHead head = new RequestHead();

    private @Nullable IdleTimeout timer;
    private boolean answered;

    /**
     * @param scrape makes the page, in the format of a Content-Type
     */
    Exchange(UnaryOperator<String> scrape, Duration limit) {
        this.scrape = scrape;
        this.limit = limit;
        setDelimiter(new byte[] {'\n'});
        setMaxLength(RequestHead.MAX_LINE_BYTES);
    }

    @Override
    public void connectionMade() {
        timer = new IdleTimeout(transport().reactor(), this::late);
        timer.setTimeout(limit);
    }

    @Override
    protected void lineReceived(byte[] line) {
        if (!answered) {
            answer(head.take(line));
        }
    }

    @Override
    protected void lineLengthExceeded(byte[] data) {
        if (!answered) {
            answer(head.tooLong());
        }
    }

    private void answer(@Nullable Status status) {
        if (status == Status.OK) {
            answered = true;
            Reactor reactor = transport().reactor();
            reactor.callInThread(() -> makePage(reactor));
        } else if (status != null) {
            refuse(status);
        }
    }

    private void refuse(Status status) {
        answered = true;
        send(status, "text/plain; charset=utf-8", status + "\n");
    }

    private void makePage(Reactor reactor) {
        Page page;
        try {
            String type = head.accept().contains("application/openmetrics-text")
                    ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                    : "text/plain; version=0.0.4; charset=utf-8";
            page = new Page(Status.OK, type, scrape.apply(type));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the page of metrics cannot be made", e);
            page = new Page(Status.INTERNAL_ERROR, "text/plain; charset=utf-8", Status.INTERNAL_ERROR + "\n");
        }
        Page made = page;
        try {
            reactor.callFromThread(() -> send(made.status(), made.type(), made.text()));
        } catch (IllegalStateException closed) {
            // The reactor has ended meanwhile, and this connection with it.
        }
    }

    private record Page(Status status, String type, String text) {}

    private void send(Status status, String type, String text) {
        byte[] body = text.getBytes(UTF_8);
        String lines = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + (status == Status.METHOD_NOT_ALLOWED ? "\r\nAllow: GET, HEAD" : "")
                + "\r\nConnection: close\r\n\r\n";
        transport().write(lines.getBytes(ISO_8859_1));
        if (!head.isHead()) {
            transport().write(body);
        }
        transport().loseWriteConnection();
    }

    private void late() {
        if (answered || timer == null) {
            transport().abortConnection();
            return;
        }
        refuse(Status.REQUEST_TIMEOUT);
        timer.setTimeout(limit.dividedBy(GRACE));
    }

    /** A peer that has asked, and half closed, still waits for its answer. */
    @Override
    public void readConnectionLost() {
        if (!answered) {
            transport().loseConnection();
        }
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        answered = true;
        if (timer != null) {
            timer.setTimeout(null);
        }
    }
}
