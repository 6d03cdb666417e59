"""Socket addresses: Python's tuples and strings, and Hawser's records."""

import os

from jpype import JClass

from translate import Constants, java_bytes, refused_as, text

AddrInfoHints = JClass("dev.hawser.socket.AddrInfoHints")
Interfaces = JClass("dev.hawser.socket.Interfaces")
NameService = JClass("dev.hawser.socket.NameService")
SockaddrAlg = JClass("dev.hawser.socket.SockaddrAlg")
SockaddrCan = JClass("dev.hawser.socket.SockaddrCan")
SockaddrIn = JClass("dev.hawser.socket.SockaddrIn")
SockaddrIn6 = JClass("dev.hawser.socket.SockaddrIn6")
SockaddrLl = JClass("dev.hawser.socket.SockaddrLl")
SockaddrNl = JClass("dev.hawser.socket.SockaddrNl")
SockaddrOther = JClass("dev.hawser.socket.SockaddrOther")
SockaddrQrtr = JClass("dev.hawser.socket.SockaddrQrtr")
SockaddrTipc = JClass("dev.hawser.socket.SockaddrTipc")
SockaddrUn = JClass("dev.hawser.socket.SockaddrUn")
SockaddrVm = JClass("dev.hawser.socket.SockaddrVm")


def to_java(socket, address):
    """The record of a socket's family."""
    family = int(socket.family())
    if family == Constants.AF_UNIX:
        return unix(address)
    if family not in TUPLES:
        raise OSError(f"{socket.family()}: no addresses of this family in Python")
    name, convert = TUPLES[family]
    if not isinstance(address, tuple):
        raise TypeError(f"{name} address must be tuple, not {type(address).__name__}")
    with refused_as(OverflowError):
        return can(int(socket.protocol()), *address) if convert is can else convert(*address)


def unix(address):
    name = os.fsencode(address) if isinstance(address, str) else address
    with refused_as(OSError):
        return SockaddrUn(java_bytes(name))


def inet(host, port):
    return NameService.resolve(Constants.AF_INET, text(host), port)


def inet6(host, port, *flow_info_and_scope):
    return with_scope(NameService.resolve(Constants.AF_INET6, text(host), port), *flow_info_and_scope)


def with_scope(found, flow_info=0, scope_id=0):
    return SockaddrIn6(found.high(), found.low(), found.port(), flow_info, signed(scope_id) or found.scopeId())


def numeric(host, port, *flow_info_and_scope):
    """For getnameinfo: an address whose text tells the family."""
    hints = AddrInfoHints(Constants.AF_UNSPEC, Constants.SOCK_DGRAM, 0, Constants.AI_NUMERICHOST)
    with refused_as(OverflowError):
        found = NameService.getAddrInfo(text(host), port, hints)[0].address()
        return with_scope(found, *flow_info_and_scope) if isinstance(found, SockaddrIn6) else found


def netlink(pid, groups):
    return SockaddrNl(signed(pid), signed(groups))


def packet(interface, protocol, packet_type=0, hardware_type=0, address=b""):
    with refused_as(OSError):
        index = SockaddrLl.of(interface, 0).ifIndex()
    return SockaddrLl(index, protocol, packet_type, hardware_type, java_bytes(address))


def vsock(cid, port):
    return SockaddrVm.of(signed(cid), signed(port))


def can(protocol, interface, *rest):
    with refused_as(OSError):
        index = SockaddrCan.of(interface).ifIndex()
    if protocol == Constants.CAN_ISOTP:
        return SockaddrCan.ofIsoTp(index, *(signed(number) for number in rest))
    return SockaddrCan(index, *rest) if rest else SockaddrCan.of(index)


def alg(type, name, feat=0, mask=0):
    return SockaddrAlg(type, name, signed(feat), signed(mask))


def tipc(address_type, first, second, third, scope=0):
    return SockaddrTipc(address_type, signed(first), signed(second), signed(third), scope)


def qrtr(node, port):
    return SockaddrQrtr(signed(node), signed(port))


TUPLES = {
    int(Constants.AF_INET): ("AF_INET", inet),
    int(Constants.AF_INET6): ("AF_INET6", inet6),
    int(Constants.AF_NETLINK): ("AF_NETLINK", netlink),
    int(Constants.AF_PACKET): ("AF_PACKET", packet),
    int(Constants.AF_VSOCK): ("AF_VSOCK", vsock),
    int(Constants.AF_CAN): ("AF_CAN", can),
    int(Constants.AF_ALG): ("AF_ALG", alg),
    int(Constants.AF_TIPC): ("AF_TIPC", tipc),
    int(Constants.AF_QIPCRTR): ("AF_QIPCRTR", qrtr),
}


def to_python(address, protocol=0):
    """None, a tuple, or the name of a Unix socket. What the addresses of CAN mean depends on the protocol."""
    match address:
        case None:
            return None
        case SockaddrIn():
            return str(address.host()), int(address.port())
        case SockaddrIn6():
            host = str(address.host()).partition("%")[0]
            return host, int(address.port()), int(address.flowInfo()), unsigned(address.scopeId())
        case SockaddrUn():
            name = bytes(address.name())
            return name if address.isAbstract() else os.fsdecode(name)
        case SockaddrNl():
            return unsigned(address.pid()), unsigned(address.groups())
        case SockaddrLl():
            numbers = int(address.protocol()), int(address.packetType()), int(address.hardwareType())
            return interface_name(address.ifIndex()), *numbers, bytes(address.address())
        case SockaddrVm():
            return unsigned(address.cid()), unsigned(address.port())
        case SockaddrCan() if protocol == Constants.CAN_ISOTP:
            return interface_name(address.ifIndex()), unsigned(address.rxId()), unsigned(address.txId())
        case SockaddrCan() if protocol == Constants.CAN_J1939:
            name = int(address.name()) % 2**64
            return interface_name(address.ifIndex()), name, unsigned(address.pgn()), int(address.address())
        case SockaddrCan():
            return (interface_name(address.ifIndex()),)
        case SockaddrTipc():
            numbers = unsigned(address.first()), unsigned(address.second()), unsigned(address.third())
            return int(address.addressType()), *numbers, int(address.scope())
        case SockaddrQrtr():
            return unsigned(address.node()), unsigned(address.port())
        case SockaddrOther():
            return int(address.family()), bytes(address.data())
    return int(address.family()), str(address)


def interface_name(index):
    return str(Interfaces.ifIndexToName(index)) if index else ""


# Java's int has the 32 bits of C's unsigned int, with a sign.


def signed(number):
    return number - 2**32 if 2**31 <= number < 2**32 else number


def unsigned(number):
    return int(number) % 2**32
