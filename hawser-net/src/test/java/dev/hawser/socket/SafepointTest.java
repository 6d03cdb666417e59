package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_NETLINK;
import static dev.hawser.socket.Constants.NETLINK_ROUTE;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls in which the kernel takes the lock of the network configuration hold up no safepoint meanwhile. */
@Timeout(30)
class SafepointTest {

    /** Notes of each transfer whether it may take long. */
    private static final class Transferring implements SystemCalls {

        private final List<String> calls = new ArrayList<>();

        @Override
        public long send(int fd, MemorySegment buffer, int flags) {
            calls.add("send");
            return SystemCalls.super.send(fd, buffer, flags);
        }

        @Override
        public long recv(int fd, MemorySegment buffer, int flags) {
            calls.add("recv");
            return SystemCalls.super.recv(fd, buffer, flags);
        }

        @Override
        public long sendTo(
                int fd, MemorySegment buffer, int flags, MemorySegment address, int addressLength, boolean takesLong) {
            calls.add("sendTo " + takesLong);
            return SystemCalls.super.sendTo(fd, buffer, flags, address, addressLength, takesLong);
        }

        @Override
        public long recvFrom(
                int fd,
                MemorySegment buffer,
                int flags,
                MemorySegment address,
                MemorySegment addressLength,
                boolean takesLong) {
            calls.add("recvFrom " + takesLong);
            return SystemCalls.super.recvFrom(fd, buffer, flags, address, addressLength, takesLong);
        }
    }

    @Test
    void requestsToTheNetworkConfigurationTakeTheirTime() throws IOException {
        Transferring transferring = new Transferring();
        SystemCalls before = SystemCalls.install(transferring);
        try (Socket socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)) {
            byte[] nothing = CBytes.ints(16, 1 << 16 | 1, 7, 0); // NLMSG_NOOP, NLM_F_REQUEST: nobody answers
            socket.connect(SockaddrNl.KERNEL);
            socket.setBlocking(false);
            assertThat(socket.send(nothing)).isEqualTo(16);
            socket.sendAll(nothing);
            assertThat(socket.sendTo(nothing, SockaddrNl.KERNEL)).isEqualTo(16);
            assertThrowsExactly(WouldBlockException.class, () -> socket.recv(100));
            assertThrowsExactly(WouldBlockException.class, () -> socket.recvFrom(100));
        } finally {
            SystemCalls.install(before);
        }
        assertThat(transferring.calls)
                .containsExactly("sendTo true", "sendTo true", "sendTo true", "recvFrom true", "recvFrom true");
    }
}
