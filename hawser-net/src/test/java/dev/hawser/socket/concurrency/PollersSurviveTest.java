package dev.hawser.socket.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All threads that wait depend on the pollers: nothing may end them, and nothing may keep them from starting. */
class PollersSurviveTest {

    private static final int FAILURES = 10;
    private static final int EXCHANGES = 50;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {60, 90})
    void aFirstWaitWithoutADescriptorLeftFailsAndTheNextOneWorks(int limit) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + limit + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:-UsePerfData",
                        "-cp",
                        jars(),
                        FirstWait.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "no descriptor left: EMFILE",
                        "first wait: EMFILE",
                        "with data: x",
                        "second wait: TimedOutException");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInAPollerEndsNeitherItNorAnyWait(ThreadKind kind) throws Exception {
        try (SocketPair pair = Sockets.socketPair()) {
            pair.first().setTimeout(Duration.ofSeconds(20));
            pair.second().setTimeout(Duration.ofSeconds(20));
            AtomicInteger thrown = new AtomicInteger();
            SystemCalls before = SystemCalls.installed();
            SystemCalls.install(failingPolls(before, thrown));
            try {
                Thread echoing = kind.start(() -> echo(pair.first()));
                for (int i = 0; i < EXCHANGES; i++) {
                    pair.second().sendAll(new byte[] {(byte) i});
                    assertThat(pair.second().recv(1)).containsExactly(i);
                }
                pair.second().shutdown(Constants.SHUT_WR);
                echoing.join();
                assertThat(thrown).hasValueGreaterThan(FAILURES);
            } finally {
                SystemCalls.install(before);
            }
        }
    }

    /** The class path in jars, which stay open: without a descriptor left no class is found in a directory. */
    private String jars() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? jar(path).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private Path jar(Path directory) throws IOException {
        Path jar = Files.createTempFile(temporary, "classes", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static void echo(Socket socket) {
        try {
            for (byte[] data = socket.recv(1); data.length > 0; data = socket.recv(1)) {
                socket.sendAll(data);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SystemCalls failingPolls(SystemCalls real, AtomicInteger thrown) {
        return (SystemCalls) Proxy.newProxyInstance(
                SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("epollWait") && thrown.incrementAndGet() <= FAILURES) {
                        throw new OutOfMemoryError("made up by this test");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
