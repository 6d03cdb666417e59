package dev.hawser.examples;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.asynchat.AsyncChat;
import dev.hawser.asynchat.ChatLimitException;
import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.util.Objects;

/**
 * A {@link Room} where people talk line by line, on {@code asynchat}. One enters with {@code socat - TCP:127.0.0.1:7008}, or {@code telnet 127.0.0.1
 * 7008}.
 *
 * <p>Nobody can fill its memory: members, the length of a line, and what waits for a member who does not read are limited.
 */
public final class ChatRoom implements Server {

    private static final int BACKLOG = 128;

    private final Room room;
    private final AsyncLoop loop = new AsyncLoop();
    private final Listener listener = new Listener();

    /** Listens from now on. */
    public ChatRoom(Sockaddr address, int maxMembers, PrintStream log) throws IOException {
        room = new Room(maxMembers, log);
        try {
            listener.open(address);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7008 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7008");
        PrintStream log = System.out;
        try (ChatRoom room = new ChatRoom(where.toSockaddr(), 100, log)) {
            log.println("chat room on " + room.address());
            room.serve();
        }
    }

    @Override
    public Sockaddr address() {
        return Objects.requireNonNull(listener.address(), "it was bound");
    }

    @Override
    public void serve() throws IOException {
        try {
            loop.loop();
        } catch (ClosedSelectorException e) {
            // Somebody called close() before it began.
        }
    }

    @Override
    public String served() {
        return room.served();
    }

    /** Ends {@link #serve}: the members are disconnected. */
    @Override
    public void close() throws IOException {
        loop.close();
    }

    /** Makes a {@link Chat} of each connection. */
    private final class Listener extends Dispatcher {

        private Listener() {
            super(loop);
        }

        private void open(Sockaddr address) throws IOException {
            createSocket(address.family(), SOCK_STREAM);
            setReuseAddr();
            bind(address);
            listen(BACKLOG);
        }

        @Override
        protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
            new Chat(socket);
        }
    }

    /** One connection. */
    private final class Chat extends AsyncChat implements Room.Line {

        private final Room.Member member = room.member(this);

        private Chat(Socket socket) throws IOException {
            super(loop, socket);
            setTerminator(new byte[] {'\n'});
            setMaxElementBytes(Room.MAX_LINE_BYTES);
            setMaxOutputBytes(Room.MAX_WAITING_BYTES);
            member.knock();
        }

        @Override
        public boolean say(String text) {
            try {
                push((text + "\r\n").getBytes(UTF_8));
                return true;
            } catch (ChatLimitException tooSlow) {
                cut();
                return false;
            }
        }

        private void cut() {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void hangUp() {
            closeWhenDone();
        }

        @Override
        public String from() {
            return String.valueOf(address());
        }

        @Override
        protected void foundTerminator() {
            member.hear(takeCollected());
        }

        /** A line that is too long is told; the rest of it is dropped. */
        @Override
        protected void handleError(Throwable error) throws IOException {
            if (error instanceof ChatLimitException) {
                member.hearTooMuch();
            } else {
                super.handleError(error);
            }
        }

        @Override
        protected void handleEndOfInput() throws IOException {
            member.leave();
            super.handleEndOfInput();
        }

        @Override
        protected void handleClose() throws IOException {
            close();
            member.leave();
        }
    }
}
