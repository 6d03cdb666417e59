package dev.hawser.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A child process that has the inheritable descriptors of this one. Java's own ProcessBuilder closes all descriptors of the
 * child; system(3) leaves that to the flags.
 */
final class InheritingChild {

    private InheritingChild() {}

    /** Runs a command of the shell: its status, as wait(2) has it. */
    @SuppressWarnings("restricted")
    static int run(String command) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle system = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("system"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(command);
            return (int) system.invokeExact(text);
        } catch (Throwable t) {
            throw new IOException("system(3) cannot be called", t);
        }
    }

    /**
     * Runs a script of CPython, which finds the socket's descriptor in {@code fd}.
     *
     * @return what it printed, trimmed
     */
    static String python(Path python, Path directory, Socket socket, String script) throws IOException {
        Path program = Files.writeString(directory.resolve("program.py"), "fd = " + socket.fileno() + "\n" + script);
        Path output = directory.resolve("output");
        socket.setInheritable(true);
        int status = run(python + " " + program + " >" + output + " 2>&1");
        String printed = Files.readString(output).trim();
        if (status != 0) {
            throw new AssertionError("CPython ended with status " + status + ": " + printed);
        }
        return printed;
    }
}
