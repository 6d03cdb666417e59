package dev.hawser.examples;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.protocols.Conversation;
import dev.hawser.reactor.protocols.CoroutineProtocol;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A game by lines, written as a coroutine: the server thinks of a number, and the player guesses it. Where the game stands is where the program
 * stands, in {@link Game#play}: there are no states, and no callbacks. One plays with {@code socat - TCP:127.0.0.1:7010}.
 */
public final class NumberGame implements ReactorServer {

    private static final int MAX = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MAX_LINE_BYTES = 80;

    private final RandomGenerator random;
    private final PrintStream log;
    private final Reactor reactor;
    private final ListeningPort port;
    private final AtomicLong players = new AtomicLong();
    private final AtomicLong guessed = new AtomicLong();

    /** Listens from now on. */
    public NumberGame(Sockaddr address, RandomGenerator random, PrintStream log) throws IOException {
        this.random = random;
        this.log = log;
        this.reactor = Reactor.open();
        try {
            this.port = reactor.listenTcp(address, Factory.of(Game::new), ListenOptions.DEFAULT);
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7010 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7010");
        PrintStream log = System.out;
        try (NumberGame game = new NumberGame(where.toSockaddr(), RandomGenerator.getDefault(), log)) {
            log.println("number game on " + game.address());
            game.serve();
        }
    }

    /** One player. Each method that waits for one lets the thread go meanwhile: thousands may play. */
    private final class Game extends CoroutineProtocol {

        @Override
        protected void run(Conversation player) throws IOException, InterruptedException {
            players.incrementAndGet();
            log.println("...connected from: " + player.peer());
            player.setTimeout(PATIENCE);
            player.setMaxLineLength(MAX_LINE_BYTES);
            try {
                boolean again = true;
                while (again) {
                    again = play(player) && agrees(player);
                }
                player.write("Good bye.\r\n");
            } catch (SocketTimeoutException e) {
                player.write("You have fallen asleep. Good bye.\r\n");
            }
        }

        /** One round: false where the player has left. */
        private boolean play(Conversation player) throws IOException, InterruptedException {
            int number = random.nextInt(1, MAX + 1);
            player.write("I think of a number from 1 to " + MAX + ". Which one?\r\n");
            for (int guesses = 1; ; guesses++) {
                String line = player.readLine();
                if (line == null) {
                    return false;
                }
                Integer guess = numberIn(line);
                if (guess == null) {
                    player.write("That is no number from 1 to " + MAX + ". Which one?\r\n");
                } else if (guess != number) {
                    player.write(guess < number ? "It is more.\r\n" : "It is less.\r\n");
                } else {
                    guessed.incrementAndGet();
                    player.write("Yes! You needed " + Server.count(guesses, "question") + ".\r\n");
                    return true;
                }
            }
        }

        private boolean agrees(Conversation player) throws IOException, InterruptedException {
            player.write("Another one (y/n)?\r\n");
            String line = player.readLine();
            return line != null && line.strip().startsWith("y");
        }

        private @Nullable Integer numberIn(String line) {
            String digits = line.strip();
            int number = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : 0;
            return number >= 1 && number <= MAX ? number : null;
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
        return Server.count(players.get(), "player") + ", who guessed " + Server.count(guessed.get(), "number");
    }
}
