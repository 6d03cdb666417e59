package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * A Bluetooth controller of this machine: {@code struct sockaddr_hci}, of BTPROTO_HCI.
 *
 * <p>Immutable. See {@link SockaddrL2} for how addresses of Bluetooth are told apart.
 *
 * <p>Source: {@code <bluetooth/hci.h>}.
 *
 * @param device the index of the controller, 0 to 65535, where 65535 is none
 * @param channel 0 for its raw packets, 3 for its management; 0 to 65535
 */
public record SockaddrHci(int device, int channel) implements Sockaddr {

    /** Checks the ranges. */
    public SockaddrHci {
        LinuxSockaddrText.check("device", device, 0xffff);
        LinuxSockaddrText.check("channel", channel, 0xffff);
    }

    @Override
    public int family() {
        return Constants.AF_BLUETOOTH;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no Bluetooth addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code hci:0/3}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "hci:" + device + "/" + channel;
    }
}
