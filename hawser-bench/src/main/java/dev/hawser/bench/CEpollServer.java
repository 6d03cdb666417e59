package dev.hawser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What C can do on this machine, the mark that the others are held against; compiled when the bench starts. */
record CEpollServer() implements ServerProgram {
    static final String NAME = "c-epoll";
    private static final String SOURCE = "echo_epoll.c";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> command(Workshop workshop) throws IOException, UnavailableException {
        if (!Commands.isOnPath("gcc")) {
            throw new UnavailableException("no gcc on PATH");
        }
        Path program = workshop.directory().resolve(NAME);
        if (Files.exists(program)) {
            return List.of(program.toString());
        }
        Path source = workshop.file(SOURCE);
        var compiled = Commands.run(List.of("gcc", "-O2", "-o", program.toString(), source.toString()));
        if (compiled.exitCode() != 0) {
            throw new UnavailableException("gcc failed: " + compiled.lastLine());
        }
        return List.of(program.toString());
    }
}
