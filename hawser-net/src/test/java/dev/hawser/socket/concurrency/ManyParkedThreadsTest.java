package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand virtual threads wait in {@code recv}, on two carriers. They live in a process of their own, so that each
 * end of a connection counts against another process's limit of descriptors.
 */
class ManyParkedThreadsTest {

    private static final int CLIENTS = 10_000;
    private static final int CARRIERS = 2;
    private static final int OTHER_DESCRIPTORS = 200;
    private static final Path LIMITS = Path.of("/proc/self/limits");

    @AutoClose
    private final Opened opened = new Opened();

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void tenThousandThreadsWaitOnTwoCarriersAndEachGetsItsOwnAnswer() throws Exception {
        requireDescriptors(CLIENTS + OTHER_DESCRIPTORS);
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 4096);
        Process clients = start(((SockaddrIn) listener.getSockName()).port());
        try (BufferedReader output = new BufferedReader(new InputStreamReader(clients.getInputStream(), UTF_8))) {
            Socket[] byNumber = accept(listener);
            assertThat(output.readLine()).isEqualTo("parked");
            List<Integer> numbers =
                    new ArrayList<>(IntStream.range(0, CLIENTS).boxed().toList());
            Collections.shuffle(numbers, new Random(1));
            for (int number : numbers) {
                byNumber[number].sendAll(ParkedClients.answer(number));
            }
            assertThat(output.readLine()).isEqualTo("answered " + CLIENTS + " on " + CARRIERS + " carriers");
            assertThat(clients.waitFor()).isZero();
        } finally {
            clients.destroyForcibly().waitFor();
        }
    }

    private Socket[] accept(Socket listener) throws IOException {
        Socket[] byNumber = new Socket[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = opened.add(listener.accept().socket());
            byNumber[ByteBuffer.wrap(socket.recv(Integer.BYTES, MSG_WAITALL)).getInt()] = socket;
        }
        assertThat(byNumber).doesNotContainNull();
        return byNumber;
    }

    private static Process start(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS,
                        "-Djdk.virtualThreadScheduler.maxPoolSize=" + CARRIERS,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParkedClients.class.getName(),
                        Integer.toString(port),
                        Integer.toString(CLIENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The JVM raises its soft limit to the hard one. */
    private static void requireDescriptors(int needed) throws IOException {
        Matcher limits = Pattern.compile("Max open files +\\w+ +(\\w+)").matcher(Files.readString(LIMITS));
        assertThat(limits.find()).isTrue();
        String limit = limits.group(1);
        boolean enough = limit.equals("unlimited") || Long.parseLong(limit) >= needed;
        String reason = "needs " + needed + " descriptors, the limit is " + limit + ": see ulimit -n";
        if (System.getenv("CI") == null) {
            assumeTrue(enough, reason);
        }
        assertThat(enough).as(reason).isTrue();
    }
}
