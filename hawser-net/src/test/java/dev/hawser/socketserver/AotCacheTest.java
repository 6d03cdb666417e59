package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache of classes that makes workers start quickly. */
@Timeout(120)
class AotCacheTest {

    @TempDir
    private Path temporary;

    private Path directory;
    private Path jar;

    @BeforeEach
    void aJar() throws IOException {
        directory = temporary.resolve("cache");
        jar = Files.createFile(temporary.resolve("some.jar"));
    }

    @Test
    void aRehearsalMakesACacheThatWorkersUse() throws Exception {
        writeClassesOfHawser();
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path old = Files.createFile(directory.resolve("worker-old.aot"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        try (AotCache cache = AotCache.in(directory, command())) {
            assertThat(cache.options()).isEmpty();
            cache.train(command());
            patiently().until(() -> !cache.options().isEmpty());
            patiently().until(() -> Files.notExists(old));
            assertThat(files()).hasSize(1);

            Path file = Path.of(cache.options().getFirst().replace("-XX:AOTCache=", ""));
            assertThat(mapped(cache)).contains(file.toRealPath().toString());
        }
    }

    /** What a worker with the cache has in its memory. */
    private String mapped(AotCache cache) throws Exception {
        try (Socket listener = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET)) {
            listener.setTimeout(Duration.ofSeconds(60));
            listener.bind(SockaddrUn.UNNAMED);
            listener.listen();
            Process worker = command().start(listener.getSockName(), cache.options());
            try {
                Socket link = listener.accept().socket();
                String maps = Files.readString(Path.of("/proc/" + worker.pid() + "/maps"));
                link.close();
                return maps;
            } finally {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aRehearsalThatFailsIsNotRepeatedOnThatDay() throws Exception {
        try (AotCache cache = AotCache.in(directory, command())) {
            cache.train(command());
            patiently().until(() -> files().size() == 1 && files().getFirst().startsWith("worker-"));
            assertThat(cache.options()).isEmpty();
        }
        Path mark = directory.resolve(files().getFirst());
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        try (AotCache again = AotCache.in(directory, command())) {
            again.train(command());
            assertThat(files()).hasSize(1);
            Files.setLastModifiedTime(mark, yesterday);
        }
        try (AotCache nextDay = AotCache.in(directory, command())) {
            nextDay.train(command());
            patiently().until(() -> Files.getLastModifiedTime(mark).compareTo(yesterday) > 0);
        }
    }

    @Test
    void aRehearsalEndsWithItsServerAndLeavesNothing() throws Exception {
        writeClassesOfHawser();
        try (AotCache cache = AotCache.in(directory, command())) {
            cache.train(command());
            assertThat(files()).singleElement().asString().startsWith("unfinished-");
        }
        assertThat(files()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aServerThatEndsSoonHasNoRehearsal() throws Exception {
        try (AotCache cache = AotCache.in(directory, command())) {
            cache.trainLater(command(), Duration.ofDays(1));
        }
        assertThat(files()).isEmpty();
        try (AotCache cache = AotCache.in(directory, command())) {
            cache.trainLater(command(), Duration.ZERO);
            patiently().until(() -> !files().isEmpty());
        }
    }

    @Test
    void whatAServerThatWasKilledHasLeftUnfinishedGoesWithTheNextOne() throws Exception {
        Files.createDirectory(directory);
        List<Path> old = List.of(
                Files.createFile(directory.resolve("unfinished-1.aot")),
                Files.createFile(directory.resolve("unfinished-1.aot.config")));
        for (Path file : old) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        Path another = Files.createFile(directory.resolve("unfinished-2.aot"));
        try (AotCache cache = AotCache.in(directory, command())) {
            cache.train(command());
            assertThat(old).noneMatch(Files::exists);
        }
        assertThat(another).exists();
    }

    @Test
    void theUsersDirectoryForCachesIsUsedAndOffMeansNone() {
        assertThat(AotCache.directory("", "", "/home/x")).isEqualTo(Path.of("/home/x/.cache/hawser"));
        assertThat(AotCache.directory("", "/var/x", "/home/x")).isEqualTo(Path.of("/var/x/hawser"));
        assertThat(AotCache.directory("", "relative", "/home/x")).isEqualTo(Path.of("/home/x/.cache/hawser"));
        assertThat(AotCache.directory("", "", "?")).isNull();
        assertThat(AotCache.directory("", "", "")).isNull();
        assertThat(AotCache.directory("off", "/var/x", "/home/x")).isNull();
        assertThat(AotCache.directory("some/where", "/var/x", "/home/x")).isEqualTo(Path.of("some/where"));
    }

    @Test
    void whoeverHasNoCacheStartsWithoutOptionsAndMakesNone() throws Exception {
        System.setProperty("hawser.aotCache", "off");
        try (AotCache cache = AotCache.of(command())) {
            cache.train(command());
            assertThat(cache.options()).isEmpty();
        } finally {
            System.clearProperty("hawser.aotCache");
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryThatOthersCouldPutAnotherInPlaceOfIsNotUsed() throws Exception {
        Path open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (AotCache cache = AotCache.in(open.resolve("cache"), command())) {
            cache.train(command());
            assertThat(open.resolve("cache")).isEmptyDirectory();
        }
        Path link = Files.createSymbolicLink(temporary.resolve("link"), open.resolve("cache"));
        try (AotCache cache = AotCache.in(link, command())) {
            cache.train(command());
            assertThat(link).isEmptyDirectory();
        }
    }

    @Test
    void aRehearsalThatCannotBeStartedLeavesNoFile() throws Exception {
        WorkerCommand impossible =
                new WorkerCommand(List.of("-Dx=\0"), List.of(jar), List.of(), WorkerRehearsal.Answer.class.getName());
        try (AotCache cache = AotCache.in(directory, impossible)) {
            cache.train(impossible);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void anotherJarOrAnotherOptionIsAnotherCache() throws Exception {
        String first = name(command());
        assertThat(name(command())).isEqualTo(first);
        assertThat(name(new WorkerCommand(List.of("-Xss2m"), List.of(jar), List.of(), "X")))
                .isNotEqualTo(first);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        assertThat(name(command())).isNotEqualTo(first);
    }

    private String name(WorkerCommand command) throws IOException {
        try (AotCache cache = AotCache.in(directory, command)) {
            return cache.name();
        }
    }

    @Test
    void aDirectoryThatOthersCanWriteIsNotUsed() throws Exception {
        try (AotCache cache = AotCache.in(directory, command())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            Files.writeString(directory.resolve(cache.name()), "not empty");
            assertThat(cache.options()).isNotEmpty();
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (AotCache cache = AotCache.in(directory, command())) {
            assertThat(cache.options()).isEmpty();
            cache.train(command());
            assertThat(files()).hasSize(1);
        }
    }

    @Test
    void classesInDirectoriesHaveNoCache() throws Exception {
        assertThat(new WorkerCommand(List.of(), List.of(jar), List.of(), "X").canBeCached())
                .isTrue();
        assertThat(new WorkerCommand(List.of(), List.of(jar, temporary), List.of(), "X").canBeCached())
                .isFalse();
        assertThat(new WorkerCommand(List.of(), List.of(jar), List.of(temporary), "X").canBeCached())
                .isTrue();
        Files.createFile(temporary.resolve("module-info.class"));
        assertThat(new WorkerCommand(List.of(), List.of(jar), List.of(temporary), "X").canBeCached())
                .isFalse();
    }

    @Test
    void aBrokenCacheIsPassedOverInSilence() throws Exception {
        writeClassesOfHawser();
        try (AotCache cache = AotCache.in(directory, command())) {
            Files.writeString(directory.resolve(cache.name()), "no cache at all");
            assertThat(cache.options()).isNotEmpty();
            assertThat(mapped(cache)).doesNotContain(cache.name());
        }
    }

    /** A rehearsal takes some seconds of CPU time. */
    private static ConditionFactory patiently() {
        return eventually().atMost(Duration.ofMinutes(1));
    }

    private WorkerCommand command() {
        return new WorkerCommand(
                List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", jar.toString()),
                List.of(jar),
                List.of(),
                WorkerRehearsal.Answer.class.getName());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Those of other modules are in a jar already where the build has come so far. */
    private void writeClassesOfHawser() throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                if (part.endsWith(".jar")) {
                    try (FileSystem files = FileSystems.newFileSystem(Path.of(part))) {
                        write(files.getPath("/"), entries);
                    }
                } else {
                    write(Path.of(part), entries);
                }
            }
        }
    }

    private static void write(Path root, JarOutputStream entries) throws IOException {
        if (Stream.of("posix", "netpoll").noneMatch(name -> Files.isDirectory(root.resolve("dev/hawser/" + name)))) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(AotCacheTest::isClass).toList()) {
                entries.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.toString().endsWith("-info.class");
    }
}
