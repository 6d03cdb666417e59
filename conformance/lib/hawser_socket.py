"""The extension module _socket on which CPython's socket.py stands, with Hawser in the place of C.

Each function and method makes the call of the same name in Hawser. What is here is the shape that Python wants: names,
arguments, types, exceptions, and the life of a Python object. See translate.py.
"""

import functools
import operator
import struct
import sys
import warnings

from jpype import JArray, JClass

from addresses import numeric, to_java, to_python, unsigned
from signals import until_done
from translate import (
    ByteBuffer,
    Constants,
    JavaBytes,
    duration,
    gaierror,
    herror,
    java_bytes,
    native_bytes,
    refused_as,
    seconds,
    text,
    translated,
    translated_once,
    writable,
)

AddrInfoHints = JClass("dev.hawser.socket.AddrInfoHints")
ArrayList = JClass("java.util.ArrayList")
ControlMessage = JClass("dev.hawser.socket.ControlMessage")
Inet = JClass("dev.hawser.socket.Inet")
Interfaces = JClass("dev.hawser.socket.Interfaces")
NameService = JClass("dev.hawser.socket.NameService")
Services = JClass("dev.hawser.socket.Services")
SocketInterruptedException = JClass("dev.hawser.socket.SocketInterruptedException")
Socket = JClass("dev.hawser.socket.Socket")
Sockets = JClass("dev.hawser.socket.Sockets")

JavaBuffers = JArray(ByteBuffer)

error = OSError
timeout = TimeoutError
has_ipv6 = bool(Sockets.hasIpv6())


def _constants():
    """All that Hawser has, under their own names. Java's ints have a sign where some of C's have none."""
    for field in Constants.class_.getFields():
        name, value = str(field.getName()), getattr(Constants, str(field.getName()))
        if isinstance(value, str):
            yield name, str(value)
        else:
            yield name, int(value) if name.startswith(("EAI_", "NETDB_")) else unsigned(value)


CONSTANTS = dict(_constants())
globals().update(CONSTANTS)


# In seconds. A timeout of 0 would be no wait at all.
SHORTEST_WAIT = 1e-9

# The numbers that are options of vsock(7) have 64 bits, unlike all others.
VSOCK_INT = 8


def _waits(method):
    """A method that may wait: after a signal handler it goes on, in the time that is left of the socket's timeout."""
    once = translated_once(method)

    @functools.wraps(method)
    def call(self, *args, **kwargs):
        timeout = self._socket.getTimeout()
        whole = seconds(timeout)

        def attempt(left):
            if left is whole:
                return once(self, *args, **kwargs)
            self._socket.setTimeout(duration(max(left, SHORTEST_WAIT)))
            try:
                return once(self, *args, **kwargs)
            finally:
                self._socket.setTimeout(timeout)

        return until_done(attempt, whole)

    return call


class socket:
    # One slot: socket.py adds its own, and one for weak references.
    __slots__ = ("_socket",)

    def __new__(cls, *_args, **_kwargs):
        self = super().__new__(cls)
        self._socket = None
        return self

    @translated
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None:
            self._socket = Socket(
                AF_INET if family == -1 else family, SOCK_STREAM if type == -1 else type, 0 if proto == -1 else proto
            )
        else:
            self._socket = Sockets.adopt(operator.index(fileno), family, type, proto)

    def __del__(self):
        if self.fileno() >= 0:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self)
            self.close()

    def __repr__(self):
        return "<socket object, fd=%d, family=%d, type=%d, proto=%d>" % (
            self.fileno(),
            socket.family.fget(self),
            socket.type.fget(self),
            self.proto,
        )

    @property
    def family(self):
        return int(self._socket.family())

    @property
    def type(self):
        return int(self._socket.type())

    @property
    def proto(self):
        return int(self._socket.protocol())

    @property
    def timeout(self):
        return seconds(self._socket.getTimeout())

    def fileno(self):
        return -1 if self._socket is None else int(self._socket.fileno())

    @translated
    def close(self):
        self._socket.close()

    @translated
    def detach(self):
        return int(self._socket.detach())

    @translated
    def settimeout(self, timeout):
        self._socket.setTimeout(duration(timeout))

    @translated
    def gettimeout(self):
        return seconds(self._socket.getTimeout())

    @translated
    def setblocking(self, flag):
        self._socket.setBlocking(bool(flag))

    @translated
    def getblocking(self):
        return bool(self._socket.getBlocking())

    def _address(self, address):
        return to_java(self._socket, address)

    @translated
    def bind(self, address):
        self._socket.bind(self._address(address))

    @translated
    def listen(self, *backlog):
        self._socket.listen(*backlog)

    @_waits
    def _accept(self):
        accepted = self._socket.accept()
        return int(accepted.socket().detach()), to_python(accepted.address())

    @_waits
    def connect(self, address):
        self._socket.connect(self._address(address))

    @translated
    def connect_ex(self, address):
        return int(self._socket.connectEx(self._address(address)))

    @translated
    def getsockname(self):
        return to_python(self._socket.getSockName())

    @translated
    def getpeername(self):
        return to_python(self._socket.getPeerName())

    @translated
    def getsockopt(self, level, option, length=0):
        if length:
            return bytes(self._socket.getSockOpt(level, option, length))
        if level == AF_VSOCK:
            return int.from_bytes(bytes(self._socket.getSockOpt(level, option, VSOCK_INT)), sys.byteorder)
        return int(self._socket.getSockOpt(level, option))

    @translated
    def setsockopt(self, level, option, value, *length):
        if value is None:
            self._socket.setSockOptLength(level, option, *length)
        elif not isinstance(value, int):
            self._socket.setSockOpt(level, option, java_bytes(value))
        elif level == AF_VSOCK:
            self._socket.setSockOpt(level, option, java_bytes(value.to_bytes(VSOCK_INT, sys.byteorder)))
        else:
            self._socket.setSockOpt(level, option, value)

    @translated
    def shutdown(self, how):
        self._socket.shutdown(how)

    @_waits
    def recv(self, size, flags=0):
        return bytes(self._socket.recv(size, flags))

    @_waits
    def recv_into(self, buffer, nbytes=0, flags=0):
        into, room, length = _room(buffer, nbytes)
        return _fill(into, room, int(self._socket.recvInto(room, 0, length, flags)))

    @_waits
    def recvfrom(self, size, flags=0):
        received = self._socket.recvFrom(size, flags)
        return bytes(received.data()), to_python(received.address())

    @_waits
    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        into, room, length = _room(buffer, nbytes)
        received = self._socket.recvFromInto(room, 0, length, flags)
        return _fill(into, room, int(received.count())), to_python(received.address())

    @_waits
    def send(self, data, flags=0):
        return int(self._socket.send(native_bytes(data), flags))

    def sendall(self, data, flags=0):
        self._sendall(native_bytes(data), flags)

    @_waits
    def _sendall(self, rest, flags):
        try:
            self._socket.sendAll(rest, flags)
        except SocketInterruptedException as e:
            rest.position(rest.position() + int(e.bytesTransferred))
            raise

    @_waits
    def sendto(self, data, *rest):
        if len(rest) not in (1, 2):
            raise TypeError(f"sendto() takes 2 or 3 arguments ({1 + len(rest)} given)")
        flags = rest[0] if len(rest) == 2 else 0
        return int(self._socket.sendTo(native_bytes(data), flags, self._address(rest[-1])))

    @_waits
    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        return int(
            self._socket.sendMsg(
                JavaBuffers([native_bytes(buffer) for buffer in buffers]),
                ArrayList([ControlMessage.of(*_control(*item)) for item in ancdata]),
                flags,
                None if address is None else self._address(address),
            )
        )

    def sendmsg_afalg(self, msg=(), *, op, iv=None, assoclen=None, flags=0):
        control = [(SOL_ALG, ALG_SET_OP, struct.pack("I", op))]
        if iv is not None:
            control.append((SOL_ALG, ALG_SET_IV, struct.pack("I", len(iv)) + bytes(iv)))
        if assoclen is not None:
            control.append((SOL_ALG, ALG_SET_AEAD_ASSOCLEN, struct.pack("I", assoclen)))
        return self.sendmsg(msg, control, flags)

    @_waits
    def recvmsg(self, size, ancbufsize=0, flags=0):
        received = self._socket.recvMsg(size, ancbufsize, flags)
        return bytes(received.data()), *_received(received)

    @_waits
    def recvmsg_into(self, buffers, ancbufsize=0, flags=0):
        into = [writable(buffer) for buffer in buffers]
        rooms = [JavaBytes(len(part)) for part in into]
        buffers = JavaBuffers([ByteBuffer.wrap(room) for room in rooms])
        received = self._socket.recvMsgInto(buffers, ancbufsize, flags)
        for part, room, buffer in zip(into, rooms, buffers):
            _fill(part, room, int(buffer.position()))
        return int(received.count()), *_received(received)


SocketType = socket


def _control(level, type, data):
    return level, type, java_bytes(data)


def _received(received):
    """Ancillary data, flags and sender. Descriptors are Python's from now on, as numbers among the data."""
    received.descriptors().takeAll()
    control = [(int(message.level()), int(message.type()), bytes(message.data())) for message in received.control()]
    return control, int(received.flags()), to_python(received.address())


def _room(buffer, nbytes):
    """Where Python wants what is received, the array that Hawser fills, and how much of it."""
    into = writable(buffer)
    room = JavaBytes(len(into))
    return into, room, nbytes or len(into)


def _fill(into, room, count):
    into[:count] = bytes(room[:count])
    return count


# Sockets


@translated
def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    pair = Sockets.socketPair(family, type, proto)
    return _python_socket(pair.first()), _python_socket(pair.second())


def _python_socket(java):
    python = socket.__new__(socket)
    python._socket = java
    return python


@translated
def dup(fd):
    return int(Sockets.dup(fd))


@translated
def close(fd):
    Sockets.close(operator.index(fd))


@translated
def getdefaulttimeout():
    return seconds(Sockets.getDefaultTimeout())


@translated
def setdefaulttimeout(timeout):
    Sockets.setDefaultTimeout(duration(timeout))


@translated
def CMSG_LEN(length):
    with refused_as(OverflowError):
        return int(Sockets.cmsgLen(length))


@translated
def CMSG_SPACE(length):
    with refused_as(OverflowError):
        return int(Sockets.cmsgSpace(length))


# Names


@translated
def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    service = str(port) if isinstance(port, int) else text(port)
    return [
        (
            int(info.family()),
            int(info.type()),
            int(info.protocol()),
            str(info.canonicalName() or ""),
            to_python(info.address()),
        )
        for info in NameService.getAddrInfo(text(host), service, AddrInfoHints(family, type, proto, flags))
    ]


@translated
def getnameinfo(sockaddr, flags):
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be tuple")
    names = NameService.getNameInfo(numeric(*sockaddr), flags)
    return str(names.host()), str(names.service())


@translated
def gethostname():
    return str(NameService.getHostName())


@translated
def sethostname(name):
    NameService.setHostName(text(name))


@translated
def gethostbyname(host):
    return str(NameService.getHostByName(text(host)))


@translated
def gethostbyname_ex(host):
    return _host(NameService.getHostByNameEx(text(host)))


@translated
def gethostbyaddr(host):
    return _host(NameService.getHostByAddr(text(host)))


def _host(entry):
    return str(entry.name()), [str(name) for name in entry.aliases()], [str(name) for name in entry.addresses()]


@translated
def getservbyname(name, *protocol):
    return int(Services.getServByName(name, *protocol))


@translated
def getservbyport(port, *protocol):
    with refused_as(OverflowError):
        return str(Services.getServByPort(port, *protocol))


@translated
def getprotobyname(name):
    return int(Services.getProtoByName(name))


@translated
def if_nameindex():
    return [(int(interface.index()), str(interface.name())) for interface in Interfaces.ifNameIndex()]


@translated
def if_nametoindex(name):
    return int(Interfaces.ifNameToIndex(text(name)))


@translated
def if_indextoname(index):
    return str(Interfaces.ifIndexToName(index))


# Addresses and byte order


@translated
def inet_aton(address):
    with refused_as(OSError):
        return bytes(Inet.inetAton(address))


@translated
def inet_ntoa(packed):
    with refused_as(OSError):
        return str(Inet.inetNtoa(java_bytes(packed)))


@translated
def inet_pton(family, address):
    with refused_as(OSError):
        return bytes(Inet.inetPton(family, address))


@translated
def inet_ntop(family, packed):
    return str(Inet.inetNtop(family, java_bytes(packed)))


@translated
def ntohl(number):
    with refused_as(OverflowError):
        return int(Inet.ntohl(number))


@translated
def htonl(number):
    with refused_as(OverflowError):
        return int(Inet.htonl(number))


@translated
def ntohs(number):
    with refused_as(OverflowError):
        return int(Inet.ntohs(number))


@translated
def htons(number):
    with refused_as(OverflowError):
        return int(Inet.htons(number))


__all__ = [*CONSTANTS, "error", "gaierror", "has_ipv6", "herror", "timeout"]
__all__ += [
    name for name, value in globals().items() if name[0] != "_" and getattr(value, "__module__", "") == __name__
]
