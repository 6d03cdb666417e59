package dev.hawser.socket;

/**
 * The interface that multicast packets leave or come by, named by its index, or, for IPv4, by one of its addresses.
 *
 * @param index the index, as if_nametoindex(3) gives it; 0: see the address
 * @param address an IPv4 address of the interface, the first byte highest; 0: the kernel chooses by its routes
 */
public record MulticastInterface(int index, int address) {

    /** The kernel chooses by its routes. */
    public static final MulticastInterface ANY = new MulticastInterface(0, SockaddrIn.INADDR_ANY);

    /**
     * The interface with an index.
     *
     * @param index the index; 0: the kernel chooses
     * @return the interface
     */
    public static MulticastInterface ofIndex(int index) {
        return new MulticastInterface(index, SockaddrIn.INADDR_ANY);
    }

    /**
     * The interface with an IPv4 address.
     *
     * @param address four decimal numbers with dots
     * @return the interface
     */
    public static MulticastInterface ofAddress(String address) {
        return new MulticastInterface(0, SockaddrIn.of(address, 0).address());
    }
}
