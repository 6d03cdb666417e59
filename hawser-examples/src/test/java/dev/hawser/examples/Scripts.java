package dev.hawser.examples;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The classic servers and clients, in Python. */
final class Scripts {

    private Scripts() {}

    static Peer client(Style style, HostPort server) throws IOException, InterruptedException {
        require(style);
        return run(prefix(style) + "_clt.py", server.host(), Integer.toString(server.port()));
    }

    /** Starts a server on a free port; its first line tells which. */
    static Peer server(Style style) throws IOException, InterruptedException {
        require(style);
        return run(prefix(style) + "_srv.py", "0");
    }

    private static void require(Style style) throws IOException, InterruptedException {
        if (style == Style.REACTOR) {
            Peers.requirePythonModule("twisted");
        }
    }

    private static String prefix(Style style) {
        return switch (style) {
            case TCP -> "time";
            case UDP -> "tu";
            case SOCKETSERVER, FORKING -> "ts";
            case REACTOR -> "tw";
        };
    }

    /** The address of a server that was just started. */
    static HostPort addressOf(Peer server) {
        return HostPort.parse("127.0.0.1:" + server.readLine().replace("listening on ", ""));
    }

    /** Where a script lies. */
    static String path(String script) {
        URL found = Objects.requireNonNull(Scripts.class.getResource(script), script);
        try {
            return Path.of(found.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Peer run(String script, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-u", path(script)));
        all.addAll(List.of(arguments));
        return Peers.start("python3", all.toArray(String[]::new));
    }
}
