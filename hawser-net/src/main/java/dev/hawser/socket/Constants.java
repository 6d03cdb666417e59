package dev.hawser.socket;

/**
 * The constants of the socket calls, ints under their C names: protocols are an open set, so any number may be passed
 * where one of these may; one that C holds unsigned is the int of the same bits. Import them statically. What an option means is said by the man page that its group names.
 *
 * <p>They are read from a table of the platform when they are first used, so they are no compile-time constants, and
 * cannot stand in a {@code case} label. The error numbers are those of {@link Errno}.
 */
public final class Constants
        implements SocketConstants,
                InetConstants,
                TcpConstants,
                NetdbConstants,
                LinuxConstants,
                CanConstants,
                TipcConstants,
                BluetoothConstants {

    private Constants() {}
}
