package dev.hawser.tls;

import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/** Tells with each failure what was tried, and between whom. */
final class TlsErrors {

    private TlsErrors() {}

    static ErrorDetails details(String operation, Socket socket, String reason) {
        return details(operation, local(socket), remote(socket), reason);
    }

    private static ErrorDetails details(
            String operation, @Nullable Sockaddr local, @Nullable Sockaddr remote, String reason) {
        return new ErrorDetails(operation, "tls", local, remote, null, 0, reason);
    }

    static ErrorDetails truncation(String operation, @Nullable Sockaddr local, @Nullable Sockaddr remote) {
        String reason = "the peer closed the connection without a close_notify: data may be missing";
        return details(operation, local, remote, reason);
    }

    static TlsTruncatedException truncated(String operation, Socket socket) {
        return new TlsTruncatedException(truncation(operation, local(socket), remote(socket)));
    }

    /** The same exception, by type, that says more. */
    static SSLException of(String operation, Socket socket, @Nullable String host, SSLException reason) {
        return of(operation, local(socket), remote(socket), host, reason);
    }

    static SSLException of(
            String operation,
            @Nullable Sockaddr local,
            @Nullable Sockaddr remote,
            @Nullable String host,
            SSLException reason) {
        String who = host == null ? "the peer" : host;
        String text = isAboutCertificate(reason)
                ? "the certificate of " + who + " is not accepted: " + text(reason)
                : text(reason) + (host == null ? "" : " (of " + host + ")");
        return like(reason, details(operation, local, remote, text).message());
    }

    /** A failure that is told once more, to another caller. */
    static SSLException again(SSLException before) {
        return like(before, String.valueOf(before.getMessage()));
    }

    private static SSLException like(SSLException reason, String message) {
        SSLException same = switch (reason) {
            case SSLHandshakeException _ -> new SSLHandshakeException(message);
            case SSLProtocolException _ -> new SSLProtocolException(message);
            case SSLPeerUnverifiedException _ -> new SSLPeerUnverifiedException(message);
            case SSLKeyException _ -> new SSLKeyException(message);
            default -> new SSLException(message);
        };
        same.initCause(reason);
        return same;
    }

    private static boolean isAboutCertificate(Throwable reason) {
        for (Throwable cause = reason.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    /** The message and that of the first cause, which has the reason where the JDK's outer ones say "failed". */
    private static String text(Throwable reason) {
        String message = String.valueOf(reason.getMessage());
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String first = root.getMessage();
        return first == null || message.contains(first) ? message : message + ": " + first;
    }

    private static @Nullable Sockaddr local(Socket socket) {
        try {
            return socket.getSockName();
        } catch (IOException unknown) {
            return null;
        }
    }

    private static @Nullable Sockaddr remote(Socket socket) {
        try {
            return socket.getPeerName();
        } catch (IOException unknown) {
            return null;
        }
    }
}
