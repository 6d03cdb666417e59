package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.protocols.LineReceiver;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/**
 * A {@link Room} where people talk line by line, on the reactor. One enters with {@code socat - TCP:127.0.0.1:7012}, or {@code telnet 127.0.0.1
 * 7012}.
 *
 * <p>Nobody can fill its memory: members, the length of a line, and what waits for a member who does not read are limited.
 */
public final class ReactorChatRoom implements ReactorServer {

    private final Room room;
    private final Reactor reactor;
    private final ListeningPort port;

    /** Listens from now on. */
    public ReactorChatRoom(Sockaddr address, int maxMembers, PrintStream log) throws IOException {
        room = new Room(maxMembers, log);
        reactor = Reactor.open();
        try {
            port = reactor.listenTcp(address, chat(room), ListenOptions.DEFAULT);
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Makes what serves a member of a room. */
    static Factory chat(Room room) {
        return Factory.of(() -> new Chat(room));
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7012 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7012");
        PrintStream log = System.out;
        try (ReactorChatRoom room = new ReactorChatRoom(where.toSockaddr(), 100, log)) {
            log.println("chat room on " + room.address());
            room.serve();
        }
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public Sockaddr address() {
        return port.getHost();
    }

    @Override
    public String served() {
        return room.served();
    }

    /** One connection. */
    private static final class Chat extends LineReceiver implements Room.Line {

        private final Room.Member member;

        @SuppressWarnings("this-escape") // kept, and not called before there is a connection
        private Chat(Room room) {
            member = room.member(this);
            setDelimiter(new byte[] {'\n'});
            setMaxLength(Room.MAX_LINE_BYTES);
        }

        @Override
        public void connectionMade() {
            member.knock();
        }

        @Override
        protected void lineReceived(byte[] line) {
            member.hear(line);
        }

        /** The line is told of, and dropped up to its end. */
        @Override
        protected void lineLengthExceeded(byte[] data) {
            member.hearTooMuch();
            setRawMode();
            rawDataReceived(ByteBuffer.wrap(data));
        }

        @Override
        protected void rawDataReceived(ByteBuffer data) {
            while (data.hasRemaining()) {
                if (data.get() == '\n') {
                    setLineMode(data);
                    return;
                }
            }
        }

        @Override
        public boolean say(String text) {
            if (transport().bufferedBytes() > Room.MAX_WAITING_BYTES) {
                transport().abortConnection();
                return false;
            }
            transport().write((text + "\r\n").getBytes(UTF_8));
            return true;
        }

        @Override
        public void hangUp() {
            transport().loseConnection();
        }

        @Override
        public String from() {
            return String.valueOf(transport().getPeer());
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            member.leave();
        }
    }
}
