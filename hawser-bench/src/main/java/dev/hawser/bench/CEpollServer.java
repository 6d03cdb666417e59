package dev.hawser.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        Path source = workshop.directory().resolve(SOURCE);
        Path program = workshop.directory().resolve(NAME);
        if (Files.exists(program)) {
            return List.of(program.toString());
        }
        try (InputStream text = CEpollServer.class.getResourceAsStream(SOURCE)) {
            if (text == null) {
                throw new IOException("resource " + SOURCE + " is missing");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        }
        var compiled = Commands.run(List.of("gcc", "-O2", "-o", program.toString(), source.toString()));
        if (compiled.exitCode() != 0) {
            throw new UnavailableException("gcc failed: " + compiled.lastLine());
        }
        return List.of(program.toString());
    }
}
