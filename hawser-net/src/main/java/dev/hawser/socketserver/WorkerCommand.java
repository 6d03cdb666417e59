package dev.hawser.socketserver;

import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Sockaddr;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that starts a JVM with the classes of this one.
 *
 * @param options of the JVM
 * @param arguments of {@link WorkerMain}
 */
record WorkerCommand(List<String> options, List<String> arguments) {

    private static final Class<?> MAIN = WorkerMain.class;

    /** With these, the launcher would give a worker what was meant for this process: a debugger's port, or all the memory. */
    private static final List<String> OPTIONS_OF_ALL_JVMS =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    static WorkerCommand of(Class<?> handler, Sockaddr parent, List<String> options) {
        List<String> all = new ArrayList<>();
        // Its file in the directory for temporary files would be left over when the worker is killed.
        all.add("-XX:-UsePerfData");
        all.addAll(classes(handler));
        all.add("--enable-native-access=" + nativeAccess());
        all.addAll(ownProperties());
        all.addAll(options);
        String pid = Long.toString(ProcessHandle.current().pid());
        return new WorkerCommand(all, List.of(parent.toString(), pid, handler.getName()));
    }

    Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        if (MAIN.getModule().isNamed()) {
            command.add("-m");
            command.add(MAIN.getModule().getName() + "/" + MAIN.getName());
        } else {
            command.add(MAIN.getName());
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(OPTIONS_OF_ALL_JVMS);
        return builder.start();
    }

    private static List<String> classes(Class<?> handler) {
        List<String> options = new ArrayList<>();
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            options.addAll(List.of("--module-path", modulePath));
        }
        Set<String> modules =
                applicationModules().map(Module::getName).collect(Collectors.toCollection(LinkedHashSet::new));
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
