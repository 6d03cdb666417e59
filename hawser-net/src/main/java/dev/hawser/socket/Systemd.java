package dev.hawser.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service and systemd, or any other manager that keeps the same protocol, have to say to each other: the sockets
 * that the manager has opened for it, and how it is. It is all in environment variables and one datagram socket; no
 * library of systemd is needed, and where no manager asks for anything, nothing happens.
 *
 * <h2>Threading</h2>
 * Safe from any thread. The sockets are handed out once in the life of the process.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #notify(String)} waits, for as long as the default timeout allows, while the manager's queue is full. Nothing else
 * waits.
 *
 * <h2>Errors</h2>
 * An environment variable that makes no sense is an {@link IllegalStateException} that names it, its value, and what was
 * expected. What the kernel refuses is a {@link SocketError}.
 *
 * <h2>Platform notes</h2>
 * The manager names the process that the sockets are for in LISTEN_PID: a script that starts Java must {@code exec} it.
 * Java cannot change its environment, so child processes see the variables, too; they are not meant, and can tell by
 * LISTEN_PID and WATCHDOG_PID.
 *
 * <p>Source: sd_listen_fds(3), sd_notify(3), sd_watchdog_enabled(3), sd_booted(3).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="systemd"}
 */
public final class Systemd {

    private static final ServiceManager MANAGER =
            new ServiceManager(System.getenv(), ProcessHandle.current().pid());

    private static boolean taken;

    private Systemd() {}

    /**
     * The sockets that the manager passed to this process, sd_listen_fds_with_names(3). They belong to the caller, have
     * the default timeout, and are close-on-exec and non-blocking from now on: {@code accept} on those that listen.
     * Descriptors that are no sockets, which units may ask for as well, are refused.
     *
     * @return the sockets in the order of the unit's lines; none where no manager passed any, where those in the
     *     environment are another process's, and at every call but the first that succeeds
     * @throws IllegalStateException if LISTEN_PID, LISTEN_FDS or LISTEN_FDNAMES makes no sense
     * @throws IOException if a descriptor is not open, EBADF, or no socket, ENOTSOCK: then none is taken
     */
    public static synchronized List<ListenFd> listenFds() throws IOException {
        if (taken) {
            return List.of();
        }
        List<ListenFd> sockets = MANAGER.listenFds();
        taken = true;
        return sockets;
    }

    /**
     * Tells the manager how the service is, sd_notify(3). Lines of {@code NAME=VALUE} such as {@code READY=1},
     * {@code STATUS=42 clients}, {@code STOPPING=1}, {@code RELOADING=1} (with {@code MONOTONIC_USEC=}), {@code WATCHDOG=1},
     * {@code MAINPID=4711}, {@code EXTEND_TIMEOUT_USEC=}.
     *
     * @param state one or more lines, with a newline between them
     * @return false where no manager listens, NOTIFY_SOCKET being unset
     * @throws IllegalStateException if NOTIFY_SOCKET is neither an absolute path nor a name after {@code @}
     * @throws IOException if the manager cannot be reached
     */
    public static boolean notify(String state) throws IOException {
        return MANAGER.notify(state);
    }

    /**
     * Tells the manager how the service is, and gives it sockets to keep while the service is started again, which then
     * gets them from {@link #listenFds}: {@code FDSTORE=1}, and with {@code FDNAME=} the name that they come back with. The
     * unit must have {@code FileDescriptorStoreMax=}.
     *
     * @param state one or more lines, {@code FDSTORE=1} among them, with a newline between them
     * @param store the sockets, at most 253; they stay open here
     * @return false where no manager listens, NOTIFY_SOCKET being unset
     * @throws IllegalArgumentException if one of the sockets is closed
     * @throws IllegalStateException if NOTIFY_SOCKET is neither an absolute path nor a name after {@code @}
     * @throws IOException if the manager cannot be reached
     */
    public static boolean notify(String state, Socket... store) throws IOException {
        return MANAGER.notify(state, store);
    }

    /**
     * How often the manager wants to hear {@code WATCHDOG=1}, sd_watchdog_enabled(3). Send it about twice as often.
     *
     * @return the time after which a silent service is taken for dead; null where nobody watches this process
     * @throws IllegalStateException if WATCHDOG_USEC or WATCHDOG_PID makes no sense
     */
    public static @Nullable Duration watchdogInterval() {
        return MANAGER.watchdogInterval();
    }

    /**
     * Whether this machine was booted by systemd, sd_booted(3). A service needs not ask: all else here works by what the
     * environment says.
     *
     * @return whether systemd is the machine's init
     */
    public static boolean booted() {
        return Files.isDirectory(Path.of("/run/systemd/system"), LinkOption.NOFOLLOW_LINKS);
    }
}
