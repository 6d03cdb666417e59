package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * A serial line over Bluetooth: {@code struct sockaddr_rc}, of BTPROTO_RFCOMM.
 *
 * <p>Immutable. See {@link SockaddrL2} for how addresses of Bluetooth are told apart.
 *
 * <p>Source: {@code <bluetooth/rfcomm.h>}.
 *
 * @param bdaddr the device, six bytes in hexadecimal, such as {@code 00:1B:DC:07:31:10}; BDADDR_ANY for any
 * @param channel 1 to 30; 0 lets the kernel choose at {@code bind}; at most 255
 */
public record SockaddrRc(String bdaddr, int channel) implements Sockaddr {

    /** Checks the range, and writes the device in capitals. */
    public SockaddrRc {
        bdaddr = BluetoothSockaddrs.check(bdaddr);
        LinuxSockaddrText.check("channel", channel, 0xff);
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
     * The text that {@link Sockaddr#parse} reads: {@code rfcomm:00:1B:DC:07:31:10/1}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "rfcomm:" + bdaddr + "/" + channel;
    }
}
