package dev.hawser.reactor.socks;

/** How a client speaks to a proxy. */
public enum SocksVersion {
    /** Version 4: IPv4 addresses alone. */
    V4,
    /** Version 4a: names as well, which the proxy looks up. */
    V4A,
    /** Version 5: names, IPv6, passwords. */
    V5
}
