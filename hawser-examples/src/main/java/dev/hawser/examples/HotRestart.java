package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.ReceivedMessage;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.UnixOptions;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server whose successor takes its place without a connection refused: the two are processes of their own, and the old
 * one passes the listening socket itself to the new one, over a Unix socket (SCM_RIGHTS, unix(7)).
 *
 * <p>Start it twice with the same arguments. The second asks at the Unix socket whether somebody is there before it, gets
 * the listening socket, and says so. From that moment the first accepts no more: it finishes the conversations that it has
 * and ends. The queue of connections belongs to the listening socket, so whoever is in it, or comes while neither
 * accepts, just waits a little. A successor that dies before it has said so has changed nothing.
 *
 * <p>What the server does besides is to send each line back, with the number of its process before it.
 */
public final class HotRestart implements Closeable {

    /** How long one of the two waits for the other. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrintStream log;
    private final SockaddrUn control;
    private final Socket listener;
    private final Socket successors;

    /** Takes the listening socket over from the process at the control address; opens one where there is none. */
    public HotRestart(Sockaddr address, SockaddrUn control, PrintStream log) throws IOException {
        this.log = log;
        this.control = control;
        Socket inherited = takeOver();
        listener = inherited != null ? inherited : Sockets.createServer(address);
        try {
            Files.deleteIfExists(Path.of(control.path())); // of a process that crashed
            successors = Sockets.createServer(control);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        log.println(me() + (inherited != null ? " took over " : " listens on ") + listener.getSockName());
    }

    /** Serves on {@code HOST:PORT}, the first argument; the second is the path of the control socket, in a safe place. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: HotRestart HOST:PORT CONTROL-SOCKET");
        }
        Sockaddr address = HostPort.parse(args[0]).toSockaddr();
        new HotRestart(address, SockaddrUn.of(args[1]), System.out).serve();
    }

    /** The listening socket of the process before, or null where there is none. */
    private @Nullable Socket takeOver() throws IOException {
        try (Socket predecessor = new Socket(AF_UNIX, SOCK_STREAM)) {
            predecessor.setTimeout(PATIENCE);
            predecessor.connect(control);
            Socket inherited = receive(predecessor);
            predecessor.sendAll(new byte[] {1}); // from here on it is ours
            predecessor.recv(1); // the end: the predecessor has left the control address
            return inherited;
        } catch (ConnectFailedException nobody) {
            return null;
        }
    }

    private static Socket receive(Socket predecessor) throws IOException {
        try (ReceivedMessage message = predecessor.recvFds(1, 1, 0)) {
            if (message.descriptors().count() != 1) {
                throw new EOFException("the process before sent no socket");
            }
            return message.descriptors().takeSocket(0);
        }
    }

    /** Serves until a successor has taken over and the last conversation has ended. */
    public void serve() throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) { // its close waits for them all
            threads.execute(this::awaitSuccessor);
            while (true) {
                Socket peer = listener.accept().socket();
                threads.execute(() -> talk(peer));
            }
        } catch (SocketClosedException e) {
            log.println(me() + " has served");
        }
    }

    private void awaitSuccessor() {
        boolean replaced = false;
        while (!replaced) {
            try (Socket successor = successors.accept().socket()) {
                successor.setTimeout(PATIENCE);
                replaced = isTrusted(successor) && handOver(successor);
            } catch (SocketClosedException e) {
                return;
            } catch (IOException e) {
                log.println(me() + " goes on: " + e.getMessage());
            }
        }
    }

    /** Only the same user may have the socket. */
    private static boolean isTrusted(Socket successor) throws IOException {
        PeerCredentials peer = successor.getSockOpt(UnixOptions.SO_PEERCRED);
        Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return me.equals(peer.uid());
    }

    /** Passes the listening socket on: true where the successor has it. */
    private boolean handOver(Socket successor) throws IOException {
        successor.sendFds(new byte[] {0}, listener.fileno());
        if (successor.recv(1).length == 0) {
            log.println(me() + " goes on: the successor has left");
            return false;
        }
        Files.deleteIfExists(Path.of(control.path()));
        close();
        return true;
    }

    private static void talk(Socket peer) {
        try (peer;
                BufferedReader reader = peer.makeFileReader(StandardCharsets.UTF_8);
                Writer writer = peer.makeFileWriter(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(me() + ": " + line + "\n");
                writer.flush();
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static String me() {
        return "process " + ProcessHandle.current().pid();
    }

    /** Accepts no more. The kernel's socket lives on in a successor that has it. */
    @Override
    public void close() throws IOException {
        successors.close();
        listener.close();
    }
}
