package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * An address between the processors of a machine: {@code struct sockaddr_qrtr} of AF_QIPCRTR.
 *
 * <p>Immutable.
 *
 * <p>Source: {@code <linux/qrtr.h>}.
 *
 * @param node the processor, unsigned
 * @param port the port, unsigned
 */
public record SockaddrQrtr(int node, int port) implements Sockaddr {

    @Override
    public int family() {
        return Constants.AF_QIPCRTR;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no QRTR addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code qrtr:1:16384}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "qrtr:" + Integer.toUnsignedString(node) + ":" + Integer.toUnsignedString(port);
    }
}
