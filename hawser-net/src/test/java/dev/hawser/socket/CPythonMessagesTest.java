package dev.hawser.socket;

import static dev.hawser.socket.Constants.IPPROTO_IPV6;
import static dev.hawser.socket.Constants.IPV6_RECVHOPLIMIT;
import static dev.hawser.socket.Constants.IPV6_RECVTCLASS;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages to and from CPython's sendmsg and recvmsg. */
@Timeout(60)
class CPythonMessagesTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void ancillaryDataGoBothWays() throws Exception {
        Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback6());
        socket.setSockOpt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        socket.setSockOpt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
        try (CPython python = new CPython("""
                import socket, struct, sys
                s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
                s.bind(('::1', 0))
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
                print(s.getsockname()[1])
                s.sendmsg([b'from ', b'', b'python'],
                          [(socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT, struct.pack('i', 21)),
                           (socket.IPPROTO_IPV6, socket.IPV6_TCLASS, struct.pack('i', 22))],
                          0, ('::1', int(sys.argv[1])))
                data, anc, flags, address = s.recvmsg(100, 200)
                print(data.decode(), [(l == socket.IPPROTO_IPV6, struct.unpack('i', d)[0]) for l, t, d in anc], flags)
                """, ((SockaddrIn6) socket.getSockName()).port())) {
            SockaddrIn6 peer = SockaddrIn6.of("::1", python.number());
            ReceivedMessage message = socket.recvMsg(100, 200, 0);
            assertThat(message.data()).isEqualTo(Bytes.of("from python"));
            assertThat(message.address()).isEqualTo(peer);
            assertThat(message.control())
                    .containsExactly(new ControlMessage.HopLimit(21), new ControlMessage.TrafficClass(22));

            List<ControlMessage> ours = List.of(new ControlMessage.HopLimit(31), new ControlMessage.TrafficClass(32));
            socket.sendMsg(new byte[][] {Bytes.of("from "), {}, Bytes.of("hawser")}, ours, 0, peer);
            assertThat(python.line()).isEqualTo("from hawser [(True, 31), (True, 32)] 0");
            python.finish();
        }
    }

    /** Whatever the room, CPython and we are told the same of the same message. */
    @Test
    void truncationIsWhatCpythonSees() throws Exception {
        Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback6());
        socket.setSockOpt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        socket.setSockOpt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
        Socket sender = scope.bound(SOCK_DGRAM, Scope.loopback6());
        try (CPython python = new CPython("""
                import socket, sys
                s = socket.socket(fileno=socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).detach())
                s.bind(('::1', 0))
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
                print(s.getsockname()[1], flush=True)
                for room in range(0, 50):
                    data, anc, flags, address = s.recvmsg(10, room)
                    print([(l, t, d.hex()) for l, t, d in anc], flags, flush=True)
                """)) {
            SockaddrIn6 peer = SockaddrIn6.of("::1", python.number());
            for (int room = 0; room < 50; room++) {
                sender.sendTo(new byte[1], peer);
                sender.sendTo(new byte[1], socket.getSockName());
                ReceivedMessage message = socket.recvMsg(10, room, 0);
                String control = message.control().stream()
                        .map(part -> "(" + part.level() + ", " + part.type() + ", '"
                                + java.util.HexFormat.of().formatHex(part.data()) + "')")
                        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
                assertThat(control + " " + message.flags()).as("room " + room).isEqualTo(python.line());
            }
            python.finish();
        }
    }
}
