package dev.hawser.posix;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct addrinfo} of {@code <netdb.h>}, as hints and as one answer of {@code getaddrinfo(3)}.
 *
 * @param flags the AI_* bits
 * @param family AF_UNSPEC or the family wanted, or the family of the answer
 * @param type SOCK_* or 0 for any
 * @param protocol IPPROTO_* or 0 for any
 * @param address the bytes of a {@code struct sockaddr}; empty in hints
 * @param canonicalName the name that AI_CANONNAME asked for, in the first answer only
 */
@SuppressWarnings("ArrayRecordComponent") // a fresh array for each answer, handed over to the caller
public record AddrInfoEntry(
        int flags,
        int family,
        int type,
        int protocol,
        byte[] address,
        @Nullable String canonicalName) {

    /** Hints: what to look for. */
    public static AddrInfoEntry hints(int flags, int family, int type, int protocol) {
        return new AddrInfoEntry(flags, family, type, protocol, new byte[0], null);
    }
}
