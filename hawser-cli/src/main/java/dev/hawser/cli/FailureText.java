package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Style;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.GaiException;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SocketError;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong and what to do about it. */
final class FailureText {

    private FailureText() {}

    static String listening(HostPort where, IOException failure) {
        return switch (failure) {
            case BindFailedException bind -> cannotBind(where, bind);
            case GaiException unknown -> unknownHost(where.host(), unknown);
            default -> "cannot listen on " + where + ": " + failure.getMessage();
        };
    }

    static String listening(SockaddrUn where, IOException failure) {
        // What is found at a path that is taken is told in an exception around the kernel's.
        Throwable told = failure.getCause() instanceof BindFailedException ? failure.getCause() : failure;
        if (!(told instanceof BindFailedException bind)) {
            return "cannot listen on " + where + ": " + failure.getMessage();
        }
        String fix = switch (String.valueOf(bind.errnoName())) {
            case "EADDRINUSE" ->
                mayBeServer(where)
                        ? "stop the server there, or choose another path"
                        : "what is there is no socket, choose another path";
            case "ENOENT" -> "there is no such directory";
            default -> "choose another path";
        };
        return "cannot listen on " + where + ": " + reason(bind) + "; " + fix;
    }

    /** A socket is neither a file nor a directory; an abstract one has no path. */
    private static boolean mayBeServer(SockaddrUn where) {
        return where.isAbstract()
                || !(Files.isRegularFile(Path.of(where.path())) || Files.isDirectory(Path.of(where.path())));
    }

    static String talking(Style style, HostPort server, IOException failure) {
        return switch (failure) {
            case GaiException unknown -> unknownHost(server.host(), unknown);
            case ConnectFailedException refused ->
                "cannot connect to " + server + ": " + reason(refused)
                        + "; start a server there: hawser run time-server" + " --style " + StyleConverter.nameOf(style)
                        + " --listen " + server;
            case ConnectionBrokenException broken ->
                server + " broke the connection: " + reason(broken) + "; see whether the server still runs";
            case SocketTimeoutException late ->
                "no answer from " + server + ": timed out; see whether a time server listens there, or give it a longer"
                        + " --timeout";
            case EOFException ended -> ended.getMessage() + "; see whether the server still runs";
            default -> "talking to " + server + " failed: " + failure.getMessage();
        };
    }

    /** What keeps a server from starting; the address is the kernel's to tell. */
    static String serving(IOException failure) {
        if (failure instanceof BindFailedException bind) {
            return "cannot listen on " + bind.details().local() + ": " + reason(bind) + "; " + fix(bind);
        }
        return failure instanceof GaiException unknown
                ? "cannot serve: there is no such host: " + unknown.getMessage() + "; check its spelling"
                : "cannot serve: " + failure.getMessage();
    }

    /** Talking to an endpoint, which the user has named by a string. */
    static String connecting(String endpoint, boolean connected, IOException failure) {
        Throwable cause =
                failure instanceof ConnectionLost && failure.getCause() != null ? failure.getCause() : failure;
        String reason = cause instanceof SocketError error ? reason(error) : String.valueOf(cause.getMessage());
        if (connected) {
            return "the connection to '" + endpoint + "' broke: " + reason + trustFix(cause);
        }
        String fix = switch (failure) {
            case ConnectFailedException _ -> "; see whether a server listens there";
            case GaiException _ -> "; check the spelling of the host";
            default -> "";
        };
        return "cannot connect to '" + endpoint + "': " + reason + fix;
    }

    /** Whoever knows the server's certificate may say so. */
    private static String trustFix(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "; if you know the server, trust the PEM file of its certificate: add :trustRoots=FILE to the"
                        + " endpoint";
            }
        }
        return "";
    }

    static String getting(URI page, IOException failure) {
        return switch (failure) {
            case GaiException unknown -> unknownHost(page.getHost(), unknown);
            case ConnectFailedException refused ->
                "cannot connect for " + page + ": " + reason(refused) + "; see whether a web server listens there";
            case ConnectionBrokenException broken ->
                "the server of " + page + " broke the connection: " + reason(broken) + "; see whether it still runs";
            case SocketTimeoutException late -> late.getMessage() + "; give it a longer --timeout";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static String cannotBind(HostPort where, BindFailedException failure) {
        return "cannot listen on " + where + ": " + reason(failure) + "; " + fix(failure);
    }

    private static String fix(BindFailedException failure) {
        return switch (String.valueOf(failure.errnoName())) {
            case "EADDRINUSE" -> "stop what listens there, or choose another port (0: any free one)";
            case "EADDRNOTAVAIL" -> "this machine has no such address; 127.0.0.1 is always there";
            case "ENOENT" -> "there is no such directory";
            case "EACCES" ->
                failure.details().local() instanceof SockaddrUn
                        ? "choose a directory that you may write to"
                        : "choose a port from 1024 up, or run with more privileges";
            default -> "choose another address";
        };
    }

    static String unresolved(String host, @Nullable String service, GaiException failure) {
        return "no answer about '" + host + "'" + (service == null ? "" : " and '" + service + "'") + ": "
                + reason(failure) + "; check their spelling, and see whether the options leave any answer";
    }

    private static String unknownHost(String host, GaiException failure) {
        return "unknown host '" + host + "': " + reason(failure)
                + "; check its spelling, or give a number such as 127.0.0.1";
    }

    private static String reason(SocketError failure) {
        return failure.details().reason();
    }
}
