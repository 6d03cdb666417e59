package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <bluetooth/bluetooth.h>} and {@code <bluetooth/hci.h>}; users name them as those of {@link Constants}. */
sealed interface BluetoothConstants permits Constants {

    // Protocols of AF_BLUETOOTH

    /** {@code BTPROTO_L2CAP}: logical links. */
    int BTPROTO_L2CAP = Abi.value("BTPROTO_L2CAP");

    /** {@code BTPROTO_HCI}: the controller. */
    int BTPROTO_HCI = Abi.value("BTPROTO_HCI");

    /** {@code BTPROTO_SCO}: voice. */
    int BTPROTO_SCO = Abi.value("BTPROTO_SCO");

    /** {@code BTPROTO_RFCOMM}: serial lines. */
    int BTPROTO_RFCOMM = Abi.value("BTPROTO_RFCOMM");

    // Options of level SOL_HCI

    /** {@code SOL_HCI}: the level. */
    int SOL_HCI = Abi.value("SOL_HCI");

    /** {@code HCI_DATA_DIR}: whether a control message tells the direction. */
    int HCI_DATA_DIR = Abi.value("HCI_DATA_DIR");

    /** {@code HCI_FILTER}: which packets to receive. */
    int HCI_FILTER = Abi.value("HCI_FILTER");

    /** {@code HCI_TIME_STAMP}: whether a control message tells the time. */
    int HCI_TIME_STAMP = Abi.value("HCI_TIME_STAMP");

    // Addresses, as text

    /** {@code BDADDR_ANY}: any controller. */
    String BDADDR_ANY = "00:00:00:00:00:00";

    /** {@code BDADDR_LOCAL}: this machine. */
    String BDADDR_LOCAL = "00:00:00:FF:FF:FF";
}
