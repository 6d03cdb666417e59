package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** What a server can be of, and how a client asks one something. */
enum ServerKind {
    TCP4,
    TCP6,
    UDP4,
    UDP6,
    UNIX_STREAM,
    UNIX_STREAM_ABSTRACT,
    UNIX_DATAGRAM,
    UNIX_DATAGRAM_ABSTRACT;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A free address to bind to. */
    Sockaddr address(Path directory) {
        return switch (this) {
            case TCP4, UDP4 -> SockaddrIn.of("127.0.0.1", 0);
            case TCP6, UDP6 -> SockaddrIn6.of("::1", 0);
            case UNIX_STREAM, UNIX_DATAGRAM -> SockaddrUn.of(directory.resolve(UUID.randomUUID() + ".sock"));
            case UNIX_STREAM_ABSTRACT, UNIX_DATAGRAM_ABSTRACT -> SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID());
        };
    }

    boolean isUnix() {
        return this == UNIX_STREAM || this == UNIX_STREAM_ABSTRACT || isUnixDatagram();
    }

    private boolean isUnixDatagram() {
        return this == UNIX_DATAGRAM || this == UNIX_DATAGRAM_ABSTRACT;
    }

    boolean isStream() {
        return this != UDP4 && this != UDP6 && !isUnixDatagram();
    }

    /** A connected client. */
    Socket client(Sockaddr server) throws IOException {
        Socket client = new Socket(server.family(), isStream() ? Constants.SOCK_STREAM : Constants.SOCK_DGRAM);
        client.setTimeout(PATIENCE);
        try {
            if (isUnixDatagram()) {
                // An answer needs an address.
                client.bind(SockaddrUn.UNNAMED);
            }
            client.connect(server);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        return client;
    }

    void send(Socket client, String question) throws IOException {
        client.sendAll((isStream() ? question + "\n" : question).getBytes(UTF_8));
    }

    /** The answer; empty where there is none, as the connection has ended. */
    String receive(Socket client) throws IOException {
        return isStream() ? Answers.readLine(client) : new String(client.recv(8192), UTF_8);
    }

    String ask(Sockaddr server, String question) throws IOException {
        try (Socket client = client(server)) {
            send(client, question);
            return receive(client);
        }
    }
}
