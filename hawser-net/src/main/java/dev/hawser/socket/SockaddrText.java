package dev.hawser.socket;

import dev.hawser.posix.SystemCalls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The textual forms of addresses. */
final class SockaddrText {

    private static final int MAX_PORT = 65535;
    private static final String UNIX = "unix:";

    private SockaddrText() {}

    static void checkPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not within 0..65535");
        }
    }

    static Sockaddr parse(String text) {
        if (text.startsWith(UNIX)) {
            byte[] name = UnixText.read(text.substring(UNIX.length()));
            if (name.length > 0 && text.charAt(UNIX.length()) == '@') {
                name[0] = 0;
            }
            return new SockaddrUn(name);
        }
        // The names of families begin with a letter, numeric hosts do not.
        boolean named = !text.isEmpty() && Character.isLetter(text.charAt(0));
        Sockaddr linux = named ? LinuxSockaddrText.parse(text) : null;
        if (linux != null) {
            return linux;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no port: write HOST:PORT, such as 127.0.0.1:80");
        }
        String host = text.substring(0, colon);
        int port = parsePort(text.substring(colon + 1), text);
        if (host.startsWith("[") && host.endsWith("]")) {
            return SockaddrIn6.of(host.substring(1, host.length() - 1), port);
        }
        if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": an IPv6 address stands in brackets, such as [::1]:80");
        }
        return SockaddrIn.of(host, port);
    }

    private static int parsePort(String digits, String whole) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || port > MAX_PORT) {
                port = -1;
                break;
            }
            port = port * 10 + c - '0';
        }
        if (digits.isEmpty() || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "\"" + whole + "\": the port \"" + digits + "\" is not a number within 0..65535");
        }
        return port;
    }

    static int parseIpv4(String host) {
        if (host.isEmpty()) {
            return SockaddrIn.INADDR_ANY;
        }
        if (host.equals("<broadcast>")) {
            return SockaddrIn.INADDR_BROADCAST;
        }
        String[] parts = host.split("\\.", -1);
        if (!areBytes(parts)) {
            throw new IllegalArgumentException("\"" + host + "\" is not an IPv4 address, such as 127.0.0.1");
        }
        int address = 0;
        for (String part : parts) {
            address = (address << 8) | Integer.parseInt(part);
        }
        return address;
    }

    private static boolean areBytes(String... parts) {
        return parts.length == 4 && Arrays.stream(parts).allMatch(SockaddrText::isByte);
    }

    /** Whether a host is an address, IPv4 or IPv6, with a scope or without, so that there is nothing to look up. */
    static boolean isNumeric(String host) {
        if (host.indexOf(':') < 0) {
            return areBytes(host.split("\\.", -1));
        }
        int percent = host.indexOf('%');
        try {
            Ipv6Text.parse(percent < 0 ? host : host.substring(0, percent));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isByte(String digits) {
        return digits.length() >= 1
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0')
                && Integer.parseInt(digits) <= 255;
    }

    static SockaddrIn6 parseIpv6(String host, int port) {
        if (host.isEmpty()) {
            return new SockaddrIn6(0, 0, port, 0, 0);
        }
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        int scope = percent < 0 ? 0 : interfaceIndex(host.substring(percent + 1), host);
        return SockaddrIn6.ofBytes(Ipv6Text.parse(address), port, 0, scope);
    }

    /** The index of an interface that is named, or given by its index. */
    static int interfaceIndex(String zone, String whole) {
        if (!zone.isEmpty() && zone.length() <= 10 && zone.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long index = Long.parseLong(zone);
            if (index <= 0xffff_ffffL) {
                return (int) index;
            }
        }
        // Java's own look-up knows only interfaces that have an IP address, which those of CAN have not.
        int found = zone.isEmpty() || zone.indexOf(0) >= 0
                ? 0
                : SystemCalls.installed().ifNameToIndex(zone);
        if (found > 0) {
            return found;
        }
        throw new IllegalArgumentException("\"" + whole + "\": there is no interface \"" + zone + "\"");
    }

    static String formatIpv6(long high, long low) {
        return Ipv6Text.format(high, low);
    }

    static InetAddress inetAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four or sixteen bytes are an address", e);
        }
    }
}
