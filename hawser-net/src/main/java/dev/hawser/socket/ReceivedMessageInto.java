package dev.hawser.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Socket#recvMsgInto} returned.
 *
 * @param count the bytes that were written to the buffers; with MSG_TRUNC among the flags of the call, the length of the
 *     whole datagram
 * @param control the ancillary data
 * @param flags MSG_* bits of the kernel
 * @param address the sender; null on a stream of TCP, where the kernel gives none
 * @param descriptors the descriptors that came, to be taken or closed
 */
public record ReceivedMessageInto(
        int count,
        List<ControlMessage> control,
        int flags,
        @Nullable Sockaddr address,
        PassedDescriptors descriptors) implements Ancillary {}
