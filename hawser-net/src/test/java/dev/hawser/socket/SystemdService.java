package dev.hawser.socket;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A service, for tests to start as a process of its own: prints what it was passed, answers one connection or datagram on
 * each, and tells its manager.
 */
final class SystemdService {

    private SystemdService() {}

    public static void main(String[] args) throws Exception {
        List<ListenFd> passed = Systemd.listenFds();
        System.out.println(
                passed.size() + " sockets, then " + Systemd.listenFds().size());
        System.out.println("notified: " + Systemd.notify("READY=1\nSTATUS=网"));
        System.out.println("watchdog: " + Systemd.watchdogInterval());
        for (ListenFd each : passed) {
            try (Socket socket = each.socket()) {
                System.out.println(each.name() + " " + socket.fileno() + " " + socket.type() + " "
                        + socket.getSockName() + (socket.getInheritable() ? " inherited" : ""));
                answer(socket);
            }
        }
    }

    private static void answer(Socket socket) throws Exception {
        if (socket.type() == Constants.SOCK_DGRAM) {
            Received received = socket.recvFrom(100);
            System.out.println("received " + new String(received.data(), StandardCharsets.UTF_8));
        } else {
            try (Socket peer = socket.accept().socket()) {
                peer.sendAll(("through " + socket.fileno() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
