package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <linux/can.h>} and of the headers beside it; users name them as those of {@link Constants}. */
sealed interface CanConstants permits Constants {

    // Protocols of AF_CAN

    /** {@code CAN_RAW}: the frames themselves. */
    int CAN_RAW = Abi.value("CAN_RAW");

    /** {@code CAN_BCM}: the broadcast manager, which sends and watches on its own. */
    int CAN_BCM = Abi.value("CAN_BCM");

    /** {@code CAN_TP16}: VAG's transport protocol 1.6. */
    int CAN_TP16 = Abi.value("CAN_TP16");

    /** {@code CAN_TP20}: VAG's transport protocol 2.0. */
    int CAN_TP20 = Abi.value("CAN_TP20");

    /** {@code CAN_MCNET}: Bosch's MCNet. */
    int CAN_MCNET = Abi.value("CAN_MCNET");

    /** {@code CAN_ISOTP}: ISO 15765-2, longer messages. */
    int CAN_ISOTP = Abi.value("CAN_ISOTP");

    /** {@code CAN_J1939}: SAE J1939, messages between named units. */
    int CAN_J1939 = Abi.value("CAN_J1939");

    // Levels of options

    /** {@code SOL_CAN_BASE}: added to a protocol it is the level of its options. */
    int SOL_CAN_BASE = Abi.value("SOL_CAN_BASE");

    // Bits of an identifier

    /** {@code CAN_EFF_FLAG}: the identifier has 29 bits. */
    int CAN_EFF_FLAG = Abi.value("CAN_EFF_FLAG");

    /** {@code CAN_RTR_FLAG}: a request for data. */
    int CAN_RTR_FLAG = Abi.value("CAN_RTR_FLAG");

    /** {@code CAN_ERR_FLAG}: a message of errors. */
    int CAN_ERR_FLAG = Abi.value("CAN_ERR_FLAG");

    /** {@code CAN_INV_FILTER}: of a filter: take the frames that do not match. */
    int CAN_INV_FILTER = Abi.value("CAN_INV_FILTER");

    /** {@code CAN_SFF_MASK}: the identifier of a standard frame, 11 bits. */
    int CAN_SFF_MASK = Abi.value("CAN_SFF_MASK");

    /** {@code CAN_EFF_MASK}: the identifier of an extended frame, 29 bits. */
    int CAN_EFF_MASK = Abi.value("CAN_EFF_MASK");

    /** {@code CAN_ERR_MASK}: the kinds of error of a message of errors. */
    int CAN_ERR_MASK = Abi.value("CAN_ERR_MASK");

    // Options of level SOL_CAN_RAW

    /** {@code SOL_CAN_RAW}: the level. */
    int SOL_CAN_RAW = Abi.value("SOL_CAN_RAW");

    /** {@code CAN_RAW_FILTER}: which frames to receive. */
    int CAN_RAW_FILTER = Abi.value("CAN_RAW_FILTER");

    /** {@code CAN_RAW_ERR_FILTER}: which errors to receive as frames. */
    int CAN_RAW_ERR_FILTER = Abi.value("CAN_RAW_ERR_FILTER");

    /** {@code CAN_RAW_LOOPBACK}: whether other sockets here receive what is sent: on at first. */
    int CAN_RAW_LOOPBACK = Abi.value("CAN_RAW_LOOPBACK");

    /** {@code CAN_RAW_RECV_OWN_MSGS}: whether the socket receives its own frames: off at first. */
    int CAN_RAW_RECV_OWN_MSGS = Abi.value("CAN_RAW_RECV_OWN_MSGS");

    /** {@code CAN_RAW_FD_FRAMES}: whether frames of CAN FD are taken. */
    int CAN_RAW_FD_FRAMES = Abi.value("CAN_RAW_FD_FRAMES");

    /** {@code CAN_RAW_JOIN_FILTERS}: whether a frame must match all filters. */
    int CAN_RAW_JOIN_FILTERS = Abi.value("CAN_RAW_JOIN_FILTERS");

    // Options of level SOL_CAN_ISOTP

    /** {@code SOL_CAN_ISOTP}: the level. */
    int SOL_CAN_ISOTP = Abi.value("SOL_CAN_ISOTP");

    /** {@code CAN_ISOTP_OPTS}: struct can_isotp_options. */
    int CAN_ISOTP_OPTS = Abi.value("CAN_ISOTP_OPTS");

    /** {@code CAN_ISOTP_RECV_FC}: flow control of what is received. */
    int CAN_ISOTP_RECV_FC = Abi.value("CAN_ISOTP_RECV_FC");

    /** {@code CAN_ISOTP_TX_STMIN}: the least time between frames sent. */
    int CAN_ISOTP_TX_STMIN = Abi.value("CAN_ISOTP_TX_STMIN");

    /** {@code CAN_ISOTP_RX_STMIN}: the least time between frames received. */
    int CAN_ISOTP_RX_STMIN = Abi.value("CAN_ISOTP_RX_STMIN");

    /** {@code CAN_ISOTP_LL_OPTS}: the kind of frames. */
    int CAN_ISOTP_LL_OPTS = Abi.value("CAN_ISOTP_LL_OPTS");

    // Operations of the broadcast manager, under CPython's names; C has them without CAN_BCM

    /** {@code CAN_BCM_TX_SETUP}: begin to send. */
    int CAN_BCM_TX_SETUP = Abi.value("TX_SETUP");

    /** {@code CAN_BCM_TX_DELETE}: end to send. */
    int CAN_BCM_TX_DELETE = Abi.value("TX_DELETE");

    /** {@code CAN_BCM_TX_READ}: ask what is sent. */
    int CAN_BCM_TX_READ = Abi.value("TX_READ");

    /** {@code CAN_BCM_TX_SEND}: send one frame. */
    int CAN_BCM_TX_SEND = Abi.value("TX_SEND");

    /** {@code CAN_BCM_RX_SETUP}: begin to watch. */
    int CAN_BCM_RX_SETUP = Abi.value("RX_SETUP");

    /** {@code CAN_BCM_RX_DELETE}: end to watch. */
    int CAN_BCM_RX_DELETE = Abi.value("RX_DELETE");

    /** {@code CAN_BCM_RX_READ}: ask what is watched. */
    int CAN_BCM_RX_READ = Abi.value("RX_READ");

    /** {@code CAN_BCM_TX_STATUS}: the answer about sending. */
    int CAN_BCM_TX_STATUS = Abi.value("TX_STATUS");

    /** {@code CAN_BCM_TX_EXPIRED}: the last frame was sent. */
    int CAN_BCM_TX_EXPIRED = Abi.value("TX_EXPIRED");

    /** {@code CAN_BCM_RX_STATUS}: the answer about watching. */
    int CAN_BCM_RX_STATUS = Abi.value("RX_STATUS");

    /** {@code CAN_BCM_RX_TIMEOUT}: a frame did not come in time. */
    int CAN_BCM_RX_TIMEOUT = Abi.value("RX_TIMEOUT");

    /** {@code CAN_BCM_RX_CHANGED}: a frame came with other content. */
    int CAN_BCM_RX_CHANGED = Abi.value("RX_CHANGED");

    // Flags of the broadcast manager

    /** {@code CAN_BCM_SETTIMER}: the intervals are set. */
    int CAN_BCM_SETTIMER = Abi.value("SETTIMER");

    /** {@code CAN_BCM_STARTTIMER}: the timer starts. */
    int CAN_BCM_STARTTIMER = Abi.value("STARTTIMER");

    /** {@code CAN_BCM_TX_COUNTEVT}: report when the count has run out. */
    int CAN_BCM_TX_COUNTEVT = Abi.value("TX_COUNTEVT");

    /** {@code CAN_BCM_TX_ANNOUNCE}: send a change at once. */
    int CAN_BCM_TX_ANNOUNCE = Abi.value("TX_ANNOUNCE");

    /** {@code CAN_BCM_TX_CP_CAN_ID}: copy the identifier into every frame. */
    int CAN_BCM_TX_CP_CAN_ID = Abi.value("TX_CP_CAN_ID");

    /** {@code CAN_BCM_RX_FILTER_ID}: watch the identifier alone. */
    int CAN_BCM_RX_FILTER_ID = Abi.value("RX_FILTER_ID");

    /** {@code CAN_BCM_RX_CHECK_DLC}: a change of length is a change. */
    int CAN_BCM_RX_CHECK_DLC = Abi.value("RX_CHECK_DLC");

    /** {@code CAN_BCM_RX_NO_AUTOTIMER}: the timer does not start by itself. */
    int CAN_BCM_RX_NO_AUTOTIMER = Abi.value("RX_NO_AUTOTIMER");

    /** {@code CAN_BCM_RX_ANNOUNCE_RESUME}: report the first frame after a silence. */
    int CAN_BCM_RX_ANNOUNCE_RESUME = Abi.value("RX_ANNOUNCE_RESUME");

    /** {@code CAN_BCM_TX_RESET_MULTI_IDX}: begin anew with the first frame. */
    int CAN_BCM_TX_RESET_MULTI_IDX = Abi.value("TX_RESET_MULTI_IDX");

    /** {@code CAN_BCM_RX_RTR_FRAME}: answer a request for data. */
    int CAN_BCM_RX_RTR_FRAME = Abi.value("RX_RTR_FRAME");

    /** {@code CAN_BCM_CAN_FD_FRAME}: the frames are of CAN FD. */
    int CAN_BCM_CAN_FD_FRAME = Abi.value("CAN_FD_FRAME");

    // SAE J1939: addresses and parameter groups

    /** {@code J1939_MAX_UNICAST_ADDR}: the last address of a unit. */
    int J1939_MAX_UNICAST_ADDR = Abi.value("J1939_MAX_UNICAST_ADDR");

    /** {@code J1939_IDLE_ADDR}: the address of a unit that has none yet. */
    int J1939_IDLE_ADDR = Abi.value("J1939_IDLE_ADDR");

    /** {@code J1939_NO_ADDR}: no address, or all. */
    int J1939_NO_ADDR = Abi.value("J1939_NO_ADDR");

    /** {@code J1939_NO_NAME}: no name. */
    int J1939_NO_NAME = Abi.value("J1939_NO_NAME");

    /** {@code J1939_PGN_REQUEST}: the group of requests. */
    int J1939_PGN_REQUEST = Abi.value("J1939_PGN_REQUEST");

    /** {@code J1939_PGN_ADDRESS_CLAIMED}: the group of claims to an address. */
    int J1939_PGN_ADDRESS_CLAIMED = Abi.value("J1939_PGN_ADDRESS_CLAIMED");

    /** {@code J1939_PGN_ADDRESS_COMMANDED}: the group of commanded addresses. */
    int J1939_PGN_ADDRESS_COMMANDED = Abi.value("J1939_PGN_ADDRESS_COMMANDED");

    /** {@code J1939_PGN_PDU1_MAX}: the last group that is sent to one address. */
    int J1939_PGN_PDU1_MAX = Abi.value("J1939_PGN_PDU1_MAX");

    /** {@code J1939_PGN_MAX}: the last group. */
    int J1939_PGN_MAX = Abi.value("J1939_PGN_MAX");

    /** {@code J1939_NO_PGN}: no group. */
    int J1939_NO_PGN = Abi.value("J1939_NO_PGN");

    // Options of level SOL_CAN_J1939

    /** {@code SOL_CAN_J1939}: the level. */
    int SOL_CAN_J1939 = Abi.value("SOL_CAN_J1939");

    /** {@code SO_J1939_FILTER}: which messages to receive. */
    int SO_J1939_FILTER = Abi.value("SO_J1939_FILTER");

    /** {@code SO_J1939_PROMISC}: whether to receive what is sent to others. */
    int SO_J1939_PROMISC = Abi.value("SO_J1939_PROMISC");

    /** {@code SO_J1939_SEND_PRIO}: the priority of messages sent, 0 the most urgent. */
    int SO_J1939_SEND_PRIO = Abi.value("SO_J1939_SEND_PRIO");

    /** {@code SO_J1939_ERRQUEUE}: whether the error queue tells how sending goes. */
    int SO_J1939_ERRQUEUE = Abi.value("SO_J1939_ERRQUEUE");

    /** {@code J1939_FILTER_MAX}: the most filters. */
    int J1939_FILTER_MAX = Abi.value("J1939_FILTER_MAX");

    // Control messages of SAE J1939, and what its error queue says

    /** {@code SCM_J1939_DEST_ADDR}: the address that a message was sent to. */
    int SCM_J1939_DEST_ADDR = Abi.value("SCM_J1939_DEST_ADDR");

    /** {@code SCM_J1939_DEST_NAME}: the name that a message was sent to. */
    int SCM_J1939_DEST_NAME = Abi.value("SCM_J1939_DEST_NAME");

    /** {@code SCM_J1939_PRIO}: the priority of a message. */
    int SCM_J1939_PRIO = Abi.value("SCM_J1939_PRIO");

    /** {@code SCM_J1939_ERRQUEUE}: how sending goes. */
    int SCM_J1939_ERRQUEUE = Abi.value("SCM_J1939_ERRQUEUE");

    /** {@code J1939_NLA_PAD}: nothing. */
    int J1939_NLA_PAD = Abi.value("J1939_NLA_PAD");

    /** {@code J1939_NLA_BYTES_ACKED}: how many bytes were acknowledged. */
    int J1939_NLA_BYTES_ACKED = Abi.value("J1939_NLA_BYTES_ACKED");

    /** {@code J1939_EE_INFO_NONE}: no news. */
    int J1939_EE_INFO_NONE = Abi.value("J1939_EE_INFO_NONE");

    /** {@code J1939_EE_INFO_TX_ABORT}: sending ended early. */
    int J1939_EE_INFO_TX_ABORT = Abi.value("J1939_EE_INFO_TX_ABORT");
}
