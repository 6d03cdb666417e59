package dev.hawser.socketserver;

import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Sockaddr;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that starts a JVM with the classes of this one.
 *
 * @param options of the JVM
 * @param classPath the same that is among the options
 * @param modulePath the same that is among the options
 * @param handler the class that handles requests
 */
record WorkerCommand(List<String> options, List<Path> classPath, List<Path> modulePath, String handler) {

    private static final Class<?> MAIN = WorkerMain.class;

    /** With these, the launcher would give a worker what was meant for this process: a debugger's port, or all the memory. */
    private static final List<String> OPTIONS_OF_ALL_JVMS =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /** The kernel takes 128 KiB in one argument; a character has up to three bytes, or two have four. */
    private static final int MAX_ARGUMENT_CHARS = 128 * 1024 / 3;

    static WorkerCommand of(Class<?> handler, List<String> options) {
        List<String> all = new ArrayList<>();
        // Its file in the directory for temporary files would be left over when the worker is killed.
        all.add("-XX:-UsePerfData");
        all.addAll(classes(handler));
        all.add("--enable-native-access=" + nativeAccess());
        all.addAll(ownProperties());
        all.addAll(options);
        return new WorkerCommand(all, paths("java.class.path"), paths("jdk.module.path"), handler.getName());
    }

    /** Starts a worker, which will connect to the address. */
    Process start(Sockaddr parent, List<String> cache) throws IOException {
        return start(java(cache, parent.toString(), ownPid(), handler), Redirect.INHERIT);
    }

    /** Starts a process that does what a worker does, in silence, and ends. */
    Process rehearse(String cache) throws IOException {
        return start(java(List.of(cache), WorkerMain.REHEARSAL, handler), Redirect.DISCARD);
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** Whether the JVM can have a cache of the classes: it refuses those in directories. */
    boolean canBeCached() {
        return classPath.stream().noneMatch(Files::isDirectory)
                && modulePath.stream().noneMatch(path -> Files.exists(path.resolve("module-info.class")));
    }

    /** Where the classes are. */
    List<Path> paths() {
        return Stream.concat(classPath.stream(), modulePath.stream()).toList();
    }

    private List<String> java(List<String> cache, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(cache);
        command.addAll(options);
        if (MAIN.getModule().isNamed()) {
            command.add("-m");
            command.add(MAIN.getModule().getName() + "/" + MAIN.getName());
        } else {
            command.add(MAIN.getName());
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(List<String> command, Redirect output) throws IOException {
        boolean fits = command.stream().allMatch(argument -> argument.length() < MAX_ARGUMENT_CHARS);
        ProcessBuilder builder = new ProcessBuilder(fits ? command : List.of(command.getFirst(), "@/dev/stdin"))
                .redirectInput(fits ? Redirect.from(new File("/dev/null")) : Redirect.PIPE)
                .redirectOutput(output)
                .redirectError(output);
        builder.environment().keySet().removeAll(OPTIONS_OF_ALL_JVMS);
        if (isWorkingDirectoryGone()) {
            builder.directory(existing(new File(System.getProperty("user.dir"))));
        }
        byte[] input = fits ? new byte[0] : text(command.subList(1, command.size()));
        Process process = builder.start();
        if (!fits) {
            tell(process, input);
        }
        return process;
    }

    private static boolean isWorkingDirectoryGone() {
        try {
            return Files.notExists(Files.readSymbolicLink(Path.of("/proc/self/cwd")));
        } catch (IOException e) {
            return false; // without /proc nobody knows
        }
    }

    /** No JVM starts where there is nothing: the working directory was removed, and perhaps there is another one in its place. */
    private static File existing(File directory) {
        return directory.isDirectory() ? directory : new File("/");
    }

    /** As what the launcher reads at its start. */
    private static byte[] text(List<String> arguments) {
        return arguments.stream()
                .map(WorkerCommand::quoted)
                .collect(Collectors.joining("\n"))
                .getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
    }

    /** That may be more than a pipe holds, and the process may never read it. */
    private static void tell(Process process, byte[] text) {
        boolean told = false;
        try {
            Thread.ofPlatform().daemon().name("hawser-worker-arguments").start(() -> {
                try (OutputStream input = process.getOutputStream()) {
                    input.write(text);
                } catch (IOException e) {
                    // It has ended, which is told by its status.
                }
            });
            told = true;
        } finally {
            if (!told) {
                process.destroyForcibly();
            }
        }
    }

    private static String quoted(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** An empty part means the working directory. What cannot be a path in this locale is none for a worker either. */
    private static List<Path> paths(String property) {
        String paths = System.getProperty(property, "");
        List<Path> all = new ArrayList<>();
        for (String path : paths.isEmpty() ? new String[0] : paths.split(File.pathSeparator, -1)) {
            try {
                all.add(Path.of(path));
            } catch (InvalidPathException e) {
                ServerLog.noPath(path, e);
            }
        }
        return List.copyOf(all);
    }

    /** In the same order in each run, so that the same cache is found. */
    private static List<String> classes(Class<?> handler) {
        List<String> options = new ArrayList<>();
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            options.addAll(List.of("--module-path", modulePath));
        }
        Set<String> modules = applicationModules().map(Module::getName).collect(Collectors.toCollection(TreeSet::new));
        if (handler.getModule().isNamed()) {
            modules.add(handler.getModule().getName());
        }
        if (!modules.isEmpty()) {
            options.addAll(List.of("--add-modules", String.join(",", modules)));
        }
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            options.addAll(List.of("-cp", classPath));
        }
        return options;
    }

    /** Hawser's own, wherever it is, and whoever else has it. */
    private static String nativeAccess() {
        Module own = SystemCalls.class.getModule();
        Module classPath = ClassLoader.getSystemClassLoader().getUnnamedModule();
        return Stream.concat(
                        Stream.of(own),
                        Stream.concat(applicationModules(), Stream.of(classPath))
                                .filter(Module::isNativeAccessEnabled))
                .map(module -> module.isNamed() ? module.getName() : "ALL-UNNAMED")
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Stream<Module> applicationModules() {
        return ModuleLayer.boot().configuration().modules().stream()
                .filter(resolved -> resolved.reference()
                        .location()
                        .filter(location -> !"jrt".equals(location.getScheme()))
                        .isPresent())
                .flatMap(resolved -> ModuleLayer.boot().findModule(resolved.name()).stream());
    }

    /** What Hawser was told here holds for it there. */
    private static List<String> ownProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("hawser."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .sorted()
                .toList();
    }
}
