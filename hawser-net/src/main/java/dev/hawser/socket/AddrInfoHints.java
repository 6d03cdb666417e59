package dev.hawser.socket;

/**
 * What {@link NameService#getAddrInfo(String, String, AddrInfoHints) getAddrInfo} is to look for, in the order of
 * CPython's arguments.
 *
 * <p>Immutable.
 *
 * @param family an AF_* number, or AF_UNSPEC for any
 * @param type a SOCK_* number, or 0 for any
 * @param protocol an IPPROTO_* number, or 0 for any
 * @param flags AI_* numbers, combined by {@code |}, or 0
 */
public record AddrInfoHints(int family, int type, int protocol, int flags) {

    /** Whatever there is. */
    public static final AddrInfoHints ANY = new AddrInfoHints(Constants.AF_UNSPEC, 0, 0, 0);

    /**
     * Hints without a protocol and flags.
     *
     * @param family an AF_* number, or AF_UNSPEC for any
     * @param type a SOCK_* number, or 0 for any
     * @return the hints
     */
    public static AddrInfoHints of(int family, int type) {
        return new AddrInfoHints(family, type, 0, 0);
    }

    /**
     * The same hints with other flags.
     *
     * @param other AI_* numbers, combined by {@code |}
     * @return the hints
     */
    public AddrInfoHints withFlags(int other) {
        return new AddrInfoHints(family, type, protocol, other);
    }
}
