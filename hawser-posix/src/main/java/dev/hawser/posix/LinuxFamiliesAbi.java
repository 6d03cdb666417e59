package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of the address families that are the kernel's own: {@code <linux/netlink.h>},
 * and so on, each header named beside its lines. {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxFamiliesAbi {
    static final String TABLE = """
            # <linux/netlink.h>
            # Protocols
            NETLINK_ROUTE 0
            NETLINK_UNUSED 1
            NETLINK_USERSOCK 2
            NETLINK_FIREWALL 3
            NETLINK_SOCK_DIAG 4
            NETLINK_INET_DIAG 4
            NETLINK_NFLOG 5
            NETLINK_XFRM 6
            NETLINK_SELINUX 7
            NETLINK_ISCSI 8
            NETLINK_AUDIT 9
            NETLINK_FIB_LOOKUP 10
            NETLINK_CONNECTOR 11
            NETLINK_NETFILTER 12
            NETLINK_IP6_FW 13
            NETLINK_DNRTMSG 14
            NETLINK_KOBJECT_UEVENT 15
            NETLINK_GENERIC 16
            NETLINK_SCSITRANSPORT 18
            NETLINK_ECRYPTFS 19
            NETLINK_RDMA 20
            NETLINK_CRYPTO 21
            NETLINK_SMC 22
            # Structures
            sizeof(struct sockaddr_nl) 12
            offsetof(struct sockaddr_nl,nl_family) 0
            offsetof(struct sockaddr_nl,nl_pid) 4
            offsetof(struct sockaddr_nl,nl_groups) 8

            # <linux/if_packet.h>
            # Types of packet
            PACKET_HOST 0
            PACKET_BROADCAST 1
            PACKET_MULTICAST 2
            PACKET_OTHERHOST 3
            PACKET_OUTGOING 4
            PACKET_LOOPBACK 5
            PACKET_FASTROUTE 6
            # Structures
            sizeof(struct sockaddr_ll) 20
            offsetof(struct sockaddr_ll,sll_family) 0
            offsetof(struct sockaddr_ll,sll_protocol) 2
            offsetof(struct sockaddr_ll,sll_ifindex) 4
            offsetof(struct sockaddr_ll,sll_hatype) 8
            offsetof(struct sockaddr_ll,sll_pkttype) 10
            offsetof(struct sockaddr_ll,sll_halen) 11
            offsetof(struct sockaddr_ll,sll_addr) 12

            # <sys/socket.h> <linux/vm_sockets.h> <sys/ioctl.h>
            # Options of level AF_VSOCK
            SO_VM_SOCKETS_BUFFER_SIZE 0
            SO_VM_SOCKETS_BUFFER_MIN_SIZE 1
            SO_VM_SOCKETS_BUFFER_MAX_SIZE 2
            SO_VM_SOCKETS_PEER_HOST_VM_ID 3
            SO_VM_SOCKETS_TRUSTED 5
            SO_VM_SOCKETS_CONNECT_TIMEOUT 6
            SO_VM_SOCKETS_NONBLOCK_TXRX 7
            # Addresses
            VMADDR_CID_ANY -1
            VMADDR_CID_HYPERVISOR 0
            VMADDR_CID_LOCAL 1
            VMADDR_CID_HOST 2
            VMADDR_PORT_ANY -1
            VMADDR_FLAG_TO_HOST 1
            VM_SOCKETS_INVALID_VERSION -1
            IOCTL_VM_SOCKETS_GET_LOCAL_CID 1977
            # Structures
            sizeof(struct sockaddr_vm) 16
            offsetof(struct sockaddr_vm,svm_family) 0
            offsetof(struct sockaddr_vm,svm_port) 4
            offsetof(struct sockaddr_vm,svm_cid) 8
            offsetof(struct sockaddr_vm,svm_flags) 12

            # <linux/if_alg.h>
            # Options of level SOL_ALG
            ALG_SET_KEY 1
            ALG_SET_IV 2
            ALG_SET_OP 3
            ALG_SET_AEAD_ASSOCLEN 4
            ALG_SET_AEAD_AUTHSIZE 5
            ALG_SET_DRBG_ENTROPY 6
            # Values of ALG_SET_OP
            ALG_OP_DECRYPT 0
            ALG_OP_ENCRYPT 1
            # Structures
            sizeof(struct sockaddr_alg) 88
            offsetof(struct sockaddr_alg,salg_family) 0
            offsetof(struct sockaddr_alg,salg_type) 2
            offsetof(struct sockaddr_alg,salg_feat) 16
            offsetof(struct sockaddr_alg,salg_mask) 20
            offsetof(struct sockaddr_alg,salg_name) 24

            # <linux/can.h>
            # Protocols
            CAN_RAW 1
            CAN_BCM 2
            CAN_TP16 3
            CAN_TP20 4
            CAN_MCNET 5
            CAN_ISOTP 6
            CAN_J1939 7
            # Level
            SOL_CAN_BASE 100
            # Bits of an identifier
            CAN_EFF_FLAG 0x80000000
            CAN_RTR_FLAG 0x40000000
            CAN_ERR_FLAG 0x20000000
            CAN_INV_FILTER 0x20000000
            CAN_SFF_MASK 2047
            CAN_EFF_MASK 0x1fffffff
            CAN_ERR_MASK 0x1fffffff
            # Structures
            sizeof(struct sockaddr_can) 24
            offsetof(struct sockaddr_can,can_family) 0
            offsetof(struct sockaddr_can,can_ifindex) 4
            offsetof(struct sockaddr_can,can_addr.tp.rx_id) 8
            offsetof(struct sockaddr_can,can_addr.tp.tx_id) 12
            offsetof(struct sockaddr_can,can_addr.j1939.name) 8
            offsetof(struct sockaddr_can,can_addr.j1939.pgn) 16
            offsetof(struct sockaddr_can,can_addr.j1939.addr) 20

            # <linux/can/raw.h>
            # Level, and its options
            SOL_CAN_RAW 101
            CAN_RAW_FILTER 1
            CAN_RAW_ERR_FILTER 2
            CAN_RAW_LOOPBACK 3
            CAN_RAW_RECV_OWN_MSGS 4
            CAN_RAW_FD_FRAMES 5
            CAN_RAW_JOIN_FILTERS 6

            # <linux/can/isotp.h>
            # Level, and its options
            SOL_CAN_ISOTP 106
            CAN_ISOTP_OPTS 1
            CAN_ISOTP_RECV_FC 2
            CAN_ISOTP_TX_STMIN 3
            CAN_ISOTP_RX_STMIN 4
            CAN_ISOTP_LL_OPTS 5

            # <linux/can/bcm.h>
            # Operations
            TX_SETUP 1
            TX_DELETE 2
            TX_READ 3
            TX_SEND 4
            RX_SETUP 5
            RX_DELETE 6
            RX_READ 7
            TX_STATUS 8
            TX_EXPIRED 9
            RX_STATUS 10
            RX_TIMEOUT 11
            RX_CHANGED 12
            # Flags
            SETTIMER 1
            STARTTIMER 2
            TX_COUNTEVT 4
            TX_ANNOUNCE 8
            TX_CP_CAN_ID 16
            RX_FILTER_ID 32
            RX_CHECK_DLC 64
            RX_NO_AUTOTIMER 128
            RX_ANNOUNCE_RESUME 256
            TX_RESET_MULTI_IDX 512
            RX_RTR_FRAME 1024
            CAN_FD_FRAME 0x800

            # <linux/can/j1939.h>
            # Addresses and parameter groups
            J1939_MAX_UNICAST_ADDR 253
            J1939_IDLE_ADDR 254
            J1939_NO_ADDR 255
            J1939_NO_NAME 0
            J1939_PGN_REQUEST 0xea00
            J1939_PGN_ADDRESS_CLAIMED 0xee00
            J1939_PGN_ADDRESS_COMMANDED 0xfed8
            J1939_PGN_PDU1_MAX 0x3ff00
            J1939_PGN_MAX 0x3ffff
            J1939_NO_PGN 0x40000
            # Level, and its options
            SOL_CAN_J1939 107
            SO_J1939_FILTER 1
            SO_J1939_PROMISC 2
            SO_J1939_SEND_PRIO 3
            SO_J1939_ERRQUEUE 4
            J1939_FILTER_MAX 512
            # Control messages, and what the error queue says
            SCM_J1939_DEST_ADDR 1
            SCM_J1939_DEST_NAME 2
            SCM_J1939_PRIO 3
            SCM_J1939_ERRQUEUE 4
            J1939_NLA_PAD 0
            J1939_NLA_BYTES_ACKED 1
            J1939_EE_INFO_NONE 0
            J1939_EE_INFO_TX_ABORT 1

            # <linux/tipc.h>
            # Levels of importance
            TIPC_LOW_IMPORTANCE 0
            TIPC_MEDIUM_IMPORTANCE 1
            TIPC_HIGH_IMPORTANCE 2
            TIPC_CRITICAL_IMPORTANCE 3
            # Options of level SOL_TIPC
            TIPC_IMPORTANCE 127
            TIPC_SRC_DROPPABLE 128
            TIPC_DEST_DROPPABLE 129
            TIPC_CONN_TIMEOUT 130
            # Addresses
            TIPC_ADDR_NAMESEQ 1
            TIPC_ADDR_NAME 2
            TIPC_ADDR_ID 3
            TIPC_ZONE_SCOPE 1
            TIPC_CLUSTER_SCOPE 2
            TIPC_NODE_SCOPE 3
            # The topology service
            TIPC_CFG_SRV 0
            TIPC_TOP_SRV 1
            TIPC_SUB_PORTS 1
            TIPC_SUB_SERVICE 2
            TIPC_SUB_CANCEL 4
            TIPC_WAIT_FOREVER -1
            TIPC_PUBLISHED 1
            TIPC_WITHDRAWN 2
            TIPC_SUBSCR_TIMEOUT 3
            # Structures
            sizeof(struct sockaddr_tipc) 16
            offsetof(struct sockaddr_tipc,family) 0
            offsetof(struct sockaddr_tipc,addrtype) 2
            offsetof(struct sockaddr_tipc,scope) 3
            offsetof(struct sockaddr_tipc,addr.id.ref) 4
            offsetof(struct sockaddr_tipc,addr.id.node) 8
            offsetof(struct sockaddr_tipc,addr.nameseq.type) 4
            offsetof(struct sockaddr_tipc,addr.nameseq.lower) 8
            offsetof(struct sockaddr_tipc,addr.nameseq.upper) 12
            offsetof(struct sockaddr_tipc,addr.name.name.type) 4
            offsetof(struct sockaddr_tipc,addr.name.name.instance) 8
            offsetof(struct sockaddr_tipc,addr.name.domain) 12

            # <linux/qrtr.h>
            # Addresses
            QRTR_NODE_BCAST -1
            QRTR_PORT_CTRL 0xfffffffe
            # Structures
            sizeof(struct sockaddr_qrtr) 12
            offsetof(struct sockaddr_qrtr,sq_family) 0
            offsetof(struct sockaddr_qrtr,sq_node) 4
            offsetof(struct sockaddr_qrtr,sq_port) 8
            """;

    private LinuxFamiliesAbi() {}
}
