package dev.hawser.reactor;

import dev.hawser.posix.Abi;
import dev.hawser.reactor.Pipes.Pipe;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the child processes of reactors. The JDK starts the process and learns of its exit; its streams are pipes that the loop waits for, where the
 * JDK's would need a thread each.
 *
 * <p>The JDK opens the process's ends anew, by their names in /proc/self/fd: as another open file, so that O_NONBLOCK of this side is none of the
 * process's. All descriptors are close-on-exec from birth, and the JDK's spawn helper closes what there may be besides, so no child holds another's pipe.
 */
final class Processes {

    private Processes() {}

    static ProcessTransport spawnProcess(LoopReactor reactor, ProcessProtocol protocol, ProcessOptions options)
            throws IOException {
        reactor.requireThread();
        List<Pipe> pipes = new ArrayList<>(3);
        try {
            for (int i = 0; i < 3; i++) {
                pipes.add(Pipe.open());
            }
            ChildProcess child = new ChildProcess(
                    reactor,
                    protocol,
                    pipes.get(0).input(),
                    pipes.get(1).output(),
                    pipes.get(2).output());
            child.begin(start(options, pipes));
            return child;
        } catch (IOException | RuntimeException | Error e) {
            pipes.forEach(Pipe::close);
            throw e;
        }
    }

    private static Process start(ProcessOptions options, List<Pipe> pipes) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(options.command())
                .redirectInput(Redirect.from(file(pipes.get(0).output())))
                .redirectOutput(Redirect.to(file(pipes.get(1).input())))
                .redirectError(Redirect.to(file(pipes.get(2).input())));
        Map<String, String> environment = options.environment();
        if (environment != null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        Path directory = options.directory();
        Process process =
                builder.directory(directory == null ? null : directory.toFile()).start();
        // As long as this process had them, the pipes had no end.
        pipes.get(0).output().close();
        pipes.get(1).input().close();
        pipes.get(2).input().close();
        return process;
    }

    private static File file(PipeEnd end) {
        return new File("/proc/self/fd/" + end.fileno());
    }

    /** The number of a signal. */
    static int signal(String name) {
        String constant = "SIG" + name;
        if (!Abi.has(constant)) {
            throw new IllegalArgumentException(
                    "give the name of a signal without SIG, such as TERM, KILL or HUP; there is no " + name);
        }
        return Abi.value(constant);
    }
}
