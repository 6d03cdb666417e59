package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * A logical link of Bluetooth: {@code struct sockaddr_l2}, of BTPROTO_L2CAP.
 *
 * <p>Immutable. Addresses of Bluetooth do not say of which protocol they are: the one that the kernel gives is told by its
 * length.
 *
 * <p>Source: {@code <bluetooth/l2cap.h>}.
 *
 * @param bdaddr the device, six bytes in hexadecimal, such as {@code 00:1B:DC:07:31:10}; BDADDR_ANY for any
 * @param psm the protocol or service, 0 to 65535
 * @param cid the channel, 0 to 65535; 0 where there is a service
 * @param bdaddrType 0 for classic Bluetooth, 1 for a public and 2 for a random address of Low Energy
 */
public record SockaddrL2(String bdaddr, int psm, int cid, int bdaddrType) implements Sockaddr {

    /** Checks the ranges, and writes the device in capitals. */
    public SockaddrL2 {
        bdaddr = BluetoothSockaddrs.check(bdaddr);
        LinuxSockaddrText.check("psm", psm, 0xffff);
        LinuxSockaddrText.check("cid", cid, 0xffff);
        LinuxSockaddrText.check("type of address", bdaddrType, 0xff);
    }

    /**
     * A service of a device of classic Bluetooth.
     *
     * @param bdaddr the device
     * @param psm the protocol or service
     * @return the address
     */
    public static SockaddrL2 of(String bdaddr, int psm) {
        return new SockaddrL2(bdaddr, psm, 0, 0);
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
     * The text that {@link Sockaddr#parse} reads: {@code l2cap:00:1B:DC:07:31:10/4097}, with channel and type of address
     * where they are not zero: {@code l2cap:00:1B:DC:07:31:10/0/4/1}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String text = "l2cap:" + bdaddr + "/" + psm;
        return cid == 0 && bdaddrType == 0 ? text : text + "/" + cid + "/" + bdaddrType;
    }
}
