package dev.hawser.reactor;

import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.ReceivedMessageInto;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Descriptors that come with a connection's bytes. A connection whose protocol wants none makes no call for them, and the kernel closes what comes. */
final class DescriptorPassing {

    /** SCM_MAX_FD of the kernel: no message has more. */
    static final int MOST_AT_ONCE = 253;

    /** For as many as a message may have, so that none is lost for want of room. */
    private static final int CONTROL_BYTES = Sockets.cmsgSpace(MOST_AT_ONCE * Integer.BYTES);

    private DescriptorPassing() {}

    static boolean isWantedBy(Protocol protocol) {
        return protocol instanceof FileDescriptorReceiver receiver && receiver.takesFileDescriptors();
    }

    /** One receive, with what came with its bytes; the caller owns that. */
    static ReceivedMessageInto receive(Socket socket, MemorySegment memory) throws IOException {
        return socket.recvMsgInto(List.of(memory), CONTROL_BYTES, 0);
    }

    /** Tells a protocol of descriptors, if any: false where it has thrown. What it does not take is still the caller's. */
    static boolean tell(WriteFlow.Owner owner, Protocol protocol, PassedDescriptors passed, boolean truncated) {
        if (protocol instanceof FileDescriptorReceiver receiver) {
            try {
                if (truncated) {
                    receiver.fileDescriptorsLost();
                }
                if (passed.count() > 0) {
                    receiver.fileDescriptorsReceived(passed);
                }
            } catch (Throwable e) {
                owner.failed("fileDescriptorsReceived", e);
                return false;
            }
        }
        return true;
    }
}
