package dev.hawser.reactor;

import dev.hawser.socket.PassedDescriptors;

/**
 * A {@link Protocol} that takes the descriptors which the peer of a Unix socket passes (SCM_RIGHTS). For all other protocols the kernel closes what
 * comes, and nothing of this costs them anything.
 *
 * <h2>Threading</h2>
 * Called in the reactor's thread, as the protocol is.
 *
 * <h2>Blocking and timeouts</h2>
 * No method may wait.
 *
 * <h2>Errors</h2>
 * What a method throws loses the connection, as what the protocol throws.
 *
 * <h2>Platform notes</h2>
 * The descriptors are close-on-exec. Linux tells those of one write with its first byte, and never the bytes of two such writes at once. A layer of
 * TLS passes none.
 *
 * <p>Source: Twisted's {@code IFileDescriptorReceiver}; unix(7).
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="descriptors"}
 */
public interface FileDescriptorReceiver {

    /**
     * Whether descriptors are wanted now: asked before each receive.
     *
     * @return true; a wrapper answers what its protocol does
     */
    default boolean takesFileDescriptors() {
        return true;
    }

    /**
     * Descriptors have come: called before {@link Protocol#dataReceived} has the bytes that they came with.
     *
     * @param descriptors in the order in which the peer has passed them: take what is wanted. What was not taken is closed when this returns
     */
    void fileDescriptorsReceived(PassedDescriptors descriptors);

    /**
     * Descriptors were lost, as this process has as many as it may have (EMFILE): called before those are told that came with them, and could be had. Unless
     * it is overridden, the connection is lost: with a descriptor missing, what follows would be taken for another's.
     *
     * @throws IllegalStateException which loses the connection
     */
    default void fileDescriptorsLost() {
        throw new IllegalStateException(
                "descriptors that the peer has passed were lost: this process has as many open as it may have");
    }
}
