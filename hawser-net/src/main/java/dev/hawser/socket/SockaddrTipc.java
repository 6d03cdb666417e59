package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * An address of TIPC: {@code struct sockaddr_tipc}. It is a service, a range of services, or a socket; the three words of
 * its union mean something else in each.
 *
 * <p>Immutable.
 *
 * <p>Source: {@code <linux/tipc.h>}, tipc(7).
 *
 * @param addressType TIPC_ADDR_NAME, TIPC_ADDR_NAMESEQ or TIPC_ADDR_ID; 0 to 255
 * @param first the type of a service or of a range; of a socket its reference
 * @param second the instance of a service, the lower end of a range; of a socket its node
 * @param third the domain of a service to look it up in, 0 for all; the upper end of a range; of a socket nothing
 * @param scope who can see what is bound: TIPC_CLUSTER_SCOPE or TIPC_NODE_SCOPE; -128 to 127
 */
public record SockaddrTipc(int addressType, int first, int second, int third, int scope) implements Sockaddr {

    /** Checks the ranges. */
    public SockaddrTipc {
        LinuxSockaddrText.check("type of address", addressType, 0xff);
        if (scope < Byte.MIN_VALUE || scope > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("scope " + scope + " is not within -128..127");
        }
    }

    /**
     * A service, to connect or send to.
     *
     * @param type the type of service
     * @param instance which of that type
     * @return the address, in all of the cluster
     */
    public static SockaddrTipc ofService(int type, int instance) {
        return new SockaddrTipc(Constants.TIPC_ADDR_NAME, type, instance, 0, Constants.TIPC_CLUSTER_SCOPE);
    }

    /**
     * A range of services, to bind to or to send to all of.
     *
     * @param type the type of service
     * @param lower the first instance
     * @param upper the last instance
     * @param scope who can see it
     * @return the address
     */
    public static SockaddrTipc ofRange(int type, int lower, int upper, int scope) {
        return new SockaddrTipc(Constants.TIPC_ADDR_NAMESEQ, type, lower, upper, scope);
    }

    /**
     * A socket.
     *
     * @param reference the socket's number on its node
     * @param node the node
     * @return the address
     */
    public static SockaddrTipc ofSocket(int reference, int node) {
        return new SockaddrTipc(Constants.TIPC_ADDR_ID, reference, node, 0, 0);
    }

    @Override
    public int family() {
        return Constants.AF_TIPC;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no TIPC addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: the type of address, its three words and its scope,
     * {@code tipc:2:1000:1:0/2}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "tipc:" + addressType + ":" + Integer.toUnsignedString(first) + ":" + Integer.toUnsignedString(second)
                + ":" + Integer.toUnsignedString(third) + "/" + scope;
    }
}
