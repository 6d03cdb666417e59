package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made.
 *
 * @param timeout how long one attempt, over all addresses of the host, may take
 * @param bindAddress this side's address; null: the kernel chooses
 */
public record ConnectOptions(Duration timeout, @Nullable Sockaddr bindAddress) {

    /** 30 seconds, any address. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(Duration.ofSeconds(30), null);

    /**
     * With another timeout.
     *
     * @param timeout how long an attempt may take
     * @return the options
     */
    public ConnectOptions withTimeout(Duration timeout) {
        return new ConnectOptions(timeout, bindAddress);
    }

    /**
     * From an address.
     *
     * @param bindAddress this side's address; port 0: the kernel chooses
     * @return the options
     */
    public ConnectOptions withBindAddress(Sockaddr bindAddress) {
        return new ConnectOptions(timeout, bindAddress);
    }
}
