package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * The address of a virtual machine: {@code struct sockaddr_vm} of vsock(7).
 *
 * <p>Immutable.
 *
 * @param cid the context identifier of a machine, unsigned: VMADDR_CID_HOST, VMADDR_CID_LOCAL or its own;
 *     VMADDR_CID_ANY to bind to any
 * @param port the port, unsigned; VMADDR_PORT_ANY lets the kernel choose at {@code bind}
 * @param flags 0, or VMADDR_FLAG_TO_HOST; 0 to 255
 */
public record SockaddrVm(int cid, int port, int flags) implements Sockaddr {

    /** Checks the flags. */
    public SockaddrVm {
        LinuxSockaddrText.check("flags", flags, 0xff);
    }

    /**
     * A port of a machine.
     *
     * @param cid the context identifier, unsigned
     * @param port the port, unsigned
     * @return the address without flags
     */
    public static SockaddrVm of(int cid, int port) {
        return new SockaddrVm(cid, port, 0);
    }

    @Override
    public int family() {
        return Constants.AF_VSOCK;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no vsock addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code vsock:2:1024}, with a star for any machine or any port, and flags
     * where there are some: {@code vsock:3:1024/0x1}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String text = "vsock:" + LinuxSockaddrText.star(cid) + ":" + LinuxSockaddrText.star(port);
        return flags == 0 ? text : text + "/0x" + Integer.toHexString(flags);
    }
}
