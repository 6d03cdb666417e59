package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.LONG;

import dev.hawser.posix.Abi;
import java.time.Duration;

/**
 * The options of vsock sockets, level AF_VSOCK, as vsock(7) describes them.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: vsock(7), and {@code <linux/vm_sockets.h>}.
 */
public final class VsockOptions {

    /** The size of the buffer in bytes, kept between the two that follow. Default: 262144. */
    public static final SocketOption<Long> SO_VM_SOCKETS_BUFFER_SIZE = option("SO_VM_SOCKETS_BUFFER_SIZE", LONG);

    /** The least size of the buffer in bytes. Default: 128. */
    public static final SocketOption<Long> SO_VM_SOCKETS_BUFFER_MIN_SIZE =
            option("SO_VM_SOCKETS_BUFFER_MIN_SIZE", LONG);

    /** The largest size of the buffer in bytes. Default: 262144. */
    public static final SocketOption<Long> SO_VM_SOCKETS_BUFFER_MAX_SIZE =
            option("SO_VM_SOCKETS_BUFFER_MAX_SIZE", LONG);

    /** How long connect takes at most, in microseconds. Default: 2 seconds. */
    public static final SocketOption<Duration> SO_VM_SOCKETS_CONNECT_TIMEOUT =
            option("SO_VM_SOCKETS_CONNECT_TIMEOUT", OptionCodec.TIMEVAL);

    private VsockOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.AF_VSOCK, Abi.value(name), codec);
    }
}
