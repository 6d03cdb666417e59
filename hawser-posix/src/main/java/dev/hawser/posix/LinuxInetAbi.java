package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of the internet protocols and the name service: {@code <netinet/in.h>},
 * {@code <netinet/tcp.h>}, {@code <netinet/udp.h>}, {@code <netdb.h>} and {@code <net/if.h>}. {@link LinuxAbi} reads the table and describes
 * its lines.
 */
final class LinuxInetAbi {
    static final String TABLE = """
            # <netinet/in.h>
            # Protocols
            IPPROTO_HOPOPTS 0
            IPPROTO_IP 0
            IPPROTO_ICMP 1
            IPPROTO_IGMP 2
            IPPROTO_IPIP 4
            IPPROTO_TCP 6
            IPPROTO_EGP 8
            IPPROTO_PUP 12
            IPPROTO_UDP 17
            IPPROTO_IDP 22
            IPPROTO_TP 29
            IPPROTO_DCCP 33
            IPPROTO_IPV6 41
            IPPROTO_ROUTING 43
            IPPROTO_FRAGMENT 44
            IPPROTO_RSVP 46
            IPPROTO_GRE 47
            IPPROTO_ESP 50
            IPPROTO_AH 51
            IPPROTO_ICMPV6 58
            IPPROTO_NONE 59
            IPPROTO_DSTOPTS 60
            IPPROTO_MTP 92
            IPPROTO_BEETPH 94
            IPPROTO_ENCAP 98
            IPPROTO_PIM 103
            IPPROTO_COMP 108
            IPPROTO_SCTP 132
            IPPROTO_MH 135
            IPPROTO_UDPLITE 136
            IPPROTO_MPLS 137
            IPPROTO_ETHERNET 143
            IPPROTO_RAW 255
            IPPROTO_MPTCP 262
            # Addresses
            INADDR_ANY 0
            INADDR_BROADCAST 0xffffffff
            INADDR_NONE 0xffffffff
            INADDR_LOOPBACK 0x7f000001
            INADDR_UNSPEC_GROUP 0xe0000000
            INADDR_ALLHOSTS_GROUP 0xe0000001
            INADDR_MAX_LOCAL_GROUP 0xe00000ff
            # Ports
            IPPORT_RESERVED 1024
            IPPORT_USERRESERVED 5000
            # Levels
            SOL_IP 0
            SOL_IPV6 41
            SOL_ICMPV6 58
            # Options of level IPPROTO_IP
            IP_TOS 1
            IP_TTL 2
            IP_HDRINCL 3
            IP_OPTIONS 4
            IP_ROUTER_ALERT 5
            IP_RECVOPTS 6
            IP_RECVRETOPTS 7
            IP_RETOPTS 7
            IP_PKTINFO 8
            IP_PKTOPTIONS 9
            IP_MTU_DISCOVER 10
            IP_PMTUDISC 10
            IP_RECVERR 11
            IP_RECVTTL 12
            IP_RECVTOS 13
            IP_MTU 14
            IP_FREEBIND 15
            IP_IPSEC_POLICY 16
            IP_XFRM_POLICY 17
            IP_PASSSEC 18
            IP_TRANSPARENT 19
            IP_ORIGDSTADDR 20
            IP_RECVORIGDSTADDR 20
            IP_MINTTL 21
            IP_NODEFRAG 22
            IP_CHECKSUM 23
            IP_BIND_ADDRESS_NO_PORT 24
            IP_RECVFRAGSIZE 25
            IP_RECVERR_RFC4884 26
            IP_MULTICAST_IF 32
            IP_MULTICAST_TTL 33
            IP_MULTICAST_LOOP 34
            IP_ADD_MEMBERSHIP 35
            IP_DROP_MEMBERSHIP 36
            IP_UNBLOCK_SOURCE 37
            IP_BLOCK_SOURCE 38
            IP_ADD_SOURCE_MEMBERSHIP 39
            IP_DROP_SOURCE_MEMBERSHIP 40
            IP_MSFILTER 41
            MCAST_JOIN_GROUP 42
            MCAST_BLOCK_SOURCE 43
            MCAST_UNBLOCK_SOURCE 44
            MCAST_LEAVE_GROUP 45
            MCAST_JOIN_SOURCE_GROUP 46
            MCAST_LEAVE_SOURCE_GROUP 47
            MCAST_MSFILTER 48
            IP_MULTICAST_ALL 49
            IP_UNICAST_IF 50
            # Limits and values at first
            IP_DEFAULT_MULTICAST_TTL 1
            IP_DEFAULT_MULTICAST_LOOP 1
            IP_MAX_MEMBERSHIPS 20
            # Values of IP_MTU_DISCOVER
            IP_PMTUDISC_DONT 0
            IP_PMTUDISC_WANT 1
            IP_PMTUDISC_DO 2
            IP_PMTUDISC_PROBE 3
            IP_PMTUDISC_INTERFACE 4
            IP_PMTUDISC_OMIT 5
            # Options of level IPPROTO_IPV6
            IPV6_ADDRFORM 1
            IPV6_2292PKTINFO 2
            IPV6_2292HOPOPTS 3
            IPV6_2292DSTOPTS 4
            IPV6_2292RTHDR 5
            IPV6_2292PKTOPTIONS 6
            IPV6_CHECKSUM 7
            IPV6_2292HOPLIMIT 8
            IPV6_NEXTHOP 9
            IPV6_AUTHHDR 10
            IPV6_UNICAST_HOPS 16
            IPV6_MULTICAST_IF 17
            IPV6_MULTICAST_HOPS 18
            IPV6_MULTICAST_LOOP 19
            IPV6_ADD_MEMBERSHIP 20
            IPV6_JOIN_GROUP 20
            IPV6_DROP_MEMBERSHIP 21
            IPV6_LEAVE_GROUP 21
            IPV6_ROUTER_ALERT 22
            IPV6_MTU_DISCOVER 23
            IPV6_MTU 24
            IPV6_RECVERR 25
            IPV6_V6ONLY 26
            IPV6_JOIN_ANYCAST 27
            IPV6_LEAVE_ANYCAST 28
            IPV6_MULTICAST_ALL 29
            IPV6_ROUTER_ALERT_ISOLATE 30
            IPV6_RECVERR_RFC4884 31
            IPV6_IPSEC_POLICY 34
            IPV6_XFRM_POLICY 35
            IPV6_HDRINCL 36
            IPV6_RECVPKTINFO 49
            IPV6_PKTINFO 50
            IPV6_RECVHOPLIMIT 51
            IPV6_HOPLIMIT 52
            IPV6_RECVHOPOPTS 53
            IPV6_HOPOPTS 54
            IPV6_RXHOPOPTS 54
            IPV6_RTHDRDSTOPTS 55
            IPV6_RECVRTHDR 56
            IPV6_RTHDR 57
            IPV6_RECVDSTOPTS 58
            IPV6_DSTOPTS 59
            IPV6_RXDSTOPTS 59
            IPV6_RECVPATHMTU 60
            IPV6_PATHMTU 61
            IPV6_DONTFRAG 62
            IPV6_RECVTCLASS 66
            IPV6_TCLASS 67
            IPV6_AUTOFLOWLABEL 70
            IPV6_ADDR_PREFERENCES 72
            IPV6_MINHOPCOUNT 73
            IPV6_ORIGDSTADDR 74
            IPV6_RECVORIGDSTADDR 74
            IPV6_TRANSPARENT 75
            IPV6_UNICAST_IF 76
            IPV6_RECVFRAGSIZE 77
            IPV6_FREEBIND 78
            # Types of routing header
            IPV6_RTHDR_TYPE_0 0
            # Values of IPV6_MTU_DISCOVER
            IPV6_PMTUDISC_DONT 0
            IPV6_PMTUDISC_WANT 1
            IPV6_PMTUDISC_DO 2
            IPV6_PMTUDISC_PROBE 3
            IPV6_PMTUDISC_INTERFACE 4
            IPV6_PMTUDISC_OMIT 5
            # Structures
            sizeof(struct in_addr) 4
            offsetof(struct in_addr,s_addr) 0
            sizeof(struct in6_addr) 16
            sizeof(struct sockaddr_in) 16
            offsetof(struct sockaddr_in,sin_family) 0
            offsetof(struct sockaddr_in,sin_port) 2
            offsetof(struct sockaddr_in,sin_addr) 4
            sizeof(struct sockaddr_in6) 28
            offsetof(struct sockaddr_in6,sin6_family) 0
            offsetof(struct sockaddr_in6,sin6_port) 2
            offsetof(struct sockaddr_in6,sin6_flowinfo) 4
            offsetof(struct sockaddr_in6,sin6_addr) 8
            offsetof(struct sockaddr_in6,sin6_scope_id) 24
            sizeof(struct ip_mreq) 8
            offsetof(struct ip_mreq,imr_multiaddr) 0
            offsetof(struct ip_mreq,imr_interface) 4
            sizeof(struct ip_mreqn) 12
            offsetof(struct ip_mreqn,imr_multiaddr) 0
            offsetof(struct ip_mreqn,imr_address) 4
            offsetof(struct ip_mreqn,imr_ifindex) 8
            sizeof(struct ip_mreq_source) 12
            offsetof(struct ip_mreq_source,imr_multiaddr) 0
            offsetof(struct ip_mreq_source,imr_interface) 4
            offsetof(struct ip_mreq_source,imr_sourceaddr) 8
            sizeof(struct ipv6_mreq) 20
            offsetof(struct ipv6_mreq,ipv6mr_multiaddr) 0
            offsetof(struct ipv6_mreq,ipv6mr_interface) 16
            sizeof(struct in_pktinfo) 12
            offsetof(struct in_pktinfo,ipi_ifindex) 0
            offsetof(struct in_pktinfo,ipi_spec_dst) 4
            offsetof(struct in_pktinfo,ipi_addr) 8
            sizeof(struct in6_pktinfo) 20
            offsetof(struct in6_pktinfo,ipi6_addr) 0
            offsetof(struct in6_pktinfo,ipi6_ifindex) 16
            # Room for an address as text
            INET_ADDRSTRLEN 16
            INET6_ADDRSTRLEN 46

            # <netinet/tcp.h>
            # Level
            SOL_TCP 6
            # Options of level SOL_TCP
            TCP_NODELAY 1
            TCP_MAXSEG 2
            TCP_CORK 3
            TCP_KEEPIDLE 4
            TCP_KEEPINTVL 5
            TCP_KEEPCNT 6
            TCP_SYNCNT 7
            TCP_LINGER2 8
            TCP_DEFER_ACCEPT 9
            TCP_WINDOW_CLAMP 10
            TCP_INFO 11
            TCP_QUICKACK 12
            TCP_CONGESTION 13
            TCP_MD5SIG 14
            TCP_THIN_LINEAR_TIMEOUTS 16
            TCP_THIN_DUPACK 17
            TCP_USER_TIMEOUT 18
            TCP_REPAIR 19
            TCP_REPAIR_QUEUE 20
            TCP_QUEUE_SEQ 21
            TCP_REPAIR_OPTIONS 22
            TCP_FASTOPEN 23
            TCP_TIMESTAMP 24
            TCP_NOTSENT_LOWAT 25
            TCP_CC_INFO 26
            TCP_SAVE_SYN 27
            TCP_SAVED_SYN 28
            TCP_REPAIR_WINDOW 29
            TCP_FASTOPEN_CONNECT 30
            TCP_ULP 31
            TCP_MD5SIG_EXT 32
            TCP_FASTOPEN_KEY 33
            TCP_FASTOPEN_NO_COOKIE 34
            TCP_ZEROCOPY_RECEIVE 35
            TCP_CM_INQ 36
            TCP_INQ 36
            TCP_TX_DELAY 37

            # <netinet/udp.h>
            # Level
            SOL_UDP 17
            # Options of level SOL_UDP
            UDP_CORK 1
            UDP_ENCAP 100
            UDP_NO_CHECK6_TX 101
            UDP_NO_CHECK6_RX 102
            UDP_SEGMENT 103
            UDP_GRO 104

            # <netdb.h>
            # Flags of getaddrinfo
            AI_PASSIVE 0x1
            AI_CANONNAME 0x2
            AI_NUMERICHOST 0x4
            AI_V4MAPPED 0x8
            AI_ALL 0x10
            AI_ADDRCONFIG 0x20
            AI_IDN 0x40
            AI_CANONIDN 0x80
            AI_NUMERICSERV 0x400
            # Flags of getnameinfo
            NI_NUMERICHOST 0x1
            NI_NUMERICSERV 0x2
            NI_NOFQDN 0x4
            NI_NAMEREQD 0x8
            NI_DGRAM 0x10
            NI_IDN 0x20
            # Buffers of getnameinfo (musl says 255 for the first)
            NI_MAXHOST 1025
            NI_MAXSERV 32
            # Errors of getaddrinfo and getnameinfo
            EAI_BADFLAGS -1
            EAI_NONAME -2
            EAI_AGAIN -3
            EAI_FAIL -4
            EAI_NODATA -5
            EAI_FAMILY -6
            EAI_SOCKTYPE -7
            EAI_SERVICE -8
            EAI_ADDRFAMILY -9
            EAI_MEMORY -10
            EAI_SYSTEM -11
            EAI_OVERFLOW -12
            EAI_INPROGRESS -100
            EAI_CANCELED -101
            EAI_NOTCANCELED -102
            EAI_ALLDONE -103
            EAI_INTR -104
            # Structures
            sizeof(struct addrinfo) 48
            offsetof(struct addrinfo,ai_flags) 0
            offsetof(struct addrinfo,ai_family) 4
            offsetof(struct addrinfo,ai_socktype) 8
            offsetof(struct addrinfo,ai_protocol) 12
            offsetof(struct addrinfo,ai_addrlen) 16
            offsetof(struct addrinfo,ai_addr) 24
            offsetof(struct addrinfo,ai_canonname) 32
            offsetof(struct addrinfo,ai_next) 40
            # Errors of gethostbyname and gethostbyaddr
            HOST_NOT_FOUND 1
            TRY_AGAIN 2
            NO_RECOVERY 3
            NO_DATA 4
            NO_ADDRESS 4
            NETDB_INTERNAL -1
            # Structures of the older functions
            sizeof(struct hostent) 32
            offsetof(struct hostent,h_name) 0
            offsetof(struct hostent,h_aliases) 8
            offsetof(struct hostent,h_addrtype) 16
            offsetof(struct hostent,h_length) 20
            offsetof(struct hostent,h_addr_list) 24
            sizeof(struct servent) 32
            offsetof(struct servent,s_name) 0
            offsetof(struct servent,s_aliases) 8
            offsetof(struct servent,s_port) 16
            offsetof(struct servent,s_proto) 24
            sizeof(struct protoent) 24
            offsetof(struct protoent,p_name) 0
            offsetof(struct protoent,p_aliases) 8
            offsetof(struct protoent,p_proto) 16

            # <net/if.h>
            IF_NAMESIZE 16
            sizeof(struct if_nameindex) 16
            offsetof(struct if_nameindex,if_index) 0
            offsetof(struct if_nameindex,if_name) 8
            """;

    private LinuxInetAbi() {}
}
