package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketOptions;
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
final class WorkerProcesses<R> implements WorkerStarter<R>, WorkerProcess.Owner<R> {

    private static final Duration REST = Duration.ofMillis(100);

    private final ForkingMixIn<R> server;
    private final WorkerCommand command;
    private final AotCache cache;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, WorkerProcess<R>> workers = new HashMap<>();
    private @Nullable Socket listener;
    private boolean closed;

    private WorkerProcesses(ForkingMixIn<R> server, WorkerCommand command) {
        this.server = server;
        this.command = command;
        this.cache = AotCache.of(command);
    }

    /**
     * Made by the first request for workers.
     *
     * @throws IllegalArgumentException if a worker could not find the server's handler by its name
     */
    static <R> WorkerProcesses<R> of(ForkingMixIn<R> server) {
        Class<?> handler = WorkerHandlers.typeOf(server.requestHandler());
        return new WorkerProcesses<>(server, WorkerCommand.of(handler, server.workerOptions()));
    }

    @Override
    public Worker<R> start(WorkerEvents<R> events) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("no more workers: the server is closed");
            }
            WorkerProcess<R> worker = new WorkerProcess<>(command.start(listening(), cache.options()), this, events);
            workers.put(worker.pid(), worker);
            Thread.ofVirtual().name("hawser-worker-" + worker.pid()).start(worker::live);
            return worker;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public WorkerMessage.Welcome welcome() {
        int maxPacketSize = server instanceof DatagramServer ofDatagrams ? ofDatagrams.maxPacketSize() : 0;
        return new WorkerMessage.Welcome(server.serverAddress(), server instanceof DatagramServer, maxPacketSize);
    }

    @Override
    public @Nullable Socket shared() {
        return server instanceof DatagramServer ? server.socket() : null;
    }

    @Override
    public void started() {
        cache.trainLater(command, AotCache.PATIENCE);
    }

    @Override
    public void reaped(WorkerProcess<R> worker) {
        lock.lock();
        try {
            // Its number may be another worker's already.
            workers.remove(worker.pid(), worker);
        } finally {
            lock.unlock();
        }
    }

    /** Where workers connect to. */
    SockaddrUn listening() throws IOException {
        Socket socket = listener;
        if (socket == null) {
            socket = listen();
            listener = socket;
            Socket accepting = socket;
            Thread.ofVirtual().name("hawser-workers").start(() -> accept(accepting));
        }
        return (SockaddrUn) socket.getSockName();
    }

    private static Socket listen() throws IOException {
        Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET);
        try {
            socket.bind(SockaddrUn.UNNAMED);
            socket.listen();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Goes on whatever happens: without it no worker would ever connect again. */
    private void accept(Socket accepting) {
        boolean reported = false;
        while (!accepting.isClosed()) {
            try {
                takeIn(accepting.accept().socket());
                reported = false;
            } catch (SocketClosedException e) {
                return;
            } catch (Throwable e) {
                if (!reported) {
                    ServerLog.cannotConnectWorker(e);
                }
                reported = true;
                rest();
            }
        }
    }

    private void takeIn(Socket connection) throws IOException {
        boolean ours = false;
        try {
            int pid = connection.getSockOpt(UnixOptions.SO_PEERCRED).pid();
            WorkerProcess<R> worker = worker(pid);
            makeRoom(connection);
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

    /** For the longest request: a packet is sent whole, and without waiting. */
    private void makeRoom(Socket connection) throws IOException {
        int bytes = WorkerMessage.MAX_REQUEST_BYTES + welcome().maxPacketSize();
        if (connection.getSockOpt(SocketOptions.SO_SNDBUF) < 2 * bytes) {
            connection.setSockOpt(SocketOptions.SO_SNDBUF, bytes);
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
        cache.close();
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
