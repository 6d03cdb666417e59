package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the arguments: one line that names it, and exit code 2. */
class WrongUsageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            dmo                                      | unknown 'dmo', did you mean demo?; see hawser --help
            --verison                                | unknown '--verison', did you mean --version?; see hawser --help
            demo tcp again                           | unknown 'again'; see hawser demo --help
            demo sctp                                | there is no style 'sctp': write tcp, udp, socketserver, forking or reactor; see
            demo --style sctp                        | there is no style 'sctp': write tcp, udp, socketserver, forking or reactor; see
            demo --style tcp udp                     | unknown 'udp'; see hawser demo --help
            demo tcp --style udp                     | hawser: STYLE, --style=STYLE are mutually exclusive (specify only one); see
            run time-server --style sctp             | there is no style 'sctp': write tcp, udp, socketserver, forking or reactor; see
            run time-server --listen foo             | 'foo' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run time-server --listen 127.0.0.1:99999 | '127.0.0.1:99999': the port is a number from 0 to 65535; see
            run time-server --listen ::1:80          | '::1:80': write an IPv6 address in brackets, such as [::1]:21567; see
            run time-server --listen                 | Missing required parameter for option '--listen' (HOST:PORT); see
            run asyncore-echo-server --listen foo    | 'foo' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run chat-room --members 0                | '0' is not a count, such as 100, from 1 to 999999; see hawser run chat-room
            run chat-room --listen 127.0.0.1         | '127.0.0.1' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run asyncore-http-client                 | Missing required parameter: 'URL'; see hawser run asyncore-http-client
            run asyncore-http-client ftp://localhost | 'ftp://localhost': write http://HOST[:PORT]/PATH, such as http://
            run asyncore-http-client http://h --timeout 0 | '0' is not a number of seconds, such as 2 or 0.5, up to 86400; see
            run key-value-server --listen @          | '@' is not a path, such as /tmp/a.sock, nor a name, such as @a; see
            run key-value-server --entries many      | 'many' is not a count, such as 100, from 1 to 999999; see
            run dns-server --listen 53               | '53' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run prefork-server --workers 0           | '0' is not a number of workers, such as 4, from 1 to 99; see
            run prefork-server --workers 100         | '100' is not a number of workers, such as 4, from 1 to 99; see
            run reactor-chat-room --members 0        | '0' is not a count, such as 100, from 1 to 999999; see hawser run reactor-chat
            run port-forward                         | Missing required option: '--to=HOST:PORT'; see hawser run port-forward --help
            run port-forward --to 80                 | '80' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run port-forward --to 127.0.0.1:0        | '127.0.0.1:0': to connect to, give a host, and a port from 1, such as
            run port-forward --to :80                | ':80': to connect to, give a host, and a port from 1, such as
            run udp-echo --listen 7                  | '7' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            run supervise                            | Missing required parameter: 'PROGRAM'; see hawser run supervise --help
            run supervise --grace 0 true             | '0' is not a number of seconds, such as 2 or 0.5, up to 86400; see
            run supervise --respawn true             | unknown '--respawn'
            run time-client --connect bar            | 'bar' has no port: write HOST:PORT, such as 127.0.0.1:21567; see
            resolve                                  | Missing required parameter: 'HOST'; see hawser resolve --help
            resolve a b c                            | unknown 'c'; see hawser resolve --help
            resolve a --family ipx                   | there is no family 'ipx': write any, inet or inet6; see
            resolve a --type tcp                     | there is no type 'tcp': write any, stream, dgram or raw; see
            resolve a --flags passive,canon          | there is no flag 'canon': write passive, canonname,
            resolve a --timeout 0                    | '0' is not a number of seconds, such as 2 or 0.5, up to 86400; see
            run time-client --timeout 0              | '0' is not a number of seconds, such as 2 or 0.5, up to 86400; see
            run time-client --timeout soon           | 'soon' is not a number of seconds, such as 2 or 0.5, up to 86400; see
            sockets -tq                              | unknown
            doctor --jsn                             | unknown '--jsn', did you mean
            serve                                    | Missing required parameter: 'SERVICE'; see hawser serve --help
            serve ecco                               | there is no service 'ecco': write time, echo, discard, chargen, daytime, qotd,
            serve echo --idle-timeout 10             | '10' has no unit: write 10s, 500ms, 2m or 1h; see hawser serve --help
            serve echo --idle-timeout 0s             | --idle-timeout 0 would close every connection at once: leave it
            serve echo --idle-timeout soon           | 'soon' is no time: write 10s, 500ms, 2m or 1h; see hawser serve --help
            serve echo --graceful 169h               | '169h' is too long: a week, 168h, is the longest; see
            serve echo --graceful -1s                | '-1s' is no time: write 10s, 500ms, 2m or 1h; see
            serve echo --limit-connections 0         | '0' is not a count, such as 100, from 1 to 999999; see
            serve echo --to tcp:localhost:1          | --to is for port-forward alone; see hawser serve --help
            serve port-forward                       | port-forward needs --to ENDPOINT, such as --to tcp:example.org:80; see
            serve echo --quote x                     | --quote is for qotd alone; see hawser serve --help
            serve echo --listen tpc:7                | '>>>tpc:7':
            serve echo --metrics tpc:7               | '>>>tpc:7':
            serve port-forward --to tpc:7            | '>>>tpc:7':
            connect                                  | Missing required parameter: 'ENDPOINT'; see hawser connect --help
            connect tpc:localhost:7                  | '>>>tpc:localhost:7':
            connect tcp:localhost:7 --raw --crlf     | --raw and --crlf exclude each other; see hawser connect --help
            """)
    void isToldInOneLine(String arguments, String message) {
        Captured run = Captured.run("", arguments.split(" "));
        assertThat(run.err()).startsWith("hawser: ").contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "bench"})
    void whereACommandIsMissingTheChoiceIsShown(String group) {
        Captured run = Captured.run("", group);
        assertThat(run.err())
                .startsWith("Which command?\nUsage: hawser " + group)
                .contains("Commands:");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void everyCommandHelps() {
        for (String command : List.of(
                "demo",
                "run",
                "run time-server",
                "run time-client",
                "run asyncore-echo-server",
                "run asyncore-http-client",
                "run chat-room",
                "run key-value-server",
                "run dns-server",
                "run prefork-server",
                "run reactor-chat-room",
                "run number-game",
                "run port-forward",
                "run udp-echo",
                "run supervise",
                "sockets",
                "resolve",
                "doctor",
                "serve",
                "connect",
                "generate-completion",
                "bench")) {
            Captured run = Captured.run("", (command + " --help").split(" "));
            assertThat(run.out()).startsWith("Usage: hawser " + command).contains("Exit codes:");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
    }
}
