package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The structs of Bluetooth, all but the field of the family, and the texts of devices. */
final class BluetoothSockaddrs {

    /** Matches the text of a device. */
    static final String DEVICE = "[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}";

    private static final int DEVICE_BYTES = 6;

    private static final int HCI_SIZE = Abi.value("sizeof(struct sockaddr_hci)");
    private static final int HCI_DEVICE = Abi.value("offsetof(struct sockaddr_hci,hci_dev)");
    private static final int HCI_CHANNEL = Abi.value("offsetof(struct sockaddr_hci,hci_channel)");

    private static final int L2_SIZE = Abi.value("sizeof(struct sockaddr_l2)");
    private static final int L2_PSM = Abi.value("offsetof(struct sockaddr_l2,l2_psm)");
    private static final int L2_BDADDR = Abi.value("offsetof(struct sockaddr_l2,l2_bdaddr)");
    private static final int L2_CID = Abi.value("offsetof(struct sockaddr_l2,l2_cid)");
    private static final int L2_TYPE = Abi.value("offsetof(struct sockaddr_l2,l2_bdaddr_type)");

    private static final int RC_SIZE = Abi.value("sizeof(struct sockaddr_rc)");
    private static final int RC_BDADDR = Abi.value("offsetof(struct sockaddr_rc,rc_bdaddr)");
    private static final int RC_CHANNEL = Abi.value("offsetof(struct sockaddr_rc,rc_channel)");

    private static final int SCO_SIZE = Abi.value("sizeof(struct sockaddr_sco)");
    private static final int SCO_BDADDR = Abi.value("offsetof(struct sockaddr_sco,sco_bdaddr)");

    /** The numbers of a logical link are in the order of the wire, which here is that of the machine too. */
    private static final ValueLayout.OfShort WIRE_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BluetoothSockaddrs() {}

    static byte[] encode(SockaddrHci address) {
        MemorySegment struct = MemorySegment.ofArray(new byte[HCI_SIZE]);
        struct.set(JAVA_SHORT_UNALIGNED, HCI_DEVICE, (short) address.device());
        struct.set(JAVA_SHORT_UNALIGNED, HCI_CHANNEL, (short) address.channel());
        return struct.toArray(JAVA_BYTE);
    }

    static byte[] encode(SockaddrL2 address) {
        MemorySegment struct = MemorySegment.ofArray(new byte[L2_SIZE]);
        struct.set(WIRE_SHORT, L2_PSM, (short) address.psm());
        putDevice(struct, L2_BDADDR, address.bdaddr());
        struct.set(WIRE_SHORT, L2_CID, (short) address.cid());
        struct.set(JAVA_BYTE, L2_TYPE, (byte) address.bdaddrType());
        return struct.toArray(JAVA_BYTE);
    }

    static byte[] encode(SockaddrRc address) {
        MemorySegment struct = MemorySegment.ofArray(new byte[RC_SIZE]);
        putDevice(struct, RC_BDADDR, address.bdaddr());
        struct.set(JAVA_BYTE, RC_CHANNEL, (byte) address.channel());
        return struct.toArray(JAVA_BYTE);
    }

    static byte[] encode(SockaddrSco address) {
        MemorySegment struct = MemorySegment.ofArray(new byte[SCO_SIZE]);
        putDevice(struct, SCO_BDADDR, address.bdaddr());
        return struct.toArray(JAVA_BYTE);
    }

    /** Four structs share the family, and differ in their size alone; null where it is of none. */
    static @Nullable Sockaddr decode(MemorySegment struct) {
        int size = (int) struct.byteSize();
        if (size == HCI_SIZE) {
            return new SockaddrHci(
                    struct.get(JAVA_SHORT_UNALIGNED, HCI_DEVICE) & 0xffff,
                    struct.get(JAVA_SHORT_UNALIGNED, HCI_CHANNEL) & 0xffff);
        }
        if (size == SCO_SIZE) {
            return new SockaddrSco(device(struct, SCO_BDADDR));
        }
        if (size == RC_SIZE) {
            return new SockaddrRc(device(struct, RC_BDADDR), struct.get(JAVA_BYTE, RC_CHANNEL) & 0xff);
        }
        return size != L2_SIZE
                ? null
                : new SockaddrL2(
                        device(struct, L2_BDADDR),
                        struct.get(WIRE_SHORT, L2_PSM) & 0xffff,
                        struct.get(WIRE_SHORT, L2_CID) & 0xffff,
                        struct.get(JAVA_BYTE, L2_TYPE) & 0xff);
    }

    /** Texts have the last byte of memory first. */
    private static void putDevice(MemorySegment struct, int offset, String device) {
        byte[] bytes = HexFormat.ofDelimiter(":").parseHex(device);
        for (int i = 0; i < DEVICE_BYTES; i++) {
            struct.set(JAVA_BYTE, offset + i, bytes[DEVICE_BYTES - 1 - i]);
        }
    }

    private static String device(MemorySegment struct, int offset) {
        byte[] bytes = new byte[DEVICE_BYTES];
        for (int i = 0; i < DEVICE_BYTES; i++) {
            bytes[DEVICE_BYTES - 1 - i] = struct.get(JAVA_BYTE, offset + i);
        }
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes);
    }

    /** The device in capitals. */
    static String check(String device) {
        if (!Pattern.matches(DEVICE, device)) {
            throw new IllegalArgumentException(
                    "\"" + device + "\" is no Bluetooth device: six bytes in hexadecimal, such as 00:1B:DC:07:31:10");
        }
        return device.toUpperCase(Locale.ROOT);
    }
}
