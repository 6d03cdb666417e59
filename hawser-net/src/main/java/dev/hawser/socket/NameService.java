package dev.hawser.socket;

import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Hostent;
import dev.hawser.posix.NodeAndService;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names and addresses of hosts, as the C library finds them: in {@code /etc/hosts}, by DNS, and wherever else
 * nsswitch.conf(5) says. Services and protocols are in {@link Services}.
 *
 * <p>A host is a name or an address in text. A name that is not ASCII is looked up as IDNA writes it (RFC 3490), the way
 * CPython does. An IPv6 address may have a scope, the name or the index of an interface: {@code fe80::1%eth0}. In the
 * functions that take one host and give one address, {@code getHostByName} and its kin, an empty host is 0.0.0.0 and
 * {@code <broadcast>} 255.255.255.255, as in {@link SockaddrIn#of}; {@code getAddrInfo} finds no host of either name, and
 * has null for this machine.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * A look-up waits inside libc, on a platform thread, so a virtual thread that waits for it keeps no carrier. No more than
 * 64 run at a time; further ones wait for their turn, within their timeout. One that is given up goes on alone, and its
 * answer is dropped. A timeout is a time greater than zero, or null: as long as it takes. Where none is passed,
 * {@link Sockets#getDefaultTimeout} holds, unless it is zero. An interrupt ends the wait. A host and a service that are
 * numbers already wait for nothing.
 *
 * <h2>Errors</h2>
 * {@link GaiException} and {@link HostException}, both of them a {@code java.net.UnknownHostException};
 * {@link TimedOutException}; {@link SocketInterruptedException}. {@link IllegalArgumentException} where a host has a zero
 * byte in it, is longer than DNS allows (253 characters, 63 between two dots), or cannot be written in ASCII, and where a
 * timeout is not greater than zero.
 *
 * <h2>Platform notes</h2>
 * What is found depends on the C library: musl reads no nsswitch.conf.
 *
 * <p>Source: getaddrinfo(3), getnameinfo(3), gethostbyname(3), gethostname(2), RFC 3493.
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="names"}
 */
public final class NameService {

    private static final int MAX_HOST_NAME = 64;
    private static final int HOST_NAME_ROOM = 256;
    private static final int MAX_PORT = 65535;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final Set<String> THIS_MACHINE = Set.of("", "0.0.0.0", "::");

    private NameService() {}

    /**
     * The addresses of a host and a service, whatever there is.
     *
     * @param host a name or an address; null: this machine
     * @param service a name such as {@code http}, or a port in digits; null: port 0
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(@Nullable String host, @Nullable String service) throws IOException {
        return getAddrInfo(host, service, AddrInfoHints.ANY);
    }

    /**
     * The addresses of a host, whatever there is.
     *
     * @param host a name or an address; null: this machine
     * @param port the port of the answers, 0 to 65535
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(@Nullable String host, int port) throws IOException {
        return getAddrInfo(host, port, AddrInfoHints.ANY);
    }

    /**
     * The addresses of a host and a service that are as the hints say.
     *
     * @param host a name or an address; null: this machine, its loopback addresses or, with AI_PASSIVE, all
     * @param service a name such as {@code http}, or a port in digits; null: port 0
     * @param hints what to look for
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none; a number above 65535 is EAI_SERVICE, where glibc would cut it
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(@Nullable String host, @Nullable String service, AddrInfoHints hints)
            throws IOException {
        return getAddrInfo(host, service, hints, LookUp.defaultTimeout());
    }

    /**
     * The addresses of a host that are as the hints say.
     *
     * @param host a name or an address; null: this machine, its loopback addresses or, with AI_PASSIVE, all
     * @param port the port of the answers, 0 to 65535
     * @param hints what to look for
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(@Nullable String host, int port, AddrInfoHints hints) throws IOException {
        return getAddrInfo(host, port, hints, LookUp.defaultTimeout());
    }

    /**
     * The addresses of a host that are as the hints say.
     *
     * @param host a name or an address; null: this machine, its loopback addresses or, with AI_PASSIVE, all
     * @param port the port of the answers, 0 to 65535
     * @param hints what to look for
     * @param timeout how long it may take; null: as long as it takes
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(
            @Nullable String host, int port, AddrInfoHints hints, @Nullable Duration timeout) throws IOException {
        SockaddrText.checkPort(port);
        return getAddrInfo(host, Integer.toString(port), hints, timeout);
    }

    /**
     * The addresses of a host and a service that are as the hints say.
     *
     * @param host a name or an address; null: this machine, its loopback addresses or, with AI_PASSIVE, all
     * @param service a name such as {@code http}, or a port in digits; null: port 0
     * @param hints what to look for
     * @param timeout how long it may take; null: as long as it takes
     * @return at least one answer, in the order in which to try them
     * @throws GaiException if there is none; a number above 65535 is EAI_SERVICE, where glibc would cut it
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static List<AddrInfo> getAddrInfo(
            @Nullable String host, @Nullable String service, AddrInfoHints hints, @Nullable Duration timeout)
            throws IOException {
        HostNames.requireCString("service", service);
        return addresses(new LookUp("getAddrInfo", host, LookUp.nanos(timeout)), host, service, hints);
    }

    private static List<AddrInfo> addresses(
            LookUp lookUp, @Nullable String host, @Nullable String service, AddrInfoHints hints) throws IOException {
        String node = HostNames.toAsciiOrNull(host);
        boolean numericService = service == null || isDigits(service);
        if (service != null && numericService && !isPort(service)) {
            throw lookUp.gai(Constants.EAI_SERVICE, 0, "getaddrinfo");
        }
        SystemCalls calls = lookUp.calls();
        Answer<List<AddrInfoEntry>> answer = numericService && (node == null || SockaddrText.isNumeric(node))
                ? calls.getAddrInfo(node, service, numeric(hints))
                : lookUp.await(() -> calls.getAddrInfo(node, service, entry(hints, hints.flags())));
        List<AddrInfo> addresses = lookUp.unlessGai(answer, "getaddrinfo").stream()
                .map(NameService::decode)
                .filter(Objects::nonNull)
                .toList();
        if (addresses.isEmpty()) {
            throw lookUp.gai(Constants.EAI_NODATA, 0, "getaddrinfo");
        }
        return addresses;
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isPort(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() <= 5 && Integer.parseInt(significant) <= MAX_PORT;
    }

    /** Hints under which libc reads no file and asks no server. */
    private static AddrInfoEntry numeric(AddrInfoHints hints) {
        return entry(hints, hints.flags() | Constants.AI_NUMERICHOST | Constants.AI_NUMERICSERV);
    }

    private static AddrInfoEntry entry(AddrInfoHints hints, int flags) {
        return AddrInfoEntry.hints(flags, hints.family(), hints.type(), hints.protocol());
    }

    /** Null where the entry has no address. */
    private static @Nullable AddrInfo decode(AddrInfoEntry entry) {
        Sockaddr address = SockaddrCodec.decode(entry.address(), entry.address().length);
        return address == null
                ? null
                : new AddrInfo(entry.family(), entry.type(), entry.protocol(), entry.canonicalName(), address);
    }

    /**
     * The address of a host in one family: the first that {@code getAddrInfo} knows. Every call of CPython that takes an
     * address looks the host up in this way.
     *
     * @param family AF_INET or AF_INET6
     * @param host a name or an address; empty: every address of this machine; {@code <broadcast>} in AF_INET:
     *     255.255.255.255
     * @param port 0 to 65535
     * @return the address
     * @throws IllegalArgumentException if the host has a zero byte in it, or the port is out of range
     * @throws GaiException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static Sockaddr resolve(int family, String host, int port) throws IOException {
        if (family == Constants.AF_INET && (host.isEmpty() || host.equals("<broadcast>"))) {
            return SockaddrIn.of(host, port);
        }
        return host.isEmpty() && family == Constants.AF_INET6
                ? SockaddrIn6.of(host, port)
                : getAddrInfo(host, port, AddrInfoHints.of(family, 0))
                        .getFirst()
                        .address();
    }

    /**
     * The names of an address and its port.
     *
     * @param address the address
     * @param flags NI_* numbers, combined by {@code |}, or 0
     * @return the names
     * @throws GaiException if NI_NAMEREQD is among the flags and there is no name; EAI_FAMILY where addresses of the family
     *     have no names
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static NameInfo getNameInfo(Sockaddr address, int flags) throws IOException {
        return getNameInfo(address, flags, LookUp.defaultTimeout());
    }

    /**
     * The names of an address and its port.
     *
     * @param address the address
     * @param flags NI_* numbers, combined by {@code |}, or 0
     * @param timeout how long it may take; null: as long as it takes
     * @return the names
     * @throws GaiException if NI_NAMEREQD is among the flags and there is no name; EAI_FAMILY where addresses of the family
     *     have no names
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static NameInfo getNameInfo(Sockaddr address, int flags, @Nullable Duration timeout) throws IOException {
        LookUp lookUp = new LookUp("getNameInfo", address.toString(), LookUp.nanos(timeout));
        MemorySegment bytes = SockaddrCodec.encode(address);
        int numeric = Constants.NI_NUMERICHOST | Constants.NI_NUMERICSERV;
        Answer<NodeAndService> answer = (flags & numeric) == numeric
                ? lookUp.calls().getNameInfo(bytes, flags)
                : lookUp.await(() -> lookUp.calls().getNameInfo(bytes, flags));
        NodeAndService names = lookUp.unlessGai(answer, "getnameinfo");
        return new NameInfo(names.node(), names.service());
    }

    /**
     * This machine's name.
     *
     * @return the name that {@code hostname} prints, qualified or not
     * @throws IOException if the kernel refuses
     */
    public static String getHostName() throws IOException {
        byte[] name = new byte[HOST_NAME_ROOM];
        int result = SystemCalls.installed().getHostName(MemorySegment.ofArray(name));
        if (result < 0) {
            throw Errors.ofCall("getHostName", "of this machine", "gethostname", result);
        }
        return MemorySegment.ofArray(name).getString(0);
    }

    /**
     * Sets this machine's name, until it is started again; it takes the right to administer the system.
     *
     * @param name at most 64 bytes in UTF-8
     * @throws IllegalArgumentException if the name is longer, or has a zero byte in it
     * @throws IOException if the kernel refuses: EPERM
     */
    public static void setHostName(String name) throws IOException {
        HostNames.requireCString("host", name);
        byte[] bytes = UnixText.utf8(name);
        if (bytes.length > MAX_HOST_NAME) {
            throw new IllegalArgumentException("a host name of " + bytes.length + " bytes, more than " + MAX_HOST_NAME);
        }
        int result = SystemCalls.installed().setHostName(MemorySegment.ofArray(bytes));
        if (result < 0) {
            throw Errors.ofCall("setHostName", name, "sethostname", result);
        }
    }

    /**
     * This machine's fully qualified name.
     *
     * @return the name, see {@link #getFqdn(String)}
     */
    public static String getFqdn() {
        return getFqdn("");
    }

    /**
     * The fully qualified name of a host: of its official name and its aliases, the first with a dot. This never fails.
     *
     * @param host a name or an address; empty, 0.0.0.0 and {@code ::}: this machine
     * @return the qualified name; the official name where there is none; the host itself where it is not found, the
     *     default timeout passed, or the thread was interrupted, and stays so
     */
    public static String getFqdn(String host) {
        return getFqdn(host, LookUp.defaultTimeout());
    }

    /**
     * The fully qualified name of a host: of its official name and its aliases, the first with a dot. This never fails.
     *
     * @param host a name or an address; empty, 0.0.0.0 and {@code ::}: this machine
     * @param timeout how long it may take; null: as long as it takes
     * @return the qualified name; the official name where there is none; the host itself where it is not found, the
     *     timeout passed, or the thread was interrupted, and stays so
     */
    public static String getFqdn(String host, @Nullable Duration timeout) {
        String name = host.strip();
        try {
            if (THIS_MACHINE.contains(name)) {
                name = getHostName();
            }
            HostEntry found = getHostByAddr(name, timeout);
            return Stream.concat(Stream.of(found.name()), found.aliases().stream())
                    .filter(each -> each.indexOf('.') >= 0)
                    .findFirst()
                    .orElse(found.name());
        } catch (IOException notFound) {
            return name; // as in CPython: a log line or a greeting wants some name, not an error
        }
    }

    /**
     * The first IPv4 address of a host.
     *
     * @param host a name or an address
     * @return four decimal numbers with dots
     * @throws GaiException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static String getHostByName(String host) throws IOException {
        return getHostByName(host, LookUp.defaultTimeout());
    }

    /**
     * The first IPv4 address of a host.
     *
     * @param host a name or an address
     * @param timeout how long it may take; null: as long as it takes
     * @return four decimal numbers with dots
     * @throws GaiException if there is none
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static String getHostByName(String host, @Nullable Duration timeout) throws IOException {
        LookUp lookUp = new LookUp("getHostByName", host, LookUp.nanos(timeout));
        return Inet.inetNtoa(addressBytes(lookUp, host, Constants.AF_INET));
    }

    /**
     * The names and all IPv4 addresses of a host. Where IPv6 counts, and in new programs, use
     * {@link #getAddrInfo(String, String)}.
     *
     * @param host a name or an address
     * @return what is known
     * @throws HostException if there is none
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static HostEntry getHostByNameEx(String host) throws IOException {
        return getHostByNameEx(host, LookUp.defaultTimeout());
    }

    /**
     * The names and all IPv4 addresses of a host.
     *
     * @param host a name or an address
     * @param timeout how long it may take; null: as long as it takes
     * @return what is known
     * @throws HostException if there is none
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static HostEntry getHostByNameEx(String host, @Nullable Duration timeout) throws IOException {
        String name = HostNames.toAscii(literal(host));
        LookUp lookUp = new LookUp("getHostByNameEx", host, LookUp.nanos(timeout));
        return hostEntry(lookUp, lookUp.await(() -> lookUp.calls().getHostByName(name)), "gethostbyname_r");
    }

    /**
     * The names of a host by its address.
     *
     * @param host an address; or a name, whose first address is taken
     * @return what is known
     * @throws GaiException if the name has no address
     * @throws HostException if the address has no name
     * @throws IOException if the default timeout passed, or the thread was interrupted
     */
    public static HostEntry getHostByAddr(String host) throws IOException {
        return getHostByAddr(host, LookUp.defaultTimeout());
    }

    /**
     * The names of a host by its address.
     *
     * @param host an address; or a name, whose first address is taken
     * @param timeout how long it may take; null: as long as it takes
     * @return what is known
     * @throws GaiException if the name has no address
     * @throws HostException if the address has no name
     * @throws TimedOutException if the timeout passed
     * @throws IOException if the thread was interrupted
     */
    public static HostEntry getHostByAddr(String host, @Nullable Duration timeout) throws IOException {
        LookUp lookUp = new LookUp("getHostByAddr", host, LookUp.nanos(timeout));
        byte[] bytes = addressBytes(lookUp, host, Constants.AF_UNSPEC);
        int family = bytes.length == IPV4_BYTES ? Constants.AF_INET : Constants.AF_INET6;
        return hostEntry(
                lookUp,
                lookUp.await(() -> lookUp.calls().getHostByAddr(MemorySegment.ofArray(bytes), family)),
                "gethostbyaddr_r");
    }

    /** The first Internet address of a host: 4 bytes or 16. */
    private static byte[] addressBytes(LookUp lookUp, String host, int family) throws IOException {
        for (AddrInfo info : addresses(lookUp, literal(host), null, AddrInfoHints.of(family, 0))) {
            if (info.address() instanceof SockaddrIn in) {
                return in.bytes();
            } else if (info.address() instanceof SockaddrIn6 in6 && family != Constants.AF_INET) {
                return in6.bytes();
            }
        }
        throw lookUp.gai(Constants.EAI_NODATA, 0, "getaddrinfo");
    }

    private static String literal(String host) {
        return host.isEmpty() ? "0.0.0.0" : host.equals("<broadcast>") ? "255.255.255.255" : host;
    }

    private static HostEntry hostEntry(LookUp lookUp, Answer<Hostent> answer, String function) throws HostException {
        Hostent found = lookUp.unlessHost(answer, function);
        int bytes = found.family() == Constants.AF_INET6 ? IPV6_BYTES : IPV4_BYTES;
        if (found.addresses().stream().anyMatch(address -> address.length != bytes)) {
            throw lookUp.host(Constants.NO_RECOVERY, 0, function);
        }
        int family = bytes == IPV6_BYTES ? Constants.AF_INET6 : Constants.AF_INET;
        return new HostEntry(
                found.name(),
                found.aliases(),
                found.addresses().stream()
                        .map(address -> Inet.inetNtop(family, address))
                        .toList());
    }
}
