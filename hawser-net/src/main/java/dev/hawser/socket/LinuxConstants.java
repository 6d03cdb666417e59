package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <linux/netlink.h>}, {@code <linux/if_packet.h>}, {@code <linux/vm_sockets.h>} and
 * {@code <linux/if_alg.h>}; users name them as those of {@link Constants}. */
sealed interface LinuxConstants permits Constants {

    // Protocols of AF_NETLINK, netlink(7)

    /** {@code NETLINK_ROUTE}: links, addresses, routes: rtnetlink(7). */
    int NETLINK_ROUTE = Abi.value("NETLINK_ROUTE");

    /** {@code NETLINK_USERSOCK}: free for programs. */
    int NETLINK_USERSOCK = Abi.value("NETLINK_USERSOCK");

    /** {@code NETLINK_FIREWALL}: no longer used. */
    int NETLINK_FIREWALL = Abi.value("NETLINK_FIREWALL");

    /** {@code NETLINK_SOCK_DIAG}: sockets: sock_diag(7). */
    int NETLINK_SOCK_DIAG = Abi.value("NETLINK_SOCK_DIAG");

    /** {@code NETLINK_NFLOG}: the log of netfilter. */
    int NETLINK_NFLOG = Abi.value("NETLINK_NFLOG");

    /** {@code NETLINK_XFRM}: IPsec. */
    int NETLINK_XFRM = Abi.value("NETLINK_XFRM");

    /** {@code NETLINK_SELINUX}: SELinux. */
    int NETLINK_SELINUX = Abi.value("NETLINK_SELINUX");

    /** {@code NETLINK_AUDIT}: the audit. */
    int NETLINK_AUDIT = Abi.value("NETLINK_AUDIT");

    /** {@code NETLINK_CONNECTOR}: the kernel's connector. */
    int NETLINK_CONNECTOR = Abi.value("NETLINK_CONNECTOR");

    /** {@code NETLINK_NETFILTER}: netfilter. */
    int NETLINK_NETFILTER = Abi.value("NETLINK_NETFILTER");

    /** {@code NETLINK_IP6_FW}: no longer used. */
    int NETLINK_IP6_FW = Abi.value("NETLINK_IP6_FW");

    /** {@code NETLINK_DNRTMSG}: DECnet's routing. */
    int NETLINK_DNRTMSG = Abi.value("NETLINK_DNRTMSG");

    /** {@code NETLINK_KOBJECT_UEVENT}: events of devices. */
    int NETLINK_KOBJECT_UEVENT = Abi.value("NETLINK_KOBJECT_UEVENT");

    /** {@code NETLINK_GENERIC}: families with a name. */
    int NETLINK_GENERIC = Abi.value("NETLINK_GENERIC");

    /** {@code NETLINK_CRYPTO}: the kernel's cryptography. */
    int NETLINK_CRYPTO = Abi.value("NETLINK_CRYPTO");

    // Types of packet, packet(7)

    /** {@code PACKET_HOST}: for this machine. */
    int PACKET_HOST = Abi.value("PACKET_HOST");

    /** {@code PACKET_BROADCAST}: for every machine of the network. */
    int PACKET_BROADCAST = Abi.value("PACKET_BROADCAST");

    /** {@code PACKET_MULTICAST}: for a group of machines. */
    int PACKET_MULTICAST = Abi.value("PACKET_MULTICAST");

    /** {@code PACKET_OTHERHOST}: for another machine, seen in promiscuous mode. */
    int PACKET_OTHERHOST = Abi.value("PACKET_OTHERHOST");

    /** {@code PACKET_OUTGOING}: sent by this machine. */
    int PACKET_OUTGOING = Abi.value("PACKET_OUTGOING");

    /** {@code PACKET_LOOPBACK}: sent by this machine and looped back. */
    int PACKET_LOOPBACK = Abi.value("PACKET_LOOPBACK");

    /** {@code PACKET_FASTROUTE}: fast-routed, which user space never sees. */
    int PACKET_FASTROUTE = Abi.value("PACKET_FASTROUTE");

    // Virtual machines, vsock(7)

    /** {@code SO_VM_SOCKETS_BUFFER_SIZE}: option of level AF_VSOCK: the size of the buffer. */
    int SO_VM_SOCKETS_BUFFER_SIZE = Abi.value("SO_VM_SOCKETS_BUFFER_SIZE");

    /** {@code SO_VM_SOCKETS_BUFFER_MIN_SIZE}: the least that the size of the buffer can be set to. */
    int SO_VM_SOCKETS_BUFFER_MIN_SIZE = Abi.value("SO_VM_SOCKETS_BUFFER_MIN_SIZE");

    /** {@code SO_VM_SOCKETS_BUFFER_MAX_SIZE}: the most that the size of the buffer can be set to. */
    int SO_VM_SOCKETS_BUFFER_MAX_SIZE = Abi.value("SO_VM_SOCKETS_BUFFER_MAX_SIZE");

    /** {@code SO_VM_SOCKETS_PEER_HOST_VM_ID}: the peer's number on its host. */
    int SO_VM_SOCKETS_PEER_HOST_VM_ID = Abi.value("SO_VM_SOCKETS_PEER_HOST_VM_ID");

    /** {@code SO_VM_SOCKETS_TRUSTED}: whether the peer is trusted. */
    int SO_VM_SOCKETS_TRUSTED = Abi.value("SO_VM_SOCKETS_TRUSTED");

    /** {@code SO_VM_SOCKETS_CONNECT_TIMEOUT}: how long connect may take. */
    int SO_VM_SOCKETS_CONNECT_TIMEOUT = Abi.value("SO_VM_SOCKETS_CONNECT_TIMEOUT");

    /** {@code SO_VM_SOCKETS_NONBLOCK_TXRX}: send and receive without waiting. */
    int SO_VM_SOCKETS_NONBLOCK_TXRX = Abi.value("SO_VM_SOCKETS_NONBLOCK_TXRX");

    /** {@code VMADDR_CID_ANY}: any context identifier, as INADDR_ANY is any host. */
    int VMADDR_CID_ANY = Abi.value("VMADDR_CID_ANY");

    /** {@code VMADDR_CID_HYPERVISOR}: the hypervisor. */
    int VMADDR_CID_HYPERVISOR = Abi.value("VMADDR_CID_HYPERVISOR");

    /** {@code VMADDR_CID_LOCAL}: this machine itself. */
    int VMADDR_CID_LOCAL = Abi.value("VMADDR_CID_LOCAL");

    /** {@code VMADDR_CID_HOST}: the host. */
    int VMADDR_CID_HOST = Abi.value("VMADDR_CID_HOST");

    /** {@code VMADDR_PORT_ANY}: any port. */
    int VMADDR_PORT_ANY = Abi.value("VMADDR_PORT_ANY");

    /** {@code VMADDR_FLAG_TO_HOST}: flag of an address: to the host whatever the context identifier. */
    int VMADDR_FLAG_TO_HOST = Abi.value("VMADDR_FLAG_TO_HOST");

    /** {@code VM_SOCKETS_INVALID_VERSION}: no version. */
    int VM_SOCKETS_INVALID_VERSION = Abi.value("VM_SOCKETS_INVALID_VERSION");

    /** {@code IOCTL_VM_SOCKETS_GET_LOCAL_CID}: ioctl of /dev/vsock: which context identifier this machine has. */
    int IOCTL_VM_SOCKETS_GET_LOCAL_CID = Abi.value("IOCTL_VM_SOCKETS_GET_LOCAL_CID");

    // The kernel's cryptography, options of level SOL_ALG

    /** {@code ALG_SET_KEY}: option: the key. */
    int ALG_SET_KEY = Abi.value("ALG_SET_KEY");

    /** {@code ALG_SET_IV}: control message: the initialisation vector. */
    int ALG_SET_IV = Abi.value("ALG_SET_IV");

    /** {@code ALG_SET_OP}: control message: encrypt or decrypt. */
    int ALG_SET_OP = Abi.value("ALG_SET_OP");

    /** {@code ALG_SET_AEAD_ASSOCLEN}: control message: how many bytes are authenticated and not encrypted. */
    int ALG_SET_AEAD_ASSOCLEN = Abi.value("ALG_SET_AEAD_ASSOCLEN");

    /** {@code ALG_SET_AEAD_AUTHSIZE}: option: the size of the authentication tag. */
    int ALG_SET_AEAD_AUTHSIZE = Abi.value("ALG_SET_AEAD_AUTHSIZE");

    /** {@code ALG_SET_DRBG_ENTROPY}: option: the entropy of a random number generator. */
    int ALG_SET_DRBG_ENTROPY = Abi.value("ALG_SET_DRBG_ENTROPY");

    /** {@code ALG_SET_PUBKEY}: option: the public key; no header of Linux has it, CPython does. */
    int ALG_SET_PUBKEY = 6;

    /** {@code ALG_OP_DECRYPT}: decrypt. */
    int ALG_OP_DECRYPT = Abi.value("ALG_OP_DECRYPT");

    /** {@code ALG_OP_ENCRYPT}: encrypt. */
    int ALG_OP_ENCRYPT = Abi.value("ALG_OP_ENCRYPT");

    /** {@code ALG_OP_SIGN}: sign; no header of Linux has it, CPython does. */
    int ALG_OP_SIGN = 2;

    /** {@code ALG_OP_VERIFY}: verify a signature; no header of Linux has it, CPython does. */
    int ALG_OP_VERIFY = 3;
}
