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
import java.nio.channels.ClosedSelectorException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A room where people talk line by line: the first line is one's name, {@code /who} tells who is there, {@code /quit} leaves.
 * One enters with {@code socat - TCP:127.0.0.1:7008}, or {@code telnet 127.0.0.1 7008}.
 *
 * <p>Nobody can fill its memory: members, the length of a line, and what waits for a member who does not read are limited.
 */
public final class ChatRoom implements Server {

    private static final int BACKLOG = 128;
    private static final int MAX_LINE_BYTES = 1000;
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    /** Commands to a terminal, those of one byte beyond ASCII among them; what breaks a line, or turns its direction round. */
    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,20}");

    private final int maxMembers;
    private final PrintStream log;
    private final AsyncLoop loop = new AsyncLoop();
    private final Listener listener = new Listener();

    /** In the order of their coming, also those who have not told their name. */
    private final Set<Member> members = new LinkedHashSet<>();

    private final AtomicLong entered = new AtomicLong();

    /** Listens from now on. */
    public ChatRoom(Sockaddr address, int maxMembers, PrintStream log) throws IOException {
        this.maxMembers = maxMembers;
        this.log = log;
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
        return Server.count(entered.get(), "member");
    }

    /** Ends {@link #serve}: the members are disconnected. */
    @Override
    public void close() throws IOException {
        loop.close();
    }

    /** Tells all who have a name, but one. To tell may be to lose a member, so this goes through a copy. */
    private void tell(String line, @Nullable Member except) throws IOException {
        for (Member each : List.copyOf(members)) {
            if (each.name != null && !each.equals(except)) {
                each.say(line);
            }
        }
    }

    private String names() {
        return members.stream()
                .map(member -> member.name)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private boolean isTaken(String name) {
        return members.stream().anyMatch(member -> name.equalsIgnoreCase(member.name));
    }

    /** Makes a {@link Member} of each connection. */
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
            Member member = new Member(socket);
            if (members.size() >= maxMembers) {
                member.say("The room is full: come back later.");
                member.closeWhenDone();
                return;
            }
            members.add(member);
            member.say("Welcome. What is your name?");
        }
    }

    /** One connection. */
    private final class Member extends AsyncChat {

        private @Nullable String name;

        private Member(Socket socket) throws IOException {
            super(loop, socket);
            setTerminator(new byte[] {'\n'});
            setMaxElementBytes(MAX_LINE_BYTES);
            setMaxOutputBytes(MAX_WAITING_BYTES);
        }

        /** Whoever reads so slowly that the limit is reached is shown out, for the sake of the others. */
        private void say(String line) throws IOException {
            try {
                push((line + "\r\n").getBytes(UTF_8));
            } catch (ChatLimitException e) {
                close();
                leave("was too slow");
            }
        }

        @Override
        protected void foundTerminator() throws IOException {
            // What others say must not be commands to a terminal.
            String line = COMMANDS.matcher(new String(takeCollected(), UTF_8))
                    .replaceAll("")
                    .strip();
            if (name == null) {
                enter(line);
            } else if (line.startsWith("/")) {
                command(line);
            } else if (!line.isEmpty()) {
                tell(name + ": " + line, this);
            }
        }

        private void enter(String wanted) throws IOException {
            if (!NAME.matcher(wanted).matches()) {
                say("A name has 1 to 20 letters, digits and _.- only. What is yours?");
            } else if (isTaken(wanted)) {
                say("There is a " + wanted + " already. What is your name?");
            } else {
                entered.incrementAndGet();
                name = wanted;
                log.println(wanted + " has entered from " + address());
                tell("* " + wanted + " has entered", this);
                say("Hello " + wanted + ". Here are: " + names() + ". /who tells who is here, /quit leaves.");
            }
        }

        private void command(String line) throws IOException {
            switch (line) {
                case "/who" -> say("Here are: " + names());
                case "/quit" -> {
                    leave("has left");
                    say("Good bye.");
                    closeWhenDone();
                }
                default -> say("There is no " + line + "; there are /who and /quit.");
            }
        }

        /** The others are told once. */
        private void leave(String how) throws IOException {
            if (members.remove(this) && name != null) {
                log.println(name + " " + how);
                tell("* " + name + " " + how, this);
            }
        }

        /** A line that is too long is told; the rest of it is dropped. */
        @Override
        protected void handleError(Throwable error) throws IOException {
            if (error instanceof ChatLimitException) {
                say("A line has " + MAX_LINE_BYTES + " bytes at most: this one is lost.");
            } else {
                super.handleError(error);
            }
        }

        @Override
        protected void handleEndOfInput() throws IOException {
            leave("has left");
            super.handleEndOfInput();
        }

        @Override
        protected void handleClose() throws IOException {
            close();
            leave("has left");
        }
    }
}
