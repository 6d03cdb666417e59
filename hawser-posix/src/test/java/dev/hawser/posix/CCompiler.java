package dev.hawser.posix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A C compiler of this machine, so that a test can ask the C headers and the C library themselves. */
record CCompiler(String command, Path directory, List<String> options) {

    static CCompiler require(Path directory, String command) throws InterruptedException {
        return require(directory, command, List.of());
    }

    /**
     * Finds a compiler on the PATH; what it compiles goes into the directory. Headers that it does not find elsewhere, it
     * looks for in the last directories. Without a compiler, the test is skipped.
     */
    static CCompiler require(Path directory, String command, List<String> lastDirectories) throws InterruptedException {
        assumeTrue(Abi.unsupported() == null, "the C headers of a supported platform are needed");
        String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        assumeTrue(
                Stream.of(path).anyMatch(entry -> Files.isExecutable(Path.of(entry, command))),
                () -> "no " + command + " on the PATH");
        List<String> options = lastDirectories.stream()
                .flatMap(last -> Stream.of("-idirafter", last))
                .toList();
        CCompiler compiler = new CCompiler(command, directory, options);
        assumeTrue(compiler.hasHeader("sys/socket.h"), () -> command + " has no C headers to compile with");
        return compiler;
    }

    /** Compiles, but neither assembles nor runs, so that any target will do, and gives the lines of assembly. */
    List<String> assembly(String source) throws IOException, InterruptedException {
        return Files.readAllLines(compile(source, "-S"));
    }

    /** Compiles, links and runs in the C locale, and gives the lines that the program prints. */
    List<String> run(String source) throws IOException, InterruptedException {
        return execute(List.of(compile(source).toString()));
    }

    /** A cross compiler may come without the C library of its target. */
    boolean hasHeader(String header) throws InterruptedException {
        try {
            compile("#include <" + header + ">\n", "-fsyntax-only");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path compile(String source, String... flags) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile(directory, "program", ".c"), source);
        Path result = Path.of(file + ".out");
        List<String> call = new ArrayList<>(List.of(command, "-o", result.toString(), file.toString()));
        call.addAll(options);
        call.addAll(List.of(flags));
        execute(call);
        return result;
    }

    /** Lets the output go into a file, so that neither side can wait for the other. */
    private List<String> execute(List<String> call) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(call).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        int status = builder.start().waitFor();
        List<String> lines = Files.readAllLines(output);
        if (status != 0) {
            throw new IOException(call + " ended with " + status + ":\n" + String.join("\n", lines));
        }
        return lines;
    }
}
