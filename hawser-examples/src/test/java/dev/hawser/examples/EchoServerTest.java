package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoServerTest {

    @Test
    void echoesToSeveralClientsAtOnce() throws IOException {
        Process server = start();
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String[] words = output.readLine().split(" ", 3);
            Sockaddr address = Sockaddr.parse(words[2]);
            try (Socket first = connect(address);
                    Socket second = connect(address)) {
                assertThat(ask(second, "two")).isEqualTo("two");
                assertThat(ask(first, "one")).isEqualTo("one");
            }
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void theReadmeShowsThisVeryServer() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8, readme.indexOf("```\n\nIt is"));
        List<String> source = Files.readAllLines(Path.of("src/main/java/dev/hawser/examples/EchoServer.java")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> lines =
                shown.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        assertThat(lines).hasSizeGreaterThan(15);
        assertThat(source).containsSubsequence(lines);
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoServer.class.getName(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Socket connect(Sockaddr address) throws IOException {
        Socket socket = new Socket(address.family(), Constants.SOCK_STREAM);
        socket.connect(address);
        return socket;
    }

    private static String ask(Socket socket, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        socket.sendAll(sent);
        byte[] answer = socket.recv(sent.length, Constants.MSG_WAITALL);
        return new String(answer, StandardCharsets.UTF_8);
    }
}
