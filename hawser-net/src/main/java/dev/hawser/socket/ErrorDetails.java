package dev.hawser.socket;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed operation.
 *
 * @param operation the method that failed: {@code connect}, {@code recv}
 * @param transport the kind of socket: {@code tcp}, {@code udp}, {@code unix}, {@code unixgram}, {@code unixpacket}
 * @param local the socket's own address, if it is known
 * @param remote the peer's address, if there is one
 * @param systemCall the system call that failed, or null where none did
 * @param errno its error number, or 0
 * @param reason what happened, without operation and addresses: {@code ECONNREFUSED (Connection refused)}, or
 *     {@code the socket is closed}; a refused option is named after its errno
 */
public record ErrorDetails(
        String operation,
        String transport,
        @Nullable Sockaddr local,
        @Nullable Sockaddr remote,
        @Nullable String systemCall,
        int errno,
        String reason)
        implements Serializable {

    /**
     * The message that an exception with these details has.
     *
     * @return such as {@code connect tcp 127.0.0.1:40000 -> 127.0.0.1:1: ECONNREFUSED (Connection refused)}
     */
    public String message() {
        StringBuilder text = new StringBuilder(operation).append(' ').append(transport);
        if (local != null) {
            text.append(' ').append(local);
        }
        if (remote != null) {
            text.append(" -> ").append(remote);
        }
        return text.append(": ").append(reason).toString();
    }
}
