package dev.hawser.socket;

import org.jspecify.annotations.Nullable;

/**
 * One answer of {@link NameService#getAddrInfo(String, String, AddrInfoHints) getAddrInfo}: all that is needed to make a socket and to connect or bind it.
 *
 * @param family the AF_* number
 * @param type the SOCK_* number
 * @param protocol the IPPROTO_* number
 * @param canonicalName the host's canonical name, in the first answer, where AI_CANONNAME asked for it
 * @param address the address
 */
public record AddrInfo(
        int family, int type, int protocol, @Nullable String canonicalName, Sockaddr address) {}
