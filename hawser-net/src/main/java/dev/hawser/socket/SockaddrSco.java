package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * A device to speak with over Bluetooth: {@code struct sockaddr_sco}, of BTPROTO_SCO.
 *
 * <p>Immutable. See {@link SockaddrL2} for how addresses of Bluetooth are told apart.
 *
 * <p>Source: {@code <bluetooth/sco.h>}.
 *
 * @param bdaddr the device, six bytes in hexadecimal, such as {@code 00:1B:DC:07:31:10}; BDADDR_ANY for any
 */
public record SockaddrSco(String bdaddr) implements Sockaddr {

    /** Checks the device, and writes it in capitals. */
    public SockaddrSco {
        bdaddr = BluetoothSockaddrs.check(bdaddr);
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
     * The text that {@link Sockaddr#parse} reads: {@code sco:00:1B:DC:07:31:10}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "sco:" + bdaddr;
    }
}
