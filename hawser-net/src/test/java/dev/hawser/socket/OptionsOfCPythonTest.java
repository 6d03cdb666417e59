package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_NETLINK;
import static dev.hawser.socket.Constants.AF_PACKET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of a socket that CPython inherits: it reads the same bytes, or is refused with the same errno. */
@Timeout(60)
class OptionsOfCPythonTest {

    /**
     * What changes between two looks, makes a descriptor, is counted in instructions, or has a length beyond the room that
     * there is, both of which CPython takes for the bytes to return.
     */
    private static final Set<String> LEFT_OUT =
            Set.of("TCP_INFO", "TCP_TIMESTAMP", "SO_PEERPIDFD", "SO_ATTACH_FILTER", "NETLINK_LIST_MEMBERSHIPS");

    /** What cannot be undone, or changes what others are. */
    private static final Set<String> NOT_SET = Set.of("SO_LOCK_FILTER", "IPV6_ADDRFORM");

    private static final Set<Class<?>> SYMMETRIC = Set.of(Boolean.class, Integer.class, Long.class, Duration.class);

    private static final String READER = """
            import socket
            s = socket.socket(fileno=fd)
            for level, option, room in QUESTIONS:
                try:
                    print('=' + s.getsockopt(level, option, room).hex())
                except OSError as e:
                    print(e.errno)
            """;

    /** One getsockopt. */
    private record Question(SocketOption<?> option, int room) {

        String inPython() {
            return "(" + option.level() + ", " + option.option() + ", " + room + ")";
        }
    }

    static Stream<Arguments> sockets() {
        return Stream.of(
                Arguments.of(AF_INET, SOCK_STREAM, 0),
                Arguments.of(AF_INET, SOCK_DGRAM, 0),
                Arguments.of(AF_INET6, SOCK_STREAM, 0),
                Arguments.of(AF_INET6, SOCK_DGRAM, 0),
                Arguments.of(AF_INET, SOCK_RAW, Constants.IPPROTO_ICMP),
                Arguments.of(AF_INET6, SOCK_RAW, Constants.IPPROTO_ICMPV6),
                Arguments.of(AF_UNIX, SOCK_STREAM, 0),
                Arguments.of(AF_UNIX, SOCK_DGRAM, 0),
                Arguments.of(AF_NETLINK, SOCK_RAW, 0),
                Arguments.of(AF_PACKET, SOCK_RAW, 0));
    }

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @MethodSource("sockets")
    void cpythonReadsTheSameBytes(int family, int type, int protocol) throws IOException {
        Path python = Peers.require("python3");
        Socket socket = family == AF_UNIX ? scope.pair(type).first() : Kernel.socket(scope, family, type, protocol);
        List<Question> questions = new ArrayList<>();
        OptionTableTest.all()
                .filter(option -> option.isReadable() && !LEFT_OUT.contains(option.name()))
                .forEach(option -> {
                    setSomething(socket, option);
                    for (int room : new int[] {1, 2, 3, 4, 5, 8, 64, 300}) {
                        questions.add(new Question(option, room));
                    }
                });
        String list = questions.stream().map(Question::inPython).collect(Collectors.joining(",", "[", "]"));

        List<String> answers = InheritingChild.python(
                        python, scope.directory(), socket, "QUESTIONS = " + list + "\n" + READER)
                .lines()
                .toList();

        assertThat(answers).hasSameSizeAs(questions);
        int answered = 0;
        for (int i = 0; i < answers.size(); i++) {
            Question question = questions.get(i);
            assertThat(raw(socket, question)).as("%s", question).isEqualTo(answers.get(i));
            if (answers.get(i).startsWith("=")) {
                answered++;
                assertTyped(socket, question, answers.get(i));
            }
        }
        assertThat(answered).isGreaterThan(100);
    }

    private static String raw(Socket socket, Question question) throws IOException {
        try {
            SocketOption<?> option = question.option;
            return "=" + HexFormat.of().formatHex(socket.getSockOpt(option.level(), option.option(), question.room));
        } catch (SocketFailedException e) {
            return Integer.toString(e.errno());
        }
    }

    /** The value with a type has the same bytes, where it has as many in either direction. */
    private static <T> void assertTyped(Socket socket, Question question, String bytes) throws IOException {
        @SuppressWarnings("unchecked") // of whatever type: it goes back to the option that it came from
        SocketOption<T> option = (SocketOption<T>) question.option;
        if (option.isWritable() && question.room == option.maxBytes() && SYMMETRIC.contains(option.type())) {
            try (Arena arena = Arena.ofConfined()) {
                byte[] encoded = option.encode(socket.getSockOpt(option), arena);
                assertThat("=" + HexFormat.of().formatHex(encoded))
                        .as("%s", option)
                        .isEqualTo(bytes);
            }
        }
    }

    /** Sets another value than the default; the kernel may refuse. */
    private static <T> void setSomething(Socket socket, SocketOption<T> option) {
        if (option.isWritable() && !NOT_SET.contains(option.name()) && SYMMETRIC.contains(option.type())) {
            try {
                socket.setSockOpt(option, OptionTableTest.valuesOf(option).getFirst());
            } catch (IOException e) {
                // This socket has no such option, or this user may not set it: it is read all the same.
            }
        }
    }
}
