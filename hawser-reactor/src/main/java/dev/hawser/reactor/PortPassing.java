package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.unix.UnixPath;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a process hands its listening sockets to the one that takes its place. A socket that listens is the kernel's, with its queue of connections: whoever has a descriptor of it may
 * accept, so that there is no moment in which nobody does. This has the sockets of a reactor, under the names of the addresses at which they were asked to listen, for the old process; and for the new
 * one, what it has inherited: whatever listens at such an address takes the socket, and does not know the difference. {@link dev.hawser.reactor.application.Application#hotRestart} does the
 * rest.
 *
 * <p>Only sockets that this reactor has opened itself, or inherited so, are passed on: one of {@link Reactor#adoptStreamPort} is for its giver to give. Port 0 is a name as any other: those who asked for it take
 * the sockets in their order.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits.
 *
 * <h2>Errors</h2>
 * What the kernel refuses.
 *
 * <p>Source: unix(7), SCM_RIGHTS; the seamless reloads of haproxy and nginx.
 */
public final class PortPassing {

    private final LoopReactor loop;
    private final Map<String, ArrayDeque<Socket>> inherited = new HashMap<>();
    private final Closeable unclaimed = this::closeUnclaimed;

    /**
     * A socket that listens.
     *
     * @param name of the family and the address that was asked for
     * @param socket whose it is: the one's who has this
     */
    public record Passed(String name, Socket socket) {}

    PortPassing(LoopReactor loop) {
        this.loop = loop;
    }

    /**
     * What listens.
     *
     * @return the sockets, shared: they listen on, whatever becomes of their ports, until these are closed, too
     * @throws IOException if a port has just been closed
     */
    public List<Passed> share() throws IOException {
        loop.requireThread();
        List<Passed> all = new ArrayList<>();
        for (StreamPort port : loop.streamPorts()) {
            Sockaddr address = port.requested();
            if (address != null) {
                try {
                    all.add(new Passed(nameOf(address), port.share()));
                } catch (IOException e) {
                    close(all);
                    throw e;
                }
            }
        }
        return all;
    }

    private void close(List<Passed> shared) {
        for (Passed each : shared) {
            close(each.socket());
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report("cannot be closed: " + socket, e);
        }
    }

    /**
     * Takes sockets over: what listens at one of their addresses from now on gets the socket instead of a new one.
     *
     * @param sockets belong to the reactor from now on
     */
    public void inherit(List<Passed> sockets) {
        loop.requireThread();
        loop.own(unclaimed);
        for (Passed each : sockets) {
            inherited.computeIfAbsent(each.name(), name -> new ArrayDeque<>()).add(each.socket());
        }
    }

    /**
     * Closes what was inherited, and nobody has listened for.
     *
     * @return how many there were
     */
    public int closeUnclaimed() {
        int count = 0;
        for (ArrayDeque<Socket> each : inherited.values()) {
            for (Socket socket : each) {
                count++;
                close(socket);
            }
        }
        inherited.clear();
        loop.disown(unclaimed);
        return count;
    }

    /** All that was shared listens no more here, and the paths of Unix sockets stay: they are another's. */
    public void release() {
        loop.requireThread();
        for (StreamPort port : loop.streamPorts()) {
            if (port.requested() != null) {
                port.release();
            }
        }
    }

    /**
     * The paths of the Unix sockets that were inherited are this process's from now on: it removes them in the end, and at once those of sockets that nobody has listened for.
     *
     * @throws IOException if one has gone: whoever had it before has removed it, and nobody can connect there any more
     */
    public void ownPaths() throws IOException {
        loop.requireThread();
        for (StreamPort port : loop.streamPorts()) {
            port.ownPath();
        }
        for (ArrayDeque<Socket> sockets : inherited.values()) {
            for (Socket each : sockets) {
                removePath(each);
            }
        }
    }

    private static void removePath(Socket unclaimed) throws IOException {
        UnixPath path = unclaimed.getSockName() instanceof SockaddrUn address ? UnixPath.of(address) : null;
        if (path != null) {
            path.remove();
        }
    }

    /** The socket that was inherited for an address; null where there is none. */
    @Nullable
    Socket take(Sockaddr address) {
        ArrayDeque<Socket> sockets = inherited.get(nameOf(address));
        return sockets == null ? null : sockets.poll();
    }

    private static String nameOf(Sockaddr address) {
        return address.getClass().getSimpleName() + " " + address;
    }
}
