package dev.hawser.socket;

import dev.hawser.posix.Protoent;
import dev.hawser.posix.Servent;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of services and protocols by name, and back: the databases {@code /etc/services} and
 * {@code /etc/protocols}, or wherever nsswitch.conf(5) has them.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * As for {@link NameService}: a database may lie on a server.
 *
 * <h2>Errors</h2>
 * {@link NoSuchEntryException}, a {@code java.net.UnknownServiceException}, where there is no such entry;
 * {@link IllegalArgumentException} where a name has a zero byte in it, a port is not within 0..65535, or a timeout is not
 * greater than zero.
 *
 * <h2>Platform notes</h2>
 * A Debian system has the two files from its package {@code netbase}; a container may lack them. musl knows a few
 * protocols without a file.
 *
 * <p>Source: getservbyname(3), getservbyport(3), getprotobyname(3).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="services"}
 */
public final class Services {

    private Services() {}

    /**
     * The port of a service, over whichever protocol stands first.
     *
     * @param name such as {@code http}
     * @return the port
     * @throws NoSuchEntryException if there is no such service
     * @throws IOException if the look-up failed
     */
    public static int getServByName(String name) throws IOException {
        return getServByName(name, null);
    }

    /**
     * The port of a service over a protocol.
     *
     * @param name such as {@code http}
     * @param protocol {@code tcp}, {@code udp}, ..., or null for whichever stands first
     * @return the port
     * @throws NoSuchEntryException if there is no such service
     * @throws IOException if the look-up failed
     */
    public static int getServByName(String name, @Nullable String protocol) throws IOException {
        return getServByName(name, protocol, LookUp.defaultTimeout());
    }

    /**
     * The port of a service over a protocol.
     *
     * @param name such as {@code http}
     * @param protocol {@code tcp}, {@code udp}, ..., or null for whichever stands first
     * @param timeout how long it may take; null: as long as it takes
     * @return the port
     * @throws NoSuchEntryException if there is no such service
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the look-up failed
     */
    public static int getServByName(String name, @Nullable String protocol, @Nullable Duration timeout)
            throws IOException {
        HostNames.requireCString("service", name);
        HostNames.requireCString("protocol", protocol);
        LookUp lookUp = new LookUp("getServByName", named(name, protocol), LookUp.nanos(timeout));
        Servent found = lookUp.unlessMissing(
                lookUp.await(() -> lookUp.calls().getServByName(name, protocol)),
                "getservbyname_r",
                "service/proto not found");
        return found.port();
    }

    /**
     * The name of the service at a port, over whichever protocol stands first.
     *
     * @param port 0 to 65535
     * @return the name
     * @throws NoSuchEntryException if there is no such service
     * @throws IOException if the look-up failed
     */
    public static String getServByPort(int port) throws IOException {
        return getServByPort(port, null);
    }

    /**
     * The name of the service at a port.
     *
     * @param port 0 to 65535
     * @param protocol {@code tcp}, {@code udp}, ..., or null for whichever stands first
     * @return the name
     * @throws NoSuchEntryException if there is no such service
     * @throws IOException if the look-up failed
     */
    public static String getServByPort(int port, @Nullable String protocol) throws IOException {
        return getServByPort(port, protocol, LookUp.defaultTimeout());
    }

    /**
     * The name of the service at a port.
     *
     * @param port 0 to 65535
     * @param protocol {@code tcp}, {@code udp}, ..., or null for whichever stands first
     * @param timeout how long it may take; null: as long as it takes
     * @return the name
     * @throws NoSuchEntryException if there is no such service
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the look-up failed
     */
    public static String getServByPort(int port, @Nullable String protocol, @Nullable Duration timeout)
            throws IOException {
        SockaddrText.checkPort(port);
        HostNames.requireCString("protocol", protocol);
        LookUp lookUp = new LookUp("getServByPort", named(Integer.toString(port), protocol), LookUp.nanos(timeout));
        Servent found = lookUp.unlessMissing(
                lookUp.await(() -> lookUp.calls().getServByPort(port, protocol)),
                "getservbyport_r",
                "port/proto not found");
        return found.name();
    }

    /**
     * The number of a protocol, for the third argument of {@link Socket#Socket(int, int, int)}.
     *
     * @param name such as {@code icmp}
     * @return the number, such as IPPROTO_ICMP
     * @throws NoSuchEntryException if there is no such protocol
     * @throws IOException if the look-up failed
     */
    public static int getProtoByName(String name) throws IOException {
        return getProtoByName(name, LookUp.defaultTimeout());
    }

    /**
     * The number of a protocol.
     *
     * @param name such as {@code icmp}
     * @param timeout how long it may take; null: as long as it takes
     * @return the number, such as IPPROTO_ICMP
     * @throws NoSuchEntryException if there is no such protocol
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the look-up failed
     */
    public static int getProtoByName(String name, @Nullable Duration timeout) throws IOException {
        HostNames.requireCString("protocol", name);
        LookUp lookUp = new LookUp("getProtoByName", name, LookUp.nanos(timeout));
        Protoent found = lookUp.unlessMissing(
                lookUp.await(() -> lookUp.calls().getProtoByName(name)), "getprotobyname_r", "protocol not found");
        return found.number();
    }

    private static String named(String what, @Nullable String protocol) {
        return protocol == null ? what : what + "/" + protocol;
    }
}
