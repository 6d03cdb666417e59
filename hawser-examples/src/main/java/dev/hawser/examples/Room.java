package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, and what they say to each other: the first line is one's name, {@code /who} tells who is there, {@code /quit} leaves. How the lines
 * come and go is the part of {@link ChatRoom}, and of {@link ReactorChatRoom}. For one thread.
 */
final class Room {

    /** The longest line, in bytes. */
    static final int MAX_LINE_BYTES = 1000;

    /** How much may wait for a member who does not read, in bytes. */
    static final int MAX_WAITING_BYTES = 256 * 1024;

    /** Commands to a terminal, those of one byte beyond ASCII among them; what breaks a line, or turns its direction round. */
    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,20}");

    private final int maxMembers;
    private final PrintStream log;

    /** In the order of their coming, also those who have not told their name. */
    private final Set<Member> members = new LinkedHashSet<>();

    private final AtomicLong entered = new AtomicLong();

    Room(int maxMembers, PrintStream log) {
        this.maxMembers = maxMembers;
        this.log = log;
    }

    /** The connection of a member. */
    interface Line {

        /** Says something: false where too much waits already for somebody who does not read, and the connection was cut. */
        boolean say(String text);

        /** Ends the connection when all that was said has gone. */
        void hangUp();

        /** Where the other end is. */
        String from();
    }

    /** Somebody who may come in. */
    Member member(Line line) {
        return new Member(line);
    }

    /** How many have entered so far. Safe from any thread. */
    String served() {
        return Server.count(entered.get(), "member");
    }

    /** Tells all who have a name, but one. To tell may be to lose a member, so this goes through a copy. */
    private void tell(String text, @Nullable Member except) {
        for (Member each : List.copyOf(members)) {
            if (each.name != null && !each.equals(except)) {
                each.say(text);
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

    /** Somebody who has come. */
    final class Member {

        private final Line line;
        private @Nullable String name;

        private Member(Line line) {
            this.line = line;
        }

        /** Asks to be let in, where the room is not full. */
        void knock() {
            if (members.size() < maxMembers) {
                members.add(this);
                say("Welcome. What is your name?");
            } else {
                say("The room is full: come back later.");
                line.hangUp();
            }
        }

        /** Whoever reads so slowly that the limit is reached is shown out, for the sake of the others. */
        void say(String text) {
            if (!line.say(text)) {
                leave("was too slow");
            }
        }

        /** The member has written a line. What others say must not be commands to a terminal. */
        void hear(byte[] bytes) {
            String text =
                    COMMANDS.matcher(new String(bytes, UTF_8)).replaceAll("").strip();
            if (!members.contains(this)) {
                return; // not let in, or shown out
            }
            if (name == null) {
                enter(text);
            } else if (text.startsWith("/")) {
                command(text);
            } else if (!text.isEmpty()) {
                tell(name + ": " + text, this);
            }
        }

        /** The member has written a line that is longer than the limit. */
        void hearTooMuch() {
            say("A line has " + MAX_LINE_BYTES + " bytes at most: this one is lost.");
        }

        private void enter(String wanted) {
            if (!NAME.matcher(wanted).matches()) {
                say("A name has 1 to 20 letters, digits and _.- only. What is yours?");
            } else if (isTaken(wanted)) {
                say("There is a " + wanted + " already. What is your name?");
            } else {
                entered.incrementAndGet();
                name = wanted;
                log.println(wanted + " has entered from " + line.from());
                tell("* " + wanted + " has entered", this);
                say("Hello " + wanted + ". Here are: " + names() + ". /who tells who is here, /quit leaves.");
            }
        }

        private void command(String text) {
            switch (text) {
                case "/who" -> say("Here are: " + names());
                case "/quit" -> {
                    leave("has left");
                    say("Good bye.");
                    line.hangUp();
                }
                default -> say("There is no " + text + "; there are /who and /quit.");
            }
        }

        /** The connection has ended. */
        void leave() {
            leave("has left");
        }

        /** The others are told once. */
        private void leave(String how) {
            if (members.remove(this) && name != null) {
                log.println(name + " " + how);
                tell("* " + name + " " + how, this);
            }
        }
    }
}
