package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that come and go as fast as they can, so that every descriptor number is given out again and again, many
 * of them closed by somebody else at any moment of a call. Each connection carries bytes that are its own, both ways.
 */
final class Churn implements AutoCloseable {

    private static final int CLIENTS_OF_EACH_KIND = 12;
    private static final int MAX_BYTES = 6000;

    private final long seed;
    private final long end;
    private final Opened opened = new Opened();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong cutShort = new AtomicLong();
    private final Set<Long> answered = ConcurrentHashMap.newKeySet();
    private final Duration duration;
    private final Queue<InThread<?>> handlers = new ConcurrentLinkedQueue<>();

    Churn(long seed, Duration duration) {
        this.seed = seed;
        this.duration = duration;
        this.end = System.nanoTime() + duration.toNanos();
    }

    /** Runs to the end: every thread's failure is one of the test. */
    void run() throws Exception {
        Socket tcp = opened.listener(SOCK_STREAM, SockaddrIn.of("0.0.0.0", 0), 128);
        Socket unix = opened.listener(SOCK_STREAM, Opened.unix(), 128);
        List<InThread<?>> acceptors = new ArrayList<>();
        List<InThread<?>> clients = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.values()) {
            acceptors.add(InThread.start(kind, () -> accept(tcp, kind)));
            acceptors.add(InThread.start(kind, () -> accept(unix, kind)));
            for (int i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
                SplittableRandom random = new SplittableRandom(seed + clients.size());
                Sockaddr address = (i % 2 == 0 ? tcp : unix).getSockName();
                clients.add(InThread.start(kind, () -> connectAgainAndAgain(address, random)));
            }
        }
        Await.until(
                "the time is up",
                duration.plus(Await.LONG),
                () -> System.nanoTime() - end > 0 || clients.stream().anyMatch(InThread::isDone));
        for (InThread<?> client : clients) {
            client.result();
        }
        opened.close();
        for (InThread<?> acceptor : acceptors) {
            acceptor.result();
        }
        for (InThread<?> handler : handlers) {
            handler.result();
        }
    }

    /** How many connections carried all of their bytes, both ways. */
    long finished() {
        return finished.get();
    }

    /** How many connections were closed by somebody else before. */
    long cutShort() {
        return cutShort.get();
    }

    private long accept(Socket listener, ThreadKind kind) throws IOException {
        for (long accepted = 0; ; accepted++) {
            try {
                Socket socket = listener.accept().socket();
                SplittableRandom random = new SplittableRandom(seed ^ accepted);
                handlers.add(InThread.start(kind, () -> answer(socket, random)));
                forgetFinished();
            } catch (SocketClosedException e) {
                return accepted;
            }
        }
    }

    /** Keeps the failed ones, to be told at the end. */
    private void forgetFinished() {
        handlers.removeIf(InThread::hasSucceeded);
    }

    private String answer(Socket socket, SplittableRandom random) throws Exception {
        return unlessCutShort(socket, random, () -> {
            long id = Marked.receiveId(socket);
            if (id != -1) {
                if (id < 1 || id > ids.get() || !answered.add(id)) {
                    throw new AssertionError("nobody, or somebody else, is connection " + id);
                }
                Marked.receive(socket, id, MAX_BYTES, random);
                Marked.send(socket, ~id, MAX_BYTES, random);
            }
            return "answered";
        });
    }

    private String connectAgainAndAgain(Sockaddr address, SplittableRandom random) throws Exception {
        while (System.nanoTime() - end < 0) {
            long id = ids.incrementAndGet();
            Socket socket = new Socket(address instanceof SockaddrIn ? AF_INET : AF_UNIX, SOCK_STREAM);
            unlessCutShort(socket, random, () -> {
                socket.connect(near(address, id));
                Marked.send(socket, id, MAX_BYTES, random);
                if (Marked.receiveId(socket) == ~id && Marked.receive(socket, ~id, MAX_BYTES, random) == MAX_BYTES) {
                    finished.incrementAndGet();
                }
                return "done";
            });
        }
        return "all done";
    }

    /** Makes the calls while, for some, another thread closes the socket. */
    private String unlessCutShort(Socket socket, SplittableRandom random, Callable<String> calls) throws Exception {
        InThread<?> closer = random.nextInt(3) == 0 ? closeSoon(socket, random.split()) : null;
        try (socket) {
            return calls.call();
        } catch (SocketClosedException | ConnectionBrokenException e) {
            cutShort.incrementAndGet();
            return "cut short";
        } finally {
            if (closer != null) {
                closer.result();
            }
        }
    }

    private static InThread<?> closeSoon(Socket socket, SplittableRandom random) {
        return InThread.start(ThreadKind.of(random.nextInt()), () -> {
            for (int spin = random.nextInt(30_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            socket.close();
            return "closed";
        });
    }

    /** One of many addresses of this host, so that the ports do not run out. */
    private static Sockaddr near(Sockaddr address, long id) {
        return address instanceof SockaddrIn in ? SockaddrIn.of("127.0.0." + (1 + id % 250), in.port()) : address;
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
