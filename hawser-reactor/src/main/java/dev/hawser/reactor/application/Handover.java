package dev.hawser.reactor.application;

import dev.hawser.reactor.PortPassing.Passed;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Privileges;
import dev.hawser.socket.ReceivedMessage;
import dev.hawser.socket.Socket;
import dev.hawser.socket.UnixOptions;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a process and its successor say to each other, on a Unix stream socket:
 * <pre>
 * old: "HAWSER" 1                     who it is, and the version of this
 * old: 'P' fd, length (2), name       a socket that listens, as often as there are; the descriptor comes with the P
 * old: 'C' fd                         the control socket itself, last
 * new: 'R'                            it serves
 * old: 'D'                            it accepts no more, and the paths are the new one's
 * old: 'N' instead of the D           it cannot leave, and serves on: the new one ends
 * </pre>
 * Numbers are big-endian. The end of the stream before the R changes nothing; instead of the D it says that the old one is no more.
 *
 * <p>Whichever of the two is slow or dies, one of them serves in the end, and not both: the old one leaves if, and only if, the D has gone into the stream; and the new one that is tired of
 * waiting shuts the stream down first, after which no D can be sent, and then looks whether one was.
 */
final class Handover {

    /** How long one waits for the other, but for the start of the new one. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long the old one waits for the new one's R. */
    static final Duration START = Duration.ofMinutes(2);

    static final byte READY = 'R';
    static final byte DONE = 'D';
    static final byte REFUSED = 'N';

    private static final byte PORT = 'P';
    private static final byte CONTROL = 'C';
    private static final byte[] HELLO = {'H', 'A', 'W', 'S', 'E', 'R', 1};
    private static final int MOST_PORTS = 1_000;
    private static final int LONGEST_NAME = 512;

    private Handover() {}

    /** What the old one sends: closed by whoever has it. */
    record Offer(List<Passed> ports, Socket control) {

        void close() throws IOException {
            for (Passed each : ports) {
                each.socket().close();
            }
            control.close();
        }
    }

    /** Only the same user, or root, may have the sockets, or give them; what else is trusted is given. */
    static PeerCredentials requireTrusted(Socket peer, int alsoTrusted) throws IOException {
        PeerCredentials credentials = peer.getSockOpt(UnixOptions.SO_PEERCRED);
        int uid = credentials.uid();
        if (uid != 0 && uid != Privileges.effectiveUserId() && uid != alsoTrusted) {
            throw new IOException("process " + credentials.pid() + " of user " + uid + " is not trusted");
        }
        return credentials;
    }

    static void send(Socket peer, Offer offer) throws IOException {
        peer.sendAll(HELLO);
        for (Passed each : offer.ports()) {
            byte[] name = each.name().getBytes(StandardCharsets.UTF_8);
            peer.sendFds(new byte[] {PORT}, each.socket().fileno());
            peer.sendAll(new byte[] {(byte) (name.length >> 8), (byte) name.length});
            peer.sendAll(name);
        }
        peer.sendFds(new byte[] {CONTROL}, offer.control().fileno());
    }

    static Offer receive(Socket peer) throws IOException {
        byte[] hello = receive(peer, HELLO.length);
        if (!Arrays.equals(hello, HELLO)) {
            throw new IOException("the process at the control socket speaks another language: " + Arrays.toString(hello)
                    + "; stop it, and start this one anew");
        }
        List<Passed> ports = new ArrayList<>();
        try {
            while (true) {
                Tagged next = receiveTagged(peer);
                if (next.tag() == CONTROL) {
                    return new Offer(List.copyOf(ports), next.socket());
                }
                ports.add(named(peer, next.socket()));
                if (ports.size() > MOST_PORTS) {
                    throw new IOException("more than " + MOST_PORTS + " sockets are too many");
                }
            }
        } catch (IOException | RuntimeException e) {
            for (Passed each : ports) {
                each.socket().close();
            }
            throw e;
        }
    }

    /** A socket, and what it is for. */
    private record Tagged(byte tag, Socket socket) {}

    private static Tagged receiveTagged(Socket peer) throws IOException {
        try (ReceivedMessage message = peer.recvFds(1, 1, 0)) {
            byte[] tag = message.data();
            if (tag.length == 0) {
                throw new EOFException("the process before has ended in the middle of what it passes");
            }
            if ((tag[0] != PORT && tag[0] != CONTROL) || message.descriptors().count() != 1) {
                throw new IOException("the process before sends what is no socket: " + tag[0]);
            }
            return new Tagged(tag[0], message.descriptors().takeSocket(0));
        }
    }

    private static Passed named(Socket peer, Socket socket) throws IOException {
        try {
            byte[] length = receive(peer, 2);
            int bytes = (length[0] & 0xff) << 8 | (length[1] & 0xff);
            if (bytes > LONGEST_NAME) {
                throw new IOException("a name of " + bytes + " bytes is too long");
            }
            return new Passed(new String(receive(peer, bytes), StandardCharsets.UTF_8), socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static byte[] receive(Socket peer, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; ) {
            byte[] part = peer.recv(count - at);
            if (part.length == 0) {
                throw new EOFException("the process before has ended in the middle of what it passes");
            }
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
        }
        return bytes;
    }
}
