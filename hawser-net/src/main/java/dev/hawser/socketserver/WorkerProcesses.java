package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.UnixOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Starts worker JVMs. Each connects to a socket of this process, under a name that the kernel chose; whoever else does is turned
 * away.
 */
final class WorkerProcesses<R> implements WorkerStarter<R> {

    private static final Duration REST = Duration.ofMillis(100);

    private final ForkingMixIn<R> server;
    private final Class<?> handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, WorkerProcess<R>> workers = new HashMap<>();
    private @Nullable Socket listener;
    private boolean closed;

    private WorkerProcesses(ForkingMixIn<R> server, Class<?> handler) {
        this.server = server;
        this.handler = handler;
    }

    /**
     * Made by the first request for workers.
     *
     * @throws IllegalArgumentException if a worker could not find the server's handler by its name
     */
    static <R> WorkerProcesses<R> of(ForkingMixIn<R> server) {
        return new WorkerProcesses<>(server, WorkerHandlers.typeOf(server.requestHandler()));
    }

    @Override
    public Worker<R> start(WorkerEvents<R> events) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("no more workers: the server is closed");
            }
            Process process = WorkerCommand.of(handler, listening(), server.workerOptions())
                    .start();
            WorkerProcess<R> worker = new WorkerProcess<>(process, events);
            workers.put(worker.pid(), worker);
            Thread.ofVirtual().name("hawser-worker-" + worker.pid()).start(() -> live(worker));
            return worker;
        } finally {
            lock.unlock();
        }
    }

    private void live(WorkerProcess<R> worker) {
        boolean datagrams = server instanceof DatagramServer;
        int maxPacketSize = server instanceof DatagramServer ofDatagrams ? ofDatagrams.maxPacketSize() : 0;
        worker.live(
                new WorkerMessage.Welcome(server.serverAddress(), datagrams, maxPacketSize),
                datagrams ? server.socket() : null,
                this::forget);
    }

    private void forget(WorkerProcess<R> worker) {
        lock.lock();
        try {
            workers.remove(worker.pid());
        } finally {
            lock.unlock();
        }
    }

    /** Where workers connect to. */
    private SockaddrUn listening() throws IOException {
        Socket socket = listener;
        if (socket == null) {
            socket = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET);
            listener = socket;
            socket.bind(SockaddrUn.UNNAMED);
            socket.listen();
            Socket accepting = socket;
            Thread.ofVirtual().name("hawser-workers").start(() -> accept(accepting));
        }
        return (SockaddrUn) socket.getSockName();
    }

    private void accept(Socket accepting) {
        while (true) {
            try {
                welcome(accepting.accept().socket());
            } catch (SocketClosedException e) {
                return;
            } catch (IOException e) {
                ServerLog.cannotConnectWorker(e);
                rest();
            }
        }
    }

    private void welcome(Socket connection) throws IOException {
        boolean ours = false;
        try {
            int pid = connection.getSockOpt(UnixOptions.SO_PEERCRED).pid();
            WorkerProcess<R> worker = worker(pid);
            ours = worker != null && worker.connected(connection);
            if (!ours) {
                ServerLog.turnedAway(pid);
            }
        } finally {
            if (!ours) {
                connection.close();
            }
        }
    }

    private @Nullable WorkerProcess<R> worker(long pid) {
        lock.lock();
        try {
            return workers.get(pid);
        } finally {
            lock.unlock();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            if (listener != null) {
                listener.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
