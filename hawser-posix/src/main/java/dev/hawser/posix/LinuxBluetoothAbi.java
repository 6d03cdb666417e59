package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of Bluetooth, which are in no header of the kernel or of the C library, but in those
 * of BlueZ. {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxBluetoothAbi {
    static final String TABLE = """
            # <bluetooth/bluetooth.h>
            # Protocols
            BTPROTO_L2CAP 0
            BTPROTO_HCI 1
            BTPROTO_SCO 2
            BTPROTO_RFCOMM 3

            # <bluetooth/bluetooth.h> <bluetooth/hci.h>
            # Level, and its options
            SOL_HCI 0
            HCI_DATA_DIR 1
            HCI_FILTER 2
            HCI_TIME_STAMP 3
            # Structures
            sizeof(struct sockaddr_hci) 6
            offsetof(struct sockaddr_hci,hci_family) 0
            offsetof(struct sockaddr_hci,hci_dev) 2
            offsetof(struct sockaddr_hci,hci_channel) 4

            # <bluetooth/bluetooth.h> <bluetooth/l2cap.h>
            # Structures
            sizeof(struct sockaddr_l2) 14
            offsetof(struct sockaddr_l2,l2_family) 0
            offsetof(struct sockaddr_l2,l2_psm) 2
            offsetof(struct sockaddr_l2,l2_bdaddr) 4
            offsetof(struct sockaddr_l2,l2_cid) 10
            offsetof(struct sockaddr_l2,l2_bdaddr_type) 12

            # <bluetooth/bluetooth.h> <bluetooth/rfcomm.h>
            # Structures
            sizeof(struct sockaddr_rc) 10
            offsetof(struct sockaddr_rc,rc_family) 0
            offsetof(struct sockaddr_rc,rc_bdaddr) 2
            offsetof(struct sockaddr_rc,rc_channel) 8

            # <bluetooth/bluetooth.h> <bluetooth/sco.h>
            # Structures
            sizeof(struct sockaddr_sco) 8
            offsetof(struct sockaddr_sco,sco_family) 0
            offsetof(struct sockaddr_sco,sco_bdaddr) 2
            """;

    private LinuxBluetoothAbi() {}
}
