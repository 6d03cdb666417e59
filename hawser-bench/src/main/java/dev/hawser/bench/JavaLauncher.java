package dev.hawser.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts a class of this module in a JVM like the one that runs now. */
final class JavaLauncher {
    /**
     * The same for every Java process. One processor, because each is pinned to one core (and where pinning is not
     * possible, none gets more threads than another); a serial collector in a heap of fixed size, because it does no
     * work beside the server's own; IPv4 sockets, because the JDK's would else be IPv6 ones with mapped addresses and
     * take another way through the kernel than the rest.
     */
    static final List<String> FLAGS = List.of(
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=1",
            "-XX:-UsePerfData",
            "-Djava.net.preferIPv4Stack=true");

    private static final String FOREIGN_CALLS_PACKAGE = "dev.hawser.posix";

    private JavaLauncher() {}

    static List<String> command(Class<?> main, String... arguments) {
        return commandWith(List.of(), main, arguments);
    }

    /** With further flags for this one. */
    static List<String> commandWith(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.add("--enable-native-access=" + foreignCaller());
        command.addAll(whereClassesAre());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The module that may call foreign functions: Hawser's own where it is a module, else whatever is on the class path. */
    private static String foreignCaller() {
        return applicationModules()
                .filter(module -> module.getPackages().contains(FOREIGN_CALLS_PACKAGE))
                .map(Module::getName)
                .findFirst()
                .orElse("ALL-UNNAMED");
    }

    private static List<String> whereClassesAre() {
        List<String> options = new ArrayList<>();
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            options.addAll(List.of("--module-path", modulePath, "--add-modules"));
            options.add(
                    String.join(",", applicationModules().map(Module::getName).toList()));
        }
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return options;
    }

    private static Stream<Module> applicationModules() {
        return ModuleLayer.boot().configuration().modules().stream()
                .filter(resolved -> resolved.reference()
                        .location()
                        .filter(location -> !"jrt".equals(location.getScheme()))
                        .isPresent())
                .flatMap(resolved -> ModuleLayer.boot().findModule(resolved.name()).stream());
    }
}
