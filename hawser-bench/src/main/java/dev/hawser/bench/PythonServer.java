package dev.hawser.bench;

import java.io.IOException;
import java.util.List;

/**
 * A server of CPython's {@code socketserver}.
 *
 * @param name in the reports
 * @param type the class in {@code socketserver}
 */
record PythonServer(String name, String type) implements ServerProgram {
    private static final String PYTHON = "python3";

    @Override
    public List<String> command(Workshop workshop) throws IOException, UnavailableException {
        if (!Commands.isOnPath(PYTHON)) {
            throw new UnavailableException("no python3 on PATH");
        }
        return List.of(PYTHON, workshop.file("line_server.py").toString(), type, Integer.toString(PortServer.BACKLOG));
    }
}
