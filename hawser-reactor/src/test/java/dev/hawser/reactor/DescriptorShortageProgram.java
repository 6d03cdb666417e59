package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.socket.Errno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;

/** For {@link DescriptorPeersTest}: is passed two descriptors where there is room for one, first by who wants to know, then by who does not say. */
final class DescriptorShortageProgram {

    private static final Deque<Integer> FILLERS = new ArrayDeque<>();

    private DescriptorShortageProgram() {}

    private static class Plain extends Protocol implements FileDescriptorReceiver {

        final CountDownLatch done = new CountDownLatch(1);
        private final AtomicBoolean quiet;

        Plain(AtomicBoolean quiet) {
            this.quiet = quiet;
        }

        final void tell(String what) {
            if (!quiet.get()) {
                say(what);
            }
        }

        @Override
        public void fileDescriptorsReceived(PassedDescriptors descriptors) {
            tell("got " + descriptors.count());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            tell("data");
            done.countDown();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            String message = String.valueOf(reason.getMessage());
            tell("the end: " + message.substring(0, Math.min(message.length(), 35)));
            done.countDown();
        }
    }

    private static final class Aware extends Plain {

        Aware(AtomicBoolean quiet) {
            super(quiet);
        }

        @Override
        public void fileDescriptorsLost() {
            tell("lost some");
        }
    }

    /** Throws for whatever comes. */
    private static final class Refusing extends Plain {

        Refusing(AtomicBoolean quiet) {
            super(quiet);
        }

        @Override
        public void fileDescriptorsReceived(PassedDescriptors descriptors) {
            super.fileDescriptorsReceived(descriptors);
            fileDescriptorsLost();
        }
    }

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        AtomicBoolean quiet = new AtomicBoolean(true);
        loadWhatIsNeeded(quiet);
        try (RunningReactor running = RunningReactor.open()) {
            quiet.set(false);
            pass(running, new Aware(quiet), true);
            pass(running, new Plain(quiet), true);
            quiet.set(true);
        }
    }

    /** A class cannot be loaded later, without a descriptor. */
    private static void loadWhatIsNeeded(AtomicBoolean quiet) throws Exception {
        try (Faults faults = Faults.install();
                RunningReactor running = RunningReactor.open()) {
            pass(running, new Aware(quiet), false);
            pass(running, new Refusing(quiet), false);
            faults.on("fcntl").times(1).fail(Errno.EMFILE);
            useUp();
            release();
        }
    }

    private static void pass(RunningReactor running, Plain protocol, boolean shortage) throws Exception {
        SocketPair pair = Sockets.socketPair();
        running.call(() -> running.reactor().adoptStreamConnection(pair.second().detach(), Factory.of(() -> protocol)));
        if (shortage) {
            useUp();
            Sockets.close(FILLERS.remove());
        }
        int fd = pair.first().fileno();
        pair.first().sendFds("x".getBytes(US_ASCII), fd, fd);
        protocol.done.await();
        release();
        pair.first().close();
        running.awaitTurns(3);
    }

    private static void release() throws IOException {
        while (!FILLERS.isEmpty()) {
            Sockets.close(FILLERS.remove());
        }
    }

    @SuppressWarnings("SystemOut") // that is what it is for
    private static void say(String line) {
        System.out.println(line);
    }

    private static void useUp() throws IOException {
        while (true) {
            try {
                FILLERS.add(Sockets.dup(0));
            } catch (IOException e) {
                if (e instanceof SocketError error && error.errno() == Errno.EMFILE) {
                    return;
                }
                throw e;
            }
        }
    }
}
