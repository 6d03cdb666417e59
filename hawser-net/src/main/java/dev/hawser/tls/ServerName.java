package dev.hawser.tls;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/**
 * The name of a server, as certificates have it: without the dot that ends an absolute one, without the brackets and the
 * scope of an IPv6 address.
 *
 * @param text the name or the address
 */
record ServerName(String text) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    static ServerName of(String host) {
        String text = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int scope = text.indexOf('%');
        if (text.contains(":") && scope >= 0) {
            text = text.substring(0, scope);
        }
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the server's host name is empty: '" + host + "'");
        }
        return new ServerName(text);
    }

    private boolean isAddress() {
        return text.contains(":") || IPV4.matcher(text).matches();
    }

    /** What the server is told. Addresses are not, RFC 6066, section 3, nor names that the extension cannot carry. */
    List<SNIServerName> indication() {
        if (isAddress()) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(text));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
