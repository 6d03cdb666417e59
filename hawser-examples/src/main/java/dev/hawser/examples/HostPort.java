package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNSPEC;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.AddrInfo;
import dev.hawser.socket.AddrInfoHints;
import dev.hawser.socket.NameService;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.io.IOException;
import java.util.List;

/**
 * A host, by name or by number, and a port, as people write them: {@code localhost:80}, {@code 127.0.0.1:80},
 * {@code [::1]:80}; {@code :80} for every IPv4 address of this machine.
 */
public record HostPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** Reads the text; an {@link IllegalArgumentException} says what is wrong with it. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' has no port: write HOST:PORT, such as 127.0.0.1:21567");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException(
                    "'" + text + "': write an IPv6 address in brackets, such as [::1]:21567");
        }
        String digits = text.substring(colon + 1);
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
            throw new IllegalArgumentException("'" + text + "': the port is a number from 0 to " + MAX_PORT);
        }
        return new HostPort(host, Integer.parseInt(digits));
    }

    /** The address to listen on. Of a name that has several, an IPv4 one: the classic clients speak nothing else. */
    public Sockaddr toSockaddr() throws IOException {
        if (host.isEmpty()) {
            return new SockaddrIn(SockaddrIn.INADDR_ANY, port);
        }
        List<AddrInfo> answers = NameService.getAddrInfo(host, port, AddrInfoHints.of(AF_UNSPEC, SOCK_STREAM));
        return answers.stream()
                .filter(answer -> answer.family() == AF_INET)
                .findFirst()
                .orElseGet(answers::getFirst)
                .address();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
