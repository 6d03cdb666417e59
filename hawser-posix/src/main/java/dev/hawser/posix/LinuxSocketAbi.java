package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of sockets: {@code <sys/socket.h>}, {@code <sys/un.h>}, {@code <sys/uio.h>} and
 * {@code <linux/errqueue.h>}. {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxSocketAbi {
    static final String TABLE = """
            # <sys/socket.h>
            # Address families
            AF_UNSPEC 0
            AF_FILE 1
            AF_LOCAL 1
            AF_UNIX 1
            AF_INET 2
            AF_AX25 3
            AF_IPX 4
            AF_APPLETALK 5
            AF_NETROM 6
            AF_BRIDGE 7
            AF_ATMPVC 8
            AF_X25 9
            AF_INET6 10
            AF_ROSE 11
            AF_DECnet 12
            AF_NETBEUI 13
            AF_SECURITY 14
            AF_KEY 15
            AF_NETLINK 16
            AF_ROUTE 16
            AF_PACKET 17
            AF_ASH 18
            AF_ECONET 19
            AF_ATMSVC 20
            AF_RDS 21
            AF_SNA 22
            AF_IRDA 23
            AF_PPPOX 24
            AF_WANPIPE 25
            AF_LLC 26
            AF_IB 27
            AF_MPLS 28
            AF_CAN 29
            AF_TIPC 30
            AF_BLUETOOTH 31
            AF_IUCV 32
            AF_RXRPC 33
            AF_ISDN 34
            AF_PHONET 35
            AF_IEEE802154 36
            AF_CAIF 37
            AF_ALG 38
            AF_NFC 39
            AF_VSOCK 40
            AF_KCM 41
            AF_QIPCRTR 42
            AF_SMC 43
            AF_XDP 44
            AF_MCTP 45
            # Protocol families
            PF_CAN 29
            PF_PACKET 17
            PF_RDS 21
            # Types of socket
            SOCK_STREAM 1
            SOCK_DGRAM 2
            SOCK_RAW 3
            SOCK_RDM 4
            SOCK_SEQPACKET 5
            SOCK_DCCP 6
            SOCK_PACKET 10
            # Flags or-ed to a type
            SOCK_NONBLOCK 0x800
            SOCK_CLOEXEC 0x80000
            # Levels of setsockopt
            SOL_SOCKET 1
            SOL_RAW 255
            SOL_DECNET 261
            SOL_X25 262
            SOL_PACKET 263
            SOL_ATM 264
            SOL_AAL 265
            SOL_IRDA 266
            SOL_NETBEUI 267
            SOL_LLC 268
            SOL_DCCP 269
            SOL_NETLINK 270
            SOL_TIPC 271
            SOL_RXRPC 272
            SOL_PPPOL2TP 273
            SOL_BLUETOOTH 274
            SOL_PNPIPE 275
            SOL_RDS 276
            SOL_IUCV 277
            SOL_CAIF 278
            SOL_ALG 279
            SOL_NFC 280
            SOL_KCM 281
            SOL_TLS 282
            SOL_XDP 283
            SOL_MPTCP 284
            SOL_MCTP 285
            SOL_SMC 286
            # Options of level SOL_SOCKET
            SO_DEBUG 1
            SO_REUSEADDR 2
            SO_TYPE 3
            SO_ERROR 4
            SO_DONTROUTE 5
            SO_BROADCAST 6
            SO_SNDBUF 7
            SO_RCVBUF 8
            SO_KEEPALIVE 9
            SO_OOBINLINE 10
            SO_NO_CHECK 11
            SO_PRIORITY 12
            SO_LINGER 13
            SO_BSDCOMPAT 14
            SO_REUSEPORT 15
            SO_PASSCRED 16
            SO_PEERCRED 17
            SO_RCVLOWAT 18
            SO_SNDLOWAT 19
            SO_RCVTIMEO 20
            SO_SNDTIMEO 21
            SO_SECURITY_AUTHENTICATION 22
            SO_SECURITY_ENCRYPTION_TRANSPORT 23
            SO_SECURITY_ENCRYPTION_NETWORK 24
            SO_BINDTODEVICE 25
            SO_ATTACH_FILTER 26
            SO_GET_FILTER 26
            SO_DETACH_BPF 27
            SO_DETACH_FILTER 27
            SO_PEERNAME 28
            SO_TIMESTAMP 29
            SO_ACCEPTCONN 30
            SO_PEERSEC 31
            SO_SNDBUFFORCE 32
            SO_RCVBUFFORCE 33
            SO_PASSSEC 34
            SO_TIMESTAMPNS 35
            SO_MARK 36
            SO_TIMESTAMPING 37
            SO_PROTOCOL 38
            SO_DOMAIN 39
            SO_RXQ_OVFL 40
            SO_WIFI_STATUS 41
            SO_PEEK_OFF 42
            SO_NOFCS 43
            SO_LOCK_FILTER 44
            SO_SELECT_ERR_QUEUE 45
            SO_BUSY_POLL 46
            SO_MAX_PACING_RATE 47
            SO_BPF_EXTENSIONS 48
            SO_INCOMING_CPU 49
            SO_ATTACH_BPF 50
            SO_ATTACH_REUSEPORT_CBPF 51
            SO_ATTACH_REUSEPORT_EBPF 52
            SO_CNX_ADVICE 53
            SO_MEMINFO 55
            SO_INCOMING_NAPI_ID 56
            SO_COOKIE 57
            SO_PEERGROUPS 59
            SO_ZEROCOPY 60
            SO_TXTIME 61
            SO_BINDTOIFINDEX 62
            SO_DETACH_REUSEPORT_BPF 68
            SO_PREFER_BUSY_POLL 69
            SO_BUSY_POLL_BUDGET 70
            SO_NETNS_COOKIE 71
            SO_BUF_LOCK 72
            SO_RESERVE_MEM 73
            SO_TXREHASH 74
            SO_RCVMARK 75
            SO_PASSPIDFD 76
            SO_PEERPIDFD 77
            # Types of ancillary data, level SOL_SOCKET
            SCM_RIGHTS 1
            SCM_CREDENTIALS 2
            SCM_PIDFD 4
            SCM_TIMESTAMP 29
            SCM_TIMESTAMPNS 35
            SCM_TIMESTAMPING 37
            SCM_WIFI_STATUS 41
            SCM_TIMESTAMPING_OPT_STATS 54
            SCM_TIMESTAMPING_PKTINFO 58
            SCM_TXTIME 61
            # Flags of send and recv
            MSG_OOB 0x1
            MSG_PEEK 0x2
            MSG_DONTROUTE 0x4
            MSG_TRYHARD 0x4
            MSG_CTRUNC 0x8
            MSG_PROXY 0x10
            MSG_TRUNC 0x20
            MSG_DONTWAIT 0x40
            MSG_EOR 0x80
            MSG_WAITALL 0x100
            MSG_FIN 0x200
            MSG_SYN 0x400
            MSG_CONFIRM 0x800
            MSG_RST 0x1000
            MSG_ERRQUEUE 0x2000
            MSG_NOSIGNAL 0x4000
            MSG_MORE 0x8000
            MSG_WAITFORONE 0x10000
            MSG_BATCH 0x40000
            MSG_ZEROCOPY 0x4000000
            MSG_FASTOPEN 0x20000000
            MSG_CMSG_CLOEXEC 0x40000000
            # Arguments of shutdown
            SHUT_RD 0
            SHUT_WR 1
            SHUT_RDWR 2
            # Backlog of listen (musl says 128; the kernel caps it at net.core.somaxconn)
            SOMAXCONN 4096
            # Structures
            sizeof(struct sockaddr) 16
            offsetof(struct sockaddr,sa_family) 0
            offsetof(struct sockaddr,sa_data) 2
            sizeof(struct sockaddr_storage) 128
            offsetof(struct sockaddr_storage,ss_family) 0
            sizeof(struct msghdr) 56
            offsetof(struct msghdr,msg_name) 0
            offsetof(struct msghdr,msg_namelen) 8
            offsetof(struct msghdr,msg_iov) 16
            offsetof(struct msghdr,msg_iovlen) 24
            offsetof(struct msghdr,msg_control) 32
            offsetof(struct msghdr,msg_controllen) 40
            offsetof(struct msghdr,msg_flags) 48
            sizeof(struct mmsghdr) 64
            offsetof(struct mmsghdr,msg_hdr) 0
            offsetof(struct mmsghdr,msg_len) 56
            sizeof(struct cmsghdr) 16
            offsetof(struct cmsghdr,cmsg_len) 0
            offsetof(struct cmsghdr,cmsg_level) 8
            offsetof(struct cmsghdr,cmsg_type) 12
            sizeof(struct linger) 8
            offsetof(struct linger,l_onoff) 0
            offsetof(struct linger,l_linger) 4
            sizeof(struct ucred) 12
            offsetof(struct ucred,pid) 0
            offsetof(struct ucred,uid) 4
            offsetof(struct ucred,gid) 8

            # <sys/un.h>
            sizeof(struct sockaddr_un) 110
            offsetof(struct sockaddr_un,sun_family) 0
            offsetof(struct sockaddr_un,sun_path) 2

            # <sys/uio.h>
            sizeof(struct iovec) 16
            offsetof(struct iovec,iov_base) 0
            offsetof(struct iovec,iov_len) 8
            UIO_MAXIOV 1024

            # <time.h> <linux/errqueue.h>
            sizeof(struct sock_extended_err) 16
            offsetof(struct sock_extended_err,ee_errno) 0
            offsetof(struct sock_extended_err,ee_origin) 4
            offsetof(struct sock_extended_err,ee_type) 5
            offsetof(struct sock_extended_err,ee_code) 6
            offsetof(struct sock_extended_err,ee_info) 8
            offsetof(struct sock_extended_err,ee_data) 12
            SO_EE_ORIGIN_NONE 0
            SO_EE_ORIGIN_LOCAL 1
            SO_EE_ORIGIN_ICMP 2
            SO_EE_ORIGIN_ICMP6 3
            SO_EE_ORIGIN_TXSTATUS 4
            SO_EE_ORIGIN_ZEROCOPY 5
            SO_EE_ORIGIN_TXTIME 6
            SO_EE_CODE_ZEROCOPY_COPIED 1
            """;

    private LinuxSocketAbi() {}
}
