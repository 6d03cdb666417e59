package dev.hawser.socket;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came with the bytes of a message that {@link Socket#recvMsg} received.
 *
 * <h2>Threading</h2>
 * Immutable, but for the {@link #descriptors}, which any thread may take or close.
 *
 * <h2>Errors</h2>
 * A message that carries descriptors is to be closed: that closes those which nobody has taken. One that is lost with
 * descriptors in it is closed by a Cleaner, some day, with a warning.
 *
 * <p>Source: recvmsg(2), cmsg(3).
 */
public sealed interface Ancillary extends Closeable permits ReceivedMessage, ReceivedMessageInto {

    /**
     * The ancillary data, in the order in which they came. One that was truncated is the last, with the bytes that are
     * there.
     *
     * @return the messages; none where no room was given for them
     */
    List<ControlMessage> control();

    /**
     * What the kernel says of the message.
     *
     * @return MSG_* bits: MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE
     */
    int flags();

    /**
     * The sender.
     *
     * @return the address; null on a stream of TCP, where the kernel gives none
     */
    @Nullable
    Sockaddr address();

    /**
     * The descriptors that came, owned by this message until they are taken.
     *
     * @return the descriptors, perhaps none
     */
    PassedDescriptors descriptors();

    /**
     * Whether the datagram was longer than there was room for.
     *
     * @return MSG_TRUNC
     */
    default boolean isTruncated() {
        return (flags() & Constants.MSG_TRUNC) != 0;
    }

    /**
     * Whether there were more ancillary data than there was room for. Descriptors that found none are closed.
     *
     * @return MSG_CTRUNC
     */
    default boolean isControlTruncated() {
        return (flags() & Constants.MSG_CTRUNC) != 0;
    }

    /**
     * The first control message of a kind.
     *
     * @param kind a record of {@link ControlMessage}
     * @param <T> the same
     * @return the message, if there is one
     */
    default <T extends ControlMessage> Optional<T> find(Class<T> kind) {
        return control().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Closes the descriptors that nobody has taken. Closing twice is fine. */
    @Override
    default void close() {
        descriptors().close();
    }
}
