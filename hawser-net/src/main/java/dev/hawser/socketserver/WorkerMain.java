package dev.hawser.socketserver;

import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.UnixOptions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The main class of a worker process. It knows its server by the address in its command, and by the number of its process. */
final class WorkerMain {

    /** In place of an address: the process shows what a worker does, so that the JVM can remember it. */
    static final String REHEARSAL = "--rehearse";

    /** How long what the handlers have left behind may hold up the end of a worker. */
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private WorkerMain() {}

    /** Takes the address of the server, its process, and the class of the handler; or {@link #REHEARSAL}, and that class. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals(REHEARSAL)) {
            WorkerRehearsal.run(args[1]);
            return;
        }
        // A group of its own: Ctrl-C in a terminal ends the server, which ends its workers as it likes.
        SystemCalls.installed().setPgid(0, 0);
        int status = 1;
        try {
            status = serve(Sockaddr.parse(args[0]), Long.parseLong(args[1]), args[2]);
        } catch (ConnectionBrokenException e) {
            // The server has gone.
        } catch (ConnectFailedException e) {
            boolean orphan = ProcessHandle.current()
                    .parent()
                    .filter(parent -> parent.pid() == Long.parseLong(args[1]))
                    .isEmpty();
            if (!orphan) {
                tell(args[1], e);
            }
        } catch (Throwable e) {
            tell(args[1], e);
        }
        leave(status);
    }

    @SuppressWarnings("SystemOut") // what goes wrong before there is a connection has nowhere else to go
    private static void tell(String process, Throwable failure) {
        System.err.println("a worker of process " + process + " has failed: " + failure);
    }

    /** The connection is never closed but by the end of the process, which is what tells the server. */
    static int serve(Sockaddr server, long process, String handler) throws IOException {
        Socket control = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET);
        control.connect(server);
        if (control.getSockOpt(UnixOptions.SO_PEERCRED).pid() != process) {
            throw new IOException(server + " is not its socket");
        }
        WorkerLink link = new WorkerLink(control);
        link.haltWhenItBreaks();
        return WorkerLoop.run(link, handler);
    }

    /** Ends this process with its shutdown hooks; without them where they take too long. */
    static void leave(int status) {
        Thread.ofPlatform().daemon().name("hawser-worker-end").start(() -> {
            LockSupport.parkNanos(LEAVE_NANOS);
            Runtime.getRuntime().halt(status);
        });
        System.exit(status);
    }
}
