package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of netlink(7): messages, links, addresses, routes, neighbours, and the tables of
 * open sockets of sock_diag(7). {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxNetlinkAbi {
    static final String TABLE = """
            # <linux/netlink.h>
            # The header of a message
            sizeof(struct nlmsghdr) 16
            offsetof(struct nlmsghdr,nlmsg_len) 0
            offsetof(struct nlmsghdr,nlmsg_type) 4
            offsetof(struct nlmsghdr,nlmsg_flags) 6
            offsetof(struct nlmsghdr,nlmsg_seq) 8
            offsetof(struct nlmsghdr,nlmsg_pid) 12
            NLMSG_ALIGNTO 4
            # Types that every protocol has
            NLMSG_NOOP 1
            NLMSG_ERROR 2
            NLMSG_DONE 3
            NLMSG_OVERRUN 4
            NLMSG_MIN_TYPE 16
            # Flags
            NLM_F_REQUEST 0x1
            NLM_F_MULTI 0x2
            NLM_F_ACK 0x4
            NLM_F_ECHO 0x8
            NLM_F_DUMP_INTR 0x10
            NLM_F_DUMP_FILTERED 0x20
            NLM_F_ROOT 0x100
            NLM_F_MATCH 0x200
            NLM_F_ATOMIC 0x400
            NLM_F_DUMP 0x300
            NLM_F_REPLACE 0x100
            NLM_F_EXCL 0x200
            NLM_F_CREATE 0x400
            NLM_F_APPEND 0x800
            NLM_F_CAPPED 0x100
            NLM_F_ACK_TLVS 0x200
            # What NLMSG_ERROR carries
            sizeof(struct nlmsgerr) 20
            offsetof(struct nlmsgerr,error) 0
            offsetof(struct nlmsgerr,msg) 4
            NLMSGERR_ATTR_MSG 1
            NLMSGERR_ATTR_OFFS 2
            # Attributes
            sizeof(struct nlattr) 4
            offsetof(struct nlattr,nla_len) 0
            offsetof(struct nlattr,nla_type) 2
            NLA_ALIGNTO 4
            NLA_F_NESTED 0x8000
            NLA_F_NET_BYTEORDER 0x4000
            NLA_TYPE_MASK 0xffff3fff

            # <linux/rtnetlink.h>
            # Types of message
            RTM_NEWLINK 16
            RTM_DELLINK 17
            RTM_GETLINK 18
            RTM_NEWADDR 20
            RTM_DELADDR 21
            RTM_GETADDR 22
            RTM_NEWROUTE 24
            RTM_DELROUTE 25
            RTM_GETROUTE 26
            RTM_NEWNEIGH 28
            RTM_DELNEIGH 29
            RTM_GETNEIGH 30
            # Multicast groups, as masks
            RTMGRP_LINK 0x1
            RTMGRP_NEIGH 0x4
            RTMGRP_IPV4_IFADDR 0x10
            RTMGRP_IPV4_ROUTE 0x40
            RTMGRP_IPV6_IFADDR 0x100
            RTMGRP_IPV6_ROUTE 0x400
            # Links
            sizeof(struct ifinfomsg) 16
            offsetof(struct ifinfomsg,ifi_family) 0
            offsetof(struct ifinfomsg,ifi_type) 2
            offsetof(struct ifinfomsg,ifi_index) 4
            offsetof(struct ifinfomsg,ifi_flags) 8
            offsetof(struct ifinfomsg,ifi_change) 12
            # Routes
            sizeof(struct rtmsg) 12
            offsetof(struct rtmsg,rtm_family) 0
            offsetof(struct rtmsg,rtm_dst_len) 1
            offsetof(struct rtmsg,rtm_src_len) 2
            offsetof(struct rtmsg,rtm_tos) 3
            offsetof(struct rtmsg,rtm_table) 4
            offsetof(struct rtmsg,rtm_protocol) 5
            offsetof(struct rtmsg,rtm_scope) 6
            offsetof(struct rtmsg,rtm_type) 7
            offsetof(struct rtmsg,rtm_flags) 8
            RTA_DST 1
            RTA_SRC 2
            RTA_IIF 3
            RTA_OIF 4
            RTA_GATEWAY 5
            RTA_PRIORITY 6
            RTA_PREFSRC 7
            RTA_METRICS 8
            RTA_MULTIPATH 9
            RTA_TABLE 15
            RTA_VIA 18
            RTA_NH_ID 30
            # One hop of several
            RTNH_ALIGNTO 4
            sizeof(struct rtnexthop) 8
            offsetof(struct rtnexthop,rtnh_len) 0
            offsetof(struct rtnexthop,rtnh_flags) 2
            offsetof(struct rtnexthop,rtnh_hops) 3
            offsetof(struct rtnexthop,rtnh_ifindex) 4
            sizeof(struct rtvia) 2
            offsetof(struct rtvia,rtvia_family) 0
            offsetof(struct rtvia,rtvia_addr) 2
            # Types of route
            RTN_UNSPEC 0
            RTN_UNICAST 1
            RTN_LOCAL 2
            RTN_BROADCAST 3
            RTN_ANYCAST 4
            RTN_MULTICAST 5
            RTN_BLACKHOLE 6
            RTN_UNREACHABLE 7
            RTN_PROHIBIT 8
            RTN_THROW 9
            RTN_NAT 10
            # Who made a route
            RTPROT_UNSPEC 0
            RTPROT_REDIRECT 1
            RTPROT_KERNEL 2
            RTPROT_BOOT 3
            RTPROT_STATIC 4
            RTPROT_RA 9
            RTPROT_DHCP 16
            RTPROT_BIRD 12
            RTPROT_ZEBRA 11
            # Scopes
            RT_SCOPE_UNIVERSE 0
            RT_SCOPE_SITE 200
            RT_SCOPE_LINK 253
            RT_SCOPE_HOST 254
            RT_SCOPE_NOWHERE 255
            # Tables of routes
            RT_TABLE_UNSPEC 0
            RT_TABLE_DEFAULT 253
            RT_TABLE_MAIN 254
            RT_TABLE_LOCAL 255
            # Flags of routes and hops
            RTM_F_CLONED 0x200
            RTNH_F_DEAD 0x1
            RTNH_F_ONLINK 0x4
            RTNH_F_LINKDOWN 0x10

            # <linux/if_link.h>
            # Attributes of links
            IFLA_ADDRESS 1
            IFLA_BROADCAST 2
            IFLA_IFNAME 3
            IFLA_MTU 4
            IFLA_LINK 5
            IFLA_QDISC 6
            IFLA_MASTER 10
            IFLA_TXQLEN 13
            IFLA_OPERSTATE 16
            IFLA_LINKMODE 17
            IFLA_LINKINFO 18
            IFLA_IFALIAS 20
            IFLA_STATS64 23
            IFLA_GROUP 27
            IFLA_CARRIER 33
            IFLA_LINK_NETNSID 37
            IFLA_INFO_KIND 1
            # Statistics
            sizeof(struct rtnl_link_stats64) 200
            offsetof(struct rtnl_link_stats64,rx_packets) 0
            offsetof(struct rtnl_link_stats64,tx_packets) 8
            offsetof(struct rtnl_link_stats64,rx_bytes) 16
            offsetof(struct rtnl_link_stats64,tx_bytes) 24
            offsetof(struct rtnl_link_stats64,rx_errors) 32
            offsetof(struct rtnl_link_stats64,tx_errors) 40
            offsetof(struct rtnl_link_stats64,rx_dropped) 48
            offsetof(struct rtnl_link_stats64,tx_dropped) 56
            offsetof(struct rtnl_link_stats64,multicast) 64
            offsetof(struct rtnl_link_stats64,collisions) 72

            # <net/if.h>
            # Flags of links
            IFF_UP 0x1
            IFF_BROADCAST 0x2
            IFF_DEBUG 0x4
            IFF_LOOPBACK 0x8
            IFF_POINTOPOINT 0x10
            IFF_NOTRAILERS 0x20
            IFF_RUNNING 0x40
            IFF_NOARP 0x80
            IFF_PROMISC 0x100
            IFF_ALLMULTI 0x200
            IFF_MASTER 0x400
            IFF_SLAVE 0x800
            IFF_MULTICAST 0x1000
            IFF_PORTSEL 0x2000
            IFF_AUTOMEDIA 0x4000
            IFF_DYNAMIC 0x8000

            # <linux/if.h>
            # Flags of links that came later
            IFF_LOWER_UP 0x10000
            IFF_DORMANT 0x20000
            IFF_ECHO 0x40000
            # Operational states
            IF_OPER_UNKNOWN 0
            IF_OPER_NOTPRESENT 1
            IF_OPER_DOWN 2
            IF_OPER_LOWERLAYERDOWN 3
            IF_OPER_TESTING 4
            IF_OPER_DORMANT 5
            IF_OPER_UP 6

            # <linux/if_arp.h>
            # Types of hardware
            ARPHRD_ETHER 1
            ARPHRD_PPP 512
            ARPHRD_TUNNEL 768
            ARPHRD_TUNNEL6 769
            ARPHRD_LOOPBACK 772
            ARPHRD_SIT 776
            ARPHRD_IPGRE 778
            ARPHRD_IEEE80211 801
            ARPHRD_NONE 65534

            # <linux/if_addr.h>
            # Addresses of links
            sizeof(struct ifaddrmsg) 8
            offsetof(struct ifaddrmsg,ifa_family) 0
            offsetof(struct ifaddrmsg,ifa_prefixlen) 1
            offsetof(struct ifaddrmsg,ifa_flags) 2
            offsetof(struct ifaddrmsg,ifa_scope) 3
            offsetof(struct ifaddrmsg,ifa_index) 4
            IFA_ADDRESS 1
            IFA_LOCAL 2
            IFA_LABEL 3
            IFA_BROADCAST 4
            IFA_ANYCAST 5
            IFA_CACHEINFO 6
            IFA_FLAGS 8
            sizeof(struct ifa_cacheinfo) 16
            offsetof(struct ifa_cacheinfo,ifa_prefered) 0
            offsetof(struct ifa_cacheinfo,ifa_valid) 4
            # Flags of addresses
            IFA_F_SECONDARY 0x1
            IFA_F_TEMPORARY 0x1
            IFA_F_NODAD 0x2
            IFA_F_OPTIMISTIC 0x4
            IFA_F_DADFAILED 0x8
            IFA_F_HOMEADDRESS 0x10
            IFA_F_DEPRECATED 0x20
            IFA_F_TENTATIVE 0x40
            IFA_F_PERMANENT 0x80
            IFA_F_MANAGETEMPADDR 0x100
            IFA_F_NOPREFIXROUTE 0x200
            IFA_F_MCAUTOJOIN 0x400
            IFA_F_STABLE_PRIVACY 0x800

            # <linux/neighbour.h>
            # Neighbours
            sizeof(struct ndmsg) 12
            offsetof(struct ndmsg,ndm_family) 0
            offsetof(struct ndmsg,ndm_ifindex) 4
            offsetof(struct ndmsg,ndm_state) 8
            offsetof(struct ndmsg,ndm_flags) 10
            offsetof(struct ndmsg,ndm_type) 11
            NDA_DST 1
            NDA_LLADDR 2
            # States of neighbours
            NUD_INCOMPLETE 0x1
            NUD_REACHABLE 0x2
            NUD_STALE 0x4
            NUD_DELAY 0x8
            NUD_PROBE 0x10
            NUD_FAILED 0x20
            NUD_NOARP 0x40
            NUD_PERMANENT 0x80
            NUD_NONE 0x0
            # Flags of neighbours
            NTF_PROXY 0x8
            NTF_ROUTER 0x80

            # <linux/sock_diag.h>
            # The one type of request
            SOCK_DIAG_BY_FAMILY 20

            # <linux/inet_diag.h>
            # Requests
            sizeof(struct inet_diag_req_v2) 56
            offsetof(struct inet_diag_req_v2,sdiag_family) 0
            offsetof(struct inet_diag_req_v2,sdiag_protocol) 1
            offsetof(struct inet_diag_req_v2,idiag_ext) 2
            offsetof(struct inet_diag_req_v2,idiag_states) 4
            offsetof(struct inet_diag_req_v2,id) 8
            # Who talks to whom
            sizeof(struct inet_diag_sockid) 48
            offsetof(struct inet_diag_sockid,idiag_sport) 0
            offsetof(struct inet_diag_sockid,idiag_dport) 2
            offsetof(struct inet_diag_sockid,idiag_src) 4
            offsetof(struct inet_diag_sockid,idiag_dst) 20
            offsetof(struct inet_diag_sockid,idiag_if) 36
            offsetof(struct inet_diag_sockid,idiag_cookie) 40
            INET_DIAG_NOCOOKIE 0xffffffff
            # Answers
            sizeof(struct inet_diag_msg) 72
            offsetof(struct inet_diag_msg,idiag_family) 0
            offsetof(struct inet_diag_msg,idiag_state) 1
            offsetof(struct inet_diag_msg,idiag_timer) 2
            offsetof(struct inet_diag_msg,idiag_retrans) 3
            offsetof(struct inet_diag_msg,id) 4
            offsetof(struct inet_diag_msg,idiag_expires) 52
            offsetof(struct inet_diag_msg,idiag_rqueue) 56
            offsetof(struct inet_diag_msg,idiag_wqueue) 60
            offsetof(struct inet_diag_msg,idiag_uid) 64
            offsetof(struct inet_diag_msg,idiag_inode) 68
            INET_DIAG_INFO 2
            INET_DIAG_CONG 4
            INET_DIAG_PROTOCOL 10
            INET_DIAG_SKV6ONLY 11
            INET_DIAG_MARK 15

            # <linux/unix_diag.h>
            # Requests
            sizeof(struct unix_diag_req) 24
            offsetof(struct unix_diag_req,sdiag_family) 0
            offsetof(struct unix_diag_req,udiag_states) 4
            offsetof(struct unix_diag_req,udiag_ino) 8
            offsetof(struct unix_diag_req,udiag_show) 12
            offsetof(struct unix_diag_req,udiag_cookie) 16
            UDIAG_SHOW_NAME 0x1
            UDIAG_SHOW_VFS 0x2
            UDIAG_SHOW_PEER 0x4
            UDIAG_SHOW_ICONS 0x8
            UDIAG_SHOW_RQLEN 0x10
            UDIAG_SHOW_MEMINFO 0x20
            UDIAG_SHOW_UID 0x40
            # Answers
            sizeof(struct unix_diag_msg) 16
            offsetof(struct unix_diag_msg,udiag_family) 0
            offsetof(struct unix_diag_msg,udiag_type) 1
            offsetof(struct unix_diag_msg,udiag_state) 2
            offsetof(struct unix_diag_msg,udiag_ino) 4
            offsetof(struct unix_diag_msg,udiag_cookie) 8
            UNIX_DIAG_NAME 0
            UNIX_DIAG_PEER 2
            UNIX_DIAG_RQLEN 4
            UNIX_DIAG_SHUTDOWN 6
            UNIX_DIAG_UID 7
            sizeof(struct unix_diag_rqlen) 8
            offsetof(struct unix_diag_rqlen,udiag_rqueue) 0
            offsetof(struct unix_diag_rqlen,udiag_wqueue) 4
            """;

    private LinuxNetlinkAbi() {}
}
