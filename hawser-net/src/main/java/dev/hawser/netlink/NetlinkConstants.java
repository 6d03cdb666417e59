package dev.hawser.netlink;

import dev.hawser.posix.Abi;

/**
 * The numbers in the records of this package, under their C names; to be imported statically. The names of a group begin
 * alike: IFF_ flags of an interface, ARPHRD_ types of interface, IFA_F_ flags of an address, RT_SCOPE_ scopes, RT_TABLE_
 * tables of routes, RTPROT_ origins and RTN_ types of route, NUD_ states and NTF_ flags of a neighbour.
 *
 * <p>Source: netdevice(7), rtnetlink(7), {@code <linux/if_link.h>}, {@code <linux/rtnetlink.h>}, {@code
 * <linux/if_addr.h>}, {@code <linux/neighbour.h>}.
 */
public final class NetlinkConstants {

    /** {@code IFF_UP}, interface flag, {@link Link#flags}: it is in use. */
    public static final int IFF_UP = Abi.value("IFF_UP");

    /** {@code IFF_BROADCAST}, interface flag, {@link Link#flags}: one address reaches all on it. */
    public static final int IFF_BROADCAST = Abi.value("IFF_BROADCAST");

    /** {@code IFF_DEBUG}, interface flag, {@link Link#flags}: its driver tells more. */
    public static final int IFF_DEBUG = Abi.value("IFF_DEBUG");

    /** {@code IFF_LOOPBACK}, interface flag, {@link Link#flags}: it leads back to this machine. */
    public static final int IFF_LOOPBACK = Abi.value("IFF_LOOPBACK");

    /** {@code IFF_POINTOPOINT}, interface flag, {@link Link#flags}: there is one machine at its other end. */
    public static final int IFF_POINTOPOINT = Abi.value("IFF_POINTOPOINT");

    /** {@code IFF_RUNNING}, interface flag, {@link Link#flags}: it can carry packets. */
    public static final int IFF_RUNNING = Abi.value("IFF_RUNNING");

    /** {@code IFF_NOARP}, interface flag, {@link Link#flags}: addresses are not looked up on it. */
    public static final int IFF_NOARP = Abi.value("IFF_NOARP");

    /** {@code IFF_PROMISC}, interface flag, {@link Link#flags}: it takes in packets for others. */
    public static final int IFF_PROMISC = Abi.value("IFF_PROMISC");

    /** {@code IFF_ALLMULTI}, interface flag, {@link Link#flags}: it takes in packets for all groups. */
    public static final int IFF_ALLMULTI = Abi.value("IFF_ALLMULTI");

    /** {@code IFF_MASTER}, interface flag, {@link Link#flags}: it is a bond of several. */
    public static final int IFF_MASTER = Abi.value("IFF_MASTER");

    /** {@code IFF_SLAVE}, interface flag, {@link Link#flags}: it belongs to a bond. */
    public static final int IFF_SLAVE = Abi.value("IFF_SLAVE");

    /** {@code IFF_MULTICAST}, interface flag, {@link Link#flags}: it knows groups. */
    public static final int IFF_MULTICAST = Abi.value("IFF_MULTICAST");

    /** {@code IFF_LOWER_UP}, interface flag, {@link Link#flags}: the cable is in. */
    public static final int IFF_LOWER_UP = Abi.value("IFF_LOWER_UP");

    /** {@code IFF_DORMANT}, interface flag, {@link Link#flags}: it waits for something. */
    public static final int IFF_DORMANT = Abi.value("IFF_DORMANT");

    /** {@code IFF_ECHO}, interface flag, {@link Link#flags}: it hears what it sends. */
    public static final int IFF_ECHO = Abi.value("IFF_ECHO");

    /** {@code ARPHRD_ETHER}, type of interface, {@link Link#type}: Ethernet, and what looks like it. */
    public static final int ARPHRD_ETHER = Abi.value("ARPHRD_ETHER");

    /** {@code ARPHRD_PPP}, type of interface, {@link Link#type}: the Point-to-Point Protocol. */
    public static final int ARPHRD_PPP = Abi.value("ARPHRD_PPP");

    /** {@code ARPHRD_TUNNEL}, type of interface, {@link Link#type}: IPv4 in IPv4. */
    public static final int ARPHRD_TUNNEL = Abi.value("ARPHRD_TUNNEL");

    /** {@code ARPHRD_TUNNEL6}, type of interface, {@link Link#type}: IPv6 in IPv6. */
    public static final int ARPHRD_TUNNEL6 = Abi.value("ARPHRD_TUNNEL6");

    /** {@code ARPHRD_LOOPBACK}, type of interface, {@link Link#type}: the loopback. */
    public static final int ARPHRD_LOOPBACK = Abi.value("ARPHRD_LOOPBACK");

    /** {@code ARPHRD_SIT}, type of interface, {@link Link#type}: IPv6 in IPv4. */
    public static final int ARPHRD_SIT = Abi.value("ARPHRD_SIT");

    /** {@code ARPHRD_IPGRE}, type of interface, {@link Link#type}: GRE over IPv4. */
    public static final int ARPHRD_IPGRE = Abi.value("ARPHRD_IPGRE");

    /** {@code ARPHRD_IEEE80211}, type of interface, {@link Link#type}: wireless. */
    public static final int ARPHRD_IEEE80211 = Abi.value("ARPHRD_IEEE80211");

    /** {@code ARPHRD_NONE}, type of interface, {@link Link#type}: without hardware addresses. */
    public static final int ARPHRD_NONE = Abi.value("ARPHRD_NONE");

    /** {@code IFA_F_SECONDARY}, flag of an address, {@link LinkAddress#flags}: another address of the network comes first (IPv4). */
    public static final int IFA_F_SECONDARY = Abi.value("IFA_F_SECONDARY");

    /** {@code IFA_F_TEMPORARY}, flag of an address, {@link LinkAddress#flags}: made for privacy, and not for long (IPv6). */
    public static final int IFA_F_TEMPORARY = Abi.value("IFA_F_TEMPORARY");

    /** {@code IFA_F_NODAD}, flag of an address, {@link LinkAddress#flags}: nobody is asked whether he has it. */
    public static final int IFA_F_NODAD = Abi.value("IFA_F_NODAD");

    /** {@code IFA_F_OPTIMISTIC}, flag of an address, {@link LinkAddress#flags}: used before others were asked. */
    public static final int IFA_F_OPTIMISTIC = Abi.value("IFA_F_OPTIMISTIC");

    /** {@code IFA_F_DADFAILED}, flag of an address, {@link LinkAddress#flags}: somebody else has it. */
    public static final int IFA_F_DADFAILED = Abi.value("IFA_F_DADFAILED");

    /** {@code IFA_F_DEPRECATED}, flag of an address, {@link LinkAddress#flags}: not for new connections. */
    public static final int IFA_F_DEPRECATED = Abi.value("IFA_F_DEPRECATED");

    /** {@code IFA_F_TENTATIVE}, flag of an address, {@link LinkAddress#flags}: others are still being asked. */
    public static final int IFA_F_TENTATIVE = Abi.value("IFA_F_TENTATIVE");

    /** {@code IFA_F_PERMANENT}, flag of an address, {@link LinkAddress#flags}: it does not expire. */
    public static final int IFA_F_PERMANENT = Abi.value("IFA_F_PERMANENT");

    /** {@code IFA_F_MANAGETEMPADDR}, flag of an address, {@link LinkAddress#flags}: temporary ones are made from it. */
    public static final int IFA_F_MANAGETEMPADDR = Abi.value("IFA_F_MANAGETEMPADDR");

    /** {@code IFA_F_NOPREFIXROUTE}, flag of an address, {@link LinkAddress#flags}: it came without a route. */
    public static final int IFA_F_NOPREFIXROUTE = Abi.value("IFA_F_NOPREFIXROUTE");

    /** {@code IFA_F_STABLE_PRIVACY}, flag of an address, {@link LinkAddress#flags}: RFC 7217. */
    public static final int IFA_F_STABLE_PRIVACY = Abi.value("IFA_F_STABLE_PRIVACY");

    /** {@code RT_SCOPE_UNIVERSE}, scope, {@link LinkAddress#scope} and {@link Route#scope}: everywhere. */
    public static final int RT_SCOPE_UNIVERSE = Abi.value("RT_SCOPE_UNIVERSE");

    /** {@code RT_SCOPE_SITE}, scope, {@link LinkAddress#scope} and {@link Route#scope}: within the site. */
    public static final int RT_SCOPE_SITE = Abi.value("RT_SCOPE_SITE");

    /** {@code RT_SCOPE_LINK}, scope, {@link LinkAddress#scope} and {@link Route#scope}: on the link alone. */
    public static final int RT_SCOPE_LINK = Abi.value("RT_SCOPE_LINK");

    /** {@code RT_SCOPE_HOST}, scope, {@link LinkAddress#scope} and {@link Route#scope}: on this machine alone. */
    public static final int RT_SCOPE_HOST = Abi.value("RT_SCOPE_HOST");

    /** {@code RT_SCOPE_NOWHERE}, scope, {@link LinkAddress#scope} and {@link Route#scope}: it does not exist. */
    public static final int RT_SCOPE_NOWHERE = Abi.value("RT_SCOPE_NOWHERE");

    /** {@code RT_TABLE_UNSPEC}, table of routes, {@link Route#table}: none. */
    public static final int RT_TABLE_UNSPEC = Abi.value("RT_TABLE_UNSPEC");

    /** {@code RT_TABLE_DEFAULT}, table of routes, {@link Route#table}: the default table. */
    public static final int RT_TABLE_DEFAULT = Abi.value("RT_TABLE_DEFAULT");

    /** {@code RT_TABLE_MAIN}, table of routes, {@link Route#table}: the main table, where routes are added. */
    public static final int RT_TABLE_MAIN = Abi.value("RT_TABLE_MAIN");

    /** {@code RT_TABLE_LOCAL}, table of routes, {@link Route#table}: the kernel's own: local and broadcast addresses. */
    public static final int RT_TABLE_LOCAL = Abi.value("RT_TABLE_LOCAL");

    /** {@code RTPROT_UNSPEC}, origin of a route, {@link Route#protocol}: unknown. */
    public static final int RTPROT_UNSPEC = Abi.value("RTPROT_UNSPEC");

    /** {@code RTPROT_REDIRECT}, origin of a route, {@link Route#protocol}: an ICMP redirect. */
    public static final int RTPROT_REDIRECT = Abi.value("RTPROT_REDIRECT");

    /** {@code RTPROT_KERNEL}, origin of a route, {@link Route#protocol}: the kernel. */
    public static final int RTPROT_KERNEL = Abi.value("RTPROT_KERNEL");

    /** {@code RTPROT_BOOT}, origin of a route, {@link Route#protocol}: made at boot, and by {@code ip route}. */
    public static final int RTPROT_BOOT = Abi.value("RTPROT_BOOT");

    /** {@code RTPROT_STATIC}, origin of a route, {@link Route#protocol}: the administrator. */
    public static final int RTPROT_STATIC = Abi.value("RTPROT_STATIC");

    /** {@code RTPROT_RA}, origin of a route, {@link Route#protocol}: an IPv6 router's advertisement. */
    public static final int RTPROT_RA = Abi.value("RTPROT_RA");

    /** {@code RTPROT_DHCP}, origin of a route, {@link Route#protocol}: DHCP. */
    public static final int RTPROT_DHCP = Abi.value("RTPROT_DHCP");

    /** {@code RTPROT_BIRD}, origin of a route, {@link Route#protocol}: the BIRD daemon. */
    public static final int RTPROT_BIRD = Abi.value("RTPROT_BIRD");

    /** {@code RTPROT_ZEBRA}, origin of a route, {@link Route#protocol}: Zebra and FRR. */
    public static final int RTPROT_ZEBRA = Abi.value("RTPROT_ZEBRA");

    /** {@code RTN_UNSPEC}, type of route, {@link Route#type}: unknown. */
    public static final int RTN_UNSPEC = Abi.value("RTN_UNSPEC");

    /** {@code RTN_UNICAST}, type of route, {@link Route#type}: to a gateway, or directly. */
    public static final int RTN_UNICAST = Abi.value("RTN_UNICAST");

    /** {@code RTN_LOCAL}, type of route, {@link Route#type}: to this machine. */
    public static final int RTN_LOCAL = Abi.value("RTN_LOCAL");

    /** {@code RTN_BROADCAST}, type of route, {@link Route#type}: to all on the link. */
    public static final int RTN_BROADCAST = Abi.value("RTN_BROADCAST");

    /** {@code RTN_ANYCAST}, type of route, {@link Route#type}: to this machine among others. */
    public static final int RTN_ANYCAST = Abi.value("RTN_ANYCAST");

    /** {@code RTN_MULTICAST}, type of route, {@link Route#type}: to a group. */
    public static final int RTN_MULTICAST = Abi.value("RTN_MULTICAST");

    /** {@code RTN_BLACKHOLE}, type of route, {@link Route#type}: dropped without a word. */
    public static final int RTN_BLACKHOLE = Abi.value("RTN_BLACKHOLE");

    /** {@code RTN_UNREACHABLE}, type of route, {@link Route#type}: refused as unreachable. */
    public static final int RTN_UNREACHABLE = Abi.value("RTN_UNREACHABLE");

    /** {@code RTN_PROHIBIT}, type of route, {@link Route#type}: refused as forbidden. */
    public static final int RTN_PROHIBIT = Abi.value("RTN_PROHIBIT");

    /** {@code RTN_THROW}, type of route, {@link Route#type}: to be looked up in another table. */
    public static final int RTN_THROW = Abi.value("RTN_THROW");

    /** {@code NUD_INCOMPLETE}, state of a neighbour, {@link Neighbour#state}: it is being looked for. */
    public static final int NUD_INCOMPLETE = Abi.value("NUD_INCOMPLETE");

    /** {@code NUD_REACHABLE}, state of a neighbour, {@link Neighbour#state}: it was heard of lately. */
    public static final int NUD_REACHABLE = Abi.value("NUD_REACHABLE");

    /** {@code NUD_STALE}, state of a neighbour, {@link Neighbour#state}: it was not heard of for a while. */
    public static final int NUD_STALE = Abi.value("NUD_STALE");

    /** {@code NUD_DELAY}, state of a neighbour, {@link Neighbour#state}: it will be asked soon. */
    public static final int NUD_DELAY = Abi.value("NUD_DELAY");

    /** {@code NUD_PROBE}, state of a neighbour, {@link Neighbour#state}: it is being asked. */
    public static final int NUD_PROBE = Abi.value("NUD_PROBE");

    /** {@code NUD_FAILED}, state of a neighbour, {@link Neighbour#state}: it did not answer. */
    public static final int NUD_FAILED = Abi.value("NUD_FAILED");

    /** {@code NUD_NOARP}, state of a neighbour, {@link Neighbour#state}: there is nothing to look up. */
    public static final int NUD_NOARP = Abi.value("NUD_NOARP");

    /** {@code NUD_PERMANENT}, state of a neighbour, {@link Neighbour#state}: set by hand. */
    public static final int NUD_PERMANENT = Abi.value("NUD_PERMANENT");

    /** {@code NUD_NONE}, state of a neighbour, {@link Neighbour#state}: nothing is known yet. */
    public static final int NUD_NONE = Abi.value("NUD_NONE");

    /** {@code NTF_PROXY}, flag of a neighbour, {@link Neighbour#flags}: this machine answers for it. */
    public static final int NTF_PROXY = Abi.value("NTF_PROXY");

    /** {@code NTF_ROUTER}, flag of a neighbour, {@link Neighbour#flags}: it is a router. */
    public static final int NTF_ROUTER = Abi.value("NTF_ROUTER");

    private NetlinkConstants() {}
}
