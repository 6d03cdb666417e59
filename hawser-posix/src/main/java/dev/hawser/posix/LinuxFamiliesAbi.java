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
            """;

    private LinuxFamiliesAbi() {}
}
