package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what passes on connections: a line for each event, with the connection's number. {@code 1 < "hello\r\n"} was received by the first, {@code 1 > }
 * written; {@code 1 +} is its beginning, {@code 1 .} its protocol's order to close it, {@code 1 -} its end.
 *
 * <h2>Threading</h2>
 * In the reactor's thread: the log must not wait.
 *
 * <p>Source: {@code twisted.protocols.policies.TrafficLoggingFactory}.
 */
public final class TrafficLoggingFactory extends WrappingFactory {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private final Consumer<String> log;
    private final int maxBytes;
    private int counter;

    /**
     * Around a factory.
     *
     * @param wrapped the factory
     * @param log takes each line, such as {@code line -> logger.log(DEBUG, line)}
     * @param maxBytes how much of what passes at a time is written down
     * @throws IllegalArgumentException if the number is negative
     */
    public TrafficLoggingFactory(Factory wrapped, Consumer<String> log, int maxBytes) {
        super(wrapped);
        if (maxBytes < 0) {
            throw new IllegalArgumentException("0 bytes or more, not " + maxBytes);
        }
        this.log = log;
        this.maxBytes = maxBytes;
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new Writer(++counter));
    }

    private String text(ByteBuffer data) {
        int shown = Math.min(maxBytes, data.remaining());
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < shown; i++) {
            append(text, data.get(data.position() + i));
        }
        text.append('"');
        return shown < data.remaining()
                ? text.append(" of ").append(data.remaining()).append(" bytes").toString()
                : text.toString();
    }

    private static void append(StringBuilder text, byte each) {
        switch (each) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '"', '\\' -> text.append('\\').append((char) each);
            default -> {
                if (each >= FIRST_PRINTABLE && each <= LAST_PRINTABLE) {
                    text.append((char) each);
                } else {
                    text.append("\\x").append(String.format("%02x", each));
                }
            }
        }
    }

    private final class Writer implements ConnectionObserver {

        private final int number;

        Writer(int number) {
            this.number = number;
        }

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            log.accept(number + " + " + connection.getPeer());
        }

        @Override
        public void dataReceived(ProtocolWrapper connection, ByteBuffer data) {
            log.accept(number + " < " + text(data));
        }

        @Override
        public void dataWritten(ProtocolWrapper connection, ByteBuffer data) {
            log.accept(number + " > " + text(data));
        }

        @Override
        public void fileWritten(ProtocolWrapper connection, long count) {
            log.accept(number + " > " + count + " bytes of a file");
        }

        @Override
        public void losingConnection(ProtocolWrapper connection) {
            log.accept(number + " .");
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            log.accept(number + " - " + reason.reason() + ": " + reason.getMessage());
        }
    }
}
