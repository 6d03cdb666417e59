package dev.hawser.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Socket#recvMsg} returned.
 *
 * @param data the bytes, as many as came; they are the caller's
 * @param control the ancillary data
 * @param flags MSG_* bits of the kernel
 * @param address the sender; null on a stream of TCP, where the kernel gives none
 * @param descriptors the descriptors that came, to be taken or closed
 */
@SuppressWarnings("ArrayRecordComponent") // a fresh array for each call, handed over to the caller
public record ReceivedMessage(
        byte[] data,
        List<ControlMessage> control,
        int flags,
        @Nullable Sockaddr address,
        PassedDescriptors descriptors) implements Ancillary {}
