package dev.hawser.bench;

import dev.hawser.select.Selector;
import dev.hawser.select.SelectorKey;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TcpOptions;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Hawser's readiness style: one thread, one {@link Selector}. A selector tells what is ready, so there is one receive for each
 * event, and none is made only to be told that it would wait.
 */
final class HawserSelectorServer implements EchoServer {
    static final String EPOLL = "hawser-epoll";
    static final String POLL = "hawser-poll";
    static final String SELECT = "hawser-select";

    private final Opener opener;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    HawserSelectorServer(Opener opener) {
        this.opener = opener;
    }

    /** Opens one kind of selector. */
    @FunctionalInterface
    interface Opener {
        Selector open() throws IOException;
    }

    @Override
    public void serve(int port, Ready ready) throws IOException {
        try (Selector selector = opener.open();
                Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", port), BACKLOG)) {
            listener.setBlocking(false);
            selector.register(listener, Selector.EVENT_READ, listener);
            ready.listeningOn(((SockaddrIn) listener.getSockName()).port());
            Selector.Handler handler = (key, events) -> handle(selector, key);
            while (true) {
                selector.select(null, handler);
            }
        }
    }

    private void handle(Selector selector, SelectorKey key) {
        try {
            if (key.attachment() instanceof Connection connection) {
                connection.ready(selector);
            } else {
                accept(selector, (Socket) key.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Selector selector, Socket listener) throws IOException {
        Socket socket = listener.accept().socket();
        socket.setBlocking(false);
        socket.setSockOpt(TcpOptions.TCP_NODELAY, true);
        selector.register(socket, Selector.EVENT_READ, new Connection(socket));
    }

    /** Nothing more is read from a connection until what it could not send at once is gone. */
    private final class Connection {
        private final Socket socket;
        private byte[] rest = {};
        private int sent;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void ready(Selector selector) throws IOException {
            try {
                if (rest.length > 0) {
                    sendRest(selector);
                } else {
                    echo(selector);
                }
            } catch (IOException e) {
                // The connection is lost; closing it takes it out of the selector, too.
                socket.close();
            }
        }

        private void echo(Selector selector) throws IOException {
            int received = socket.recvInto(buffer);
            if (received == 0) {
                socket.close();
                return;
            }
            int echoed = sendSome(buffer, 0, received);
            if (echoed < received) {
                rest = Arrays.copyOfRange(buffer, echoed, received);
                sent = 0;
                selector.modify(socket, Selector.EVENT_WRITE, this);
            }
        }

        private void sendRest(Selector selector) throws IOException {
            sent += sendSome(rest, sent, rest.length - sent);
            if (sent == rest.length) {
                rest = new byte[0];
                selector.modify(socket, Selector.EVENT_READ, this);
            }
        }

        private int sendSome(byte[] bytes, int offset, int length) throws IOException {
            try {
                return socket.send(bytes, offset, length, 0);
            } catch (WouldBlockException e) {
                return 0;
            }
        }
    }
}
