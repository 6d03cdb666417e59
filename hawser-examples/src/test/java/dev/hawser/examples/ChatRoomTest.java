package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The manners of the rooms, which are the same whatever the lines come by. */
@Timeout(60)
@ParameterizedClass
@EnumSource(ChatRoomTest.Kind.class)
class ChatRoomTest {

    private static final int MAX_MEMBERS = 4;

    /** What brings the lines. */
    enum Kind {
        ASYNCHAT,
        REACTOR;

        private Server open(PrintStream out) throws IOException {
            SockaddrIn address = SockaddrIn.of("127.0.0.1", 0);
            return switch (this) {
                case ASYNCHAT -> new ChatRoom(address, MAX_MEMBERS, out);
                case REACTOR -> new ReactorChatRoom(address, MAX_MEMBERS, out);
            };
        }
    }

    private final Kind kind;

    @AutoClose
    private final RunningServer running;

    private final List<Guest> guests = new ArrayList<>();

    ChatRoomTest(Kind kind) throws IOException {
        this.kind = kind;
        this.running = new RunningServer(kind::open);
    }

    @AfterEach
    void goHome() throws IOException {
        for (Guest guest : guests) {
            guest.leave();
        }
    }

    /** Somebody who may enter. */
    private final class Guest {
        private final Socket socket;
        private final BufferedReader lines;

        private Guest() throws IOException {
            socket = Sockets.createConnection("127.0.0.1", running.port());
            socket.setTimeout(Duration.ofSeconds(10));
            lines = socket.makeFileReader(UTF_8);
            guests.add(this);
        }

        private void say(String text) throws IOException {
            socket.sendAll((text + "\n").getBytes(UTF_8));
        }

        private void leave() throws IOException {
            lines.close();
            socket.close();
        }

        private String hear() throws IOException {
            return lines.readLine();
        }
    }

    private Guest member(String name) throws IOException {
        Guest guest = new Guest();
        assertThat(guest.hear()).isEqualTo("Welcome. What is your name?");
        guest.say(name);
        assertThat(guest.hear()).startsWith("Hello " + name + ". Here are: ").contains(name);
        return guest;
    }

    @Test
    void whoEntersTalksAndLeavesIsHeardByTheOthers() throws IOException {
        Guest ann = member("Ann");
        Guest bob = member("Bob");
        assertThat(ann.hear()).isEqualTo("* Bob has entered");
        bob.say("hello, 网络\r");
        assertThat(ann.hear()).isEqualTo("Bob: hello, 网络");
        ann.say("/who");
        assertThat(ann.hear()).isEqualTo("Here are: Ann, Bob");
        bob.say("/quit\nnobody hears this");
        assertThat(bob.hear()).isEqualTo("Good bye.");
        assertThat(bob.hear()).isNull();
        assertThat(ann.hear()).isEqualTo("* Bob has left");
        ann.say("/who");
        assertThat(ann.hear()).isEqualTo("Here are: Ann");
        await().untilAsserted(
                        () -> assertThat(running.log()).contains("Ann has entered from 127.0.0.1:", "Bob has left"));
        await().untilAsserted(() -> assertThat(running.server().served()).isEqualTo("2 members"));
    }

    @Test
    void aRoomThatIsClosedBeforeItServesIsNoFailure() throws IOException {
        Server room = kind.open(System.out);
        room.close();
        room.serve();
        assertThat(room.served()).isEqualTo("0 members");
    }

    @Test
    void whoBreaksOffHasLeft() throws IOException {
        Guest ann = member("Ann");
        Guest bob = member("Bob");
        assertThat(ann.hear()).isEqualTo("* Bob has entered");
        bob.leave();
        assertThat(ann.hear()).isEqualTo("* Bob has left");
    }

    @Test
    void aNameIsOnesOwnAndShort() throws IOException {
        member("Ann");
        Guest guest = new Guest();
        guest.hear();
        guest.say("ann");
        assertThat(guest.hear()).isEqualTo("There is a ann already. What is your name?");
        for (String bad : List.of("", "two words", "x".repeat(21), "/who")) {
            guest.say(bad);
            assertThat(guest.hear()).startsWith("A name has 1 to 20 letters");
        }
        guest.say("网络");
        assertThat(guest.hear()).startsWith("Hello 网络.");
    }

    @Test
    void whatIsSaidIsNoCommandToATerminal() throws IOException {
        Guest ann = member("Ann");
        Guest bob = member("Bob");
        ann.hear();
        bob.say("\u001b[2Jgone?\u0007");
        assertThat(ann.hear()).isEqualTo("Bob: [2Jgone?");
        bob.say("\u009b31mred\u0085 \u202egnp.exe\u2028 \u2066x");
        assertThat(ann.hear()).isEqualTo("Bob: 31mred gnp.exe x");
        bob.say("/\u009bwave");
        assertThat(bob.hear()).isEqualTo("There is no /wave; there are /who and /quit.");
    }

    @Test
    void aLineThatIsTooLongIsLostAndTheNextIsHeard() throws IOException {
        Guest ann = member("Ann");
        Guest bob = member("Bob");
        ann.hear();
        bob.say("x".repeat(200_000));
        bob.say("short");
        assertThat(bob.hear()).isEqualTo("A line has 1000 bytes at most: this one is lost.");
        assertThat(ann.hear()).isEqualTo("Bob: short");
    }

    @Test
    void aFullRoomTakesNobodyUntilOneLeaves() throws IOException {
        for (int i = 1; i < MAX_MEMBERS; i++) {
            member("member" + i);
        }
        Guest last = member("last");
        Guest outside = new Guest();
        assertThat(outside.hear()).isEqualTo("The room is full: come back later.");
        assertThat(outside.hear()).isNull();
        last.say("/quit");
        assertThat(last.hear()).isEqualTo("Good bye.");
        member("next");
    }

    /** The others' talk is held up by nobody, and does not fill the memory. */
    @Test
    void aMemberWhoDoesNotReadIsShownOut() throws IOException {
        Guest slow = member("slow");
        Guest ann = member("Ann");
        Guest bob = member("Bob");
        assertThat(ann.hear()).isEqualTo("* Bob has entered");
        String line = "x".repeat(900);
        String heard = line;
        for (int said = 0; !heard.startsWith("*"); said++) {
            assertThat(said).as("lines of 900 bytes that slow was sent").isLessThan(50_000);
            ann.say(line);
            heard = bob.hear();
        }
        assertThat(heard).isEqualTo("* slow was too slow");
        bob.say("/who");
        for (heard = bob.hear(); heard.startsWith("Ann: "); heard = bob.hear()) {
            assertThat(heard).endsWith(line);
        }
        assertThat(heard).isEqualTo("Here are: Ann, Bob");
        assertThat(slow.socket.isClosed()).isFalse();
    }

    @Test
    @RequiresProgram({"socat", "curl", "python3"})
    void socatCurlAndCpythonTalkToEachOther() throws Exception {
        String port = Integer.toString(running.port());
        try (Peer socat = Peers.start("socat", "-", "TCP:127.0.0.1:" + port)) {
            assertThat(socat.readLine()).isEqualTo("Welcome. What is your name?");
            socat.writeLine("socat");
            assertThat(socat.readLine()).startsWith("Hello socat");
            try (Peer python = Peers.start("python3", "-W", "ignore", "-u", "-c", PYTHON, port);
                    Peer curl = curlAfter(socat, port)) {
                assertThat(socat.readLine()).isEqualTo("* curl has entered");
                assertThat(socat.readLine()).isEqualTo("curl: hello from curl");
                assertThat(socat.readLine()).isEqualTo("python: I heard curl: hello from curl");
                socat.writeLine("/quit");
                assertThat(socat.readLine()).isEqualTo("Good bye.");
                assertThat(python.readLines()).contains("* socat has left", "Good bye.");
                assertThat(python.awaitExit()).isZero();
                assertThat(curl.readLine()).isEqualTo("Welcome. What is your name?");
                assertThat(curl.readLine()).startsWith("Hello curl. Here are: socat, python, curl.");
                assertThat(curl.readLine()).isEqualTo("python: I heard curl: hello from curl");
                assertThat(curl.readLine()).isEqualTo("* socat has left");
                assertThat(curl.readLine()).isEqualTo("* python has left");
            }
        }
    }

    /** Of a pipe curl reads with calls that wait, and prints nothing meanwhile: its input is said at once, and ended. */
    private static Peer curlAfter(Peer socat, String port) throws IOException {
        assertThat(socat.readLine()).isEqualTo("* python has entered");
        Peer curl = Peers.start("curl", "-sN", "telnet://127.0.0.1:" + port);
        curl.write("curl\nhello from curl\n".getBytes(UTF_8));
        curl.closeInput();
        return curl;
    }

    /** Repeats what curl says, and leaves when socat has left. */
    private static final String PYTHON = """
            import asynchat, asyncore, sys
            class Client(asynchat.async_chat):
                def __init__(self, port):
                    super().__init__()
                    self.set_terminator(b'\\r\\n')
                    self.parts = []
                    self.create_socket()
                    self.connect(('127.0.0.1', port))
                def collect_incoming_data(self, data):
                    self.parts.append(data)
                def found_terminator(self):
                    line, self.parts = b''.join(self.parts).decode(), []
                    print(line)
                    if line.startswith('Welcome'):
                        self.push(b'python\\n')
                    elif line.startswith('curl: '):
                        self.push(b'I heard ' + line.encode() + b'\\n')
                    elif line == '* socat has left':
                        self.push(b'/quit\\n')
            Client(int(sys.argv[1]))
            asyncore.loop()
            """;
}
