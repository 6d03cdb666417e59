package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of socket options that other tables lack: those of the kernel's own headers, and
 * the structs that are their values. {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxOptionAbi {
    static final String TABLE = """
            # <linux/netlink.h>
            NETLINK_ADD_MEMBERSHIP 1
            NETLINK_DROP_MEMBERSHIP 2
            NETLINK_PKTINFO 3
            NETLINK_BROADCAST_ERROR 4
            NETLINK_NO_ENOBUFS 5
            NETLINK_LISTEN_ALL_NSID 8
            NETLINK_LIST_MEMBERSHIPS 9
            NETLINK_CAP_ACK 10
            NETLINK_EXT_ACK 11
            NETLINK_GET_STRICT_CHK 12

            # <linux/if_packet.h>
            PACKET_ADD_MEMBERSHIP 1
            PACKET_DROP_MEMBERSHIP 2
            PACKET_RX_RING 5
            PACKET_STATISTICS 6
            PACKET_COPY_THRESH 7
            PACKET_AUXDATA 8
            PACKET_ORIGDEV 9
            PACKET_VERSION 10
            PACKET_HDRLEN 11
            PACKET_RESERVE 12
            PACKET_TX_RING 13
            PACKET_LOSS 14
            PACKET_VNET_HDR 15
            PACKET_TX_TIMESTAMP 16
            PACKET_TIMESTAMP 17
            PACKET_FANOUT 18
            PACKET_TX_HAS_OFF 19
            PACKET_QDISC_BYPASS 20
            PACKET_ROLLOVER_STATS 21
            PACKET_FANOUT_DATA 22
            PACKET_IGNORE_OUTGOING 23
            PACKET_FANOUT_HASH 0
            PACKET_FANOUT_LB 1
            PACKET_FANOUT_CPU 2
            PACKET_FANOUT_ROLLOVER 3
            PACKET_FANOUT_RND 4
            PACKET_FANOUT_QM 5
            PACKET_FANOUT_CBPF 6
            PACKET_FANOUT_EBPF 7
            PACKET_FANOUT_FLAG_ROLLOVER 0x1000
            PACKET_FANOUT_FLAG_UNIQUEID 0x2000
            PACKET_FANOUT_FLAG_DEFRAG 0x8000
            PACKET_MR_MULTICAST 0
            PACKET_MR_PROMISC 1
            PACKET_MR_ALLMULTI 2
            PACKET_MR_UNICAST 3
            sizeof(struct packet_mreq) 16
            offsetof(struct packet_mreq,mr_ifindex) 0
            offsetof(struct packet_mreq,mr_type) 4
            offsetof(struct packet_mreq,mr_alen) 6
            offsetof(struct packet_mreq,mr_address) 8
            sizeof(struct tpacket_stats) 8
            sizeof(struct tpacket_stats_v3) 12
            sizeof(struct tpacket_req) 16

            # <linux/filter.h>
            BPF_MAXINSNS 4096
            sizeof(struct sock_filter) 8
            offsetof(struct sock_filter,code) 0
            offsetof(struct sock_filter,jt) 2
            offsetof(struct sock_filter,jf) 3
            offsetof(struct sock_filter,k) 4
            sizeof(struct sock_fprog) 16
            offsetof(struct sock_fprog,len) 0
            offsetof(struct sock_fprog,filter) 8

            # <linux/sock_diag.h>
            SK_MEMINFO_RMEM_ALLOC 0
            SK_MEMINFO_RCVBUF 1
            SK_MEMINFO_WMEM_ALLOC 2
            SK_MEMINFO_SNDBUF 3
            SK_MEMINFO_FWD_ALLOC 4
            SK_MEMINFO_WMEM_QUEUED 5
            SK_MEMINFO_OPTMEM 6
            SK_MEMINFO_BACKLOG 7
            SK_MEMINFO_DROPS 8
            SK_MEMINFO_VARS 9

            # <linux/net_tstamp.h>
            SOF_TIMESTAMPING_TX_HARDWARE 0x1
            SOF_TIMESTAMPING_TX_SOFTWARE 0x2
            SOF_TIMESTAMPING_RX_HARDWARE 0x4
            SOF_TIMESTAMPING_RX_SOFTWARE 0x8
            SOF_TIMESTAMPING_SOFTWARE 0x10
            SOF_TIMESTAMPING_RAW_HARDWARE 0x40
            SOF_TIMESTAMPING_OPT_ID 0x80
            SOF_TIMESTAMPING_TX_SCHED 0x100
            SOF_TIMESTAMPING_TX_ACK 0x200
            SOF_TIMESTAMPING_OPT_CMSG 0x400
            SOF_TIMESTAMPING_OPT_TSONLY 0x800
            SOF_TIMESTAMPING_OPT_STATS 0x1000
            SOF_TIMESTAMPING_OPT_PKTINFO 0x2000
            SOF_TIMESTAMPING_OPT_TX_SWHW 0x4000
            SOF_TIMESTAMPING_BIND_PHC 0x8000
            SOF_TXTIME_DEADLINE_MODE 0x1
            SOF_TXTIME_REPORT_ERRORS 0x2
            sizeof(struct so_timestamping) 8
            sizeof(struct sock_txtime) 8

            # <linux/in6.h>
            IPV6_FLOWINFO 11
            IPV6_FLOWLABEL_MGR 32
            IPV6_FLOWINFO_SEND 33
            IPV6_PREFER_SRC_TMP 1
            IPV6_PREFER_SRC_PUBLIC 2
            IPV6_PREFER_SRC_COA 4
            IPV6_PREFER_SRC_HOME 1024

            # <netinet/in.h>
            MCAST_EXCLUDE 0
            MCAST_INCLUDE 1
            sizeof(struct group_req) 136
            offsetof(struct group_req,gr_interface) 0
            offsetof(struct group_req,gr_group) 8
            sizeof(struct group_source_req) 264
            offsetof(struct group_source_req,gsr_interface) 0
            offsetof(struct group_source_req,gsr_group) 8
            offsetof(struct group_source_req,gsr_source) 136
            offsetof(struct ip_msfilter,imsf_multiaddr) 0
            offsetof(struct ip_msfilter,imsf_interface) 4
            offsetof(struct ip_msfilter,imsf_fmode) 8
            offsetof(struct ip_msfilter,imsf_numsrc) 12
            offsetof(struct ip_msfilter,imsf_slist) 16
            sizeof(struct ip6_mtuinfo) 32
            offsetof(struct ip6_mtuinfo,ip6m_addr) 0
            offsetof(struct ip6_mtuinfo,ip6m_mtu) 28

            # <linux/icmp.h>
            ICMP_FILTER 1

            # <netinet/icmp6.h>
            ICMP6_FILTER 1

            # <linux/tcp.h>
            sizeof(struct tcp_info) 232
            offsetof(struct tcp_info,tcpi_state) 0
            offsetof(struct tcp_info,tcpi_ca_state) 1
            offsetof(struct tcp_info,tcpi_retransmits) 2
            offsetof(struct tcp_info,tcpi_probes) 3
            offsetof(struct tcp_info,tcpi_backoff) 4
            offsetof(struct tcp_info,tcpi_options) 5
            offsetof(struct tcp_info,tcpi_rto) 8
            offsetof(struct tcp_info,tcpi_ato) 12
            offsetof(struct tcp_info,tcpi_snd_mss) 16
            offsetof(struct tcp_info,tcpi_rcv_mss) 20
            offsetof(struct tcp_info,tcpi_unacked) 24
            offsetof(struct tcp_info,tcpi_sacked) 28
            offsetof(struct tcp_info,tcpi_lost) 32
            offsetof(struct tcp_info,tcpi_retrans) 36
            offsetof(struct tcp_info,tcpi_last_data_sent) 44
            offsetof(struct tcp_info,tcpi_last_data_recv) 52
            offsetof(struct tcp_info,tcpi_last_ack_recv) 56
            offsetof(struct tcp_info,tcpi_pmtu) 60
            offsetof(struct tcp_info,tcpi_rcv_ssthresh) 64
            offsetof(struct tcp_info,tcpi_rtt) 68
            offsetof(struct tcp_info,tcpi_rttvar) 72
            offsetof(struct tcp_info,tcpi_snd_ssthresh) 76
            offsetof(struct tcp_info,tcpi_snd_cwnd) 80
            offsetof(struct tcp_info,tcpi_advmss) 84
            offsetof(struct tcp_info,tcpi_reordering) 88
            offsetof(struct tcp_info,tcpi_rcv_rtt) 92
            offsetof(struct tcp_info,tcpi_rcv_space) 96
            offsetof(struct tcp_info,tcpi_total_retrans) 100
            offsetof(struct tcp_info,tcpi_pacing_rate) 104
            offsetof(struct tcp_info,tcpi_max_pacing_rate) 112
            offsetof(struct tcp_info,tcpi_bytes_acked) 120
            offsetof(struct tcp_info,tcpi_bytes_received) 128
            offsetof(struct tcp_info,tcpi_segs_out) 136
            offsetof(struct tcp_info,tcpi_segs_in) 140
            offsetof(struct tcp_info,tcpi_notsent_bytes) 144
            offsetof(struct tcp_info,tcpi_min_rtt) 148
            offsetof(struct tcp_info,tcpi_data_segs_in) 152
            offsetof(struct tcp_info,tcpi_data_segs_out) 156
            offsetof(struct tcp_info,tcpi_delivery_rate) 160
            offsetof(struct tcp_info,tcpi_busy_time) 168
            offsetof(struct tcp_info,tcpi_rwnd_limited) 176
            offsetof(struct tcp_info,tcpi_sndbuf_limited) 184
            offsetof(struct tcp_info,tcpi_delivered) 192
            offsetof(struct tcp_info,tcpi_delivered_ce) 196
            offsetof(struct tcp_info,tcpi_bytes_sent) 200
            offsetof(struct tcp_info,tcpi_bytes_retrans) 208
            offsetof(struct tcp_info,tcpi_dsack_dups) 216
            offsetof(struct tcp_info,tcpi_reord_seen) 220
            offsetof(struct tcp_info,tcpi_rcv_ooopack) 224
            offsetof(struct tcp_info,tcpi_snd_wnd) 228
            sizeof(struct tcp_md5sig) 216
            TCPI_OPT_TIMESTAMPS 1
            TCPI_OPT_SACK 2
            TCPI_OPT_WSCALE 4
            TCPI_OPT_ECN 8
            TCPI_OPT_ECN_SEEN 16
            TCPI_OPT_SYN_DATA 32
            """;

    private LinuxOptionAbi() {}
}
