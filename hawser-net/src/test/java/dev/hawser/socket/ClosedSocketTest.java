package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A closed socket. */
@Timeout(30)
class ClosedSocketTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void closingAnyNumberOfTimesIsFine() throws IOException {
        Socket socket = scope.tcp().first();
        assertThat(socket.isClosed()).isFalse();
        socket.close();
        socket.close();
        socket.close();

        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.fileno()).isEqualTo(-1);
        assertThat(socket).hasToString("Socket[tcp closed]");
    }

    @Test
    void closeAfterAResetIsFine() throws IOException {
        SocketPair pair = scope.tcp();
        pair.second().setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        pair.second().close();
        assertThrowsExactly(ConnectionBrokenException.class, () -> pair.first().recv(1));

        pair.first().close();
        assertThat(pair.first().isClosed()).isTrue();
    }

    @Test
    void anOpenSocketDescribesItself() throws IOException {
        SocketPair pair = scope.tcp();

        assertThat(pair.first())
                .hasToString("Socket[tcp " + pair.first().getSockName() + " -> "
                        + pair.first().getPeerName() + " fd=" + pair.first().fileno() + "]");
        Socket fresh = scope.socket(AF_UNIX, SOCK_DGRAM);
        assertThat(fresh).hasToString("Socket[unixgram fd=" + fresh.fileno() + "]");
    }

    @ParameterizedTest
    @CsvSource({"stream", "datagram", "seqpacket"})
    void everyCallSaysThatTheSocketIsClosed(String type) throws IOException {
        Socket socket = switch (type) {
            case "stream" -> scope.socket(AF_INET, SOCK_STREAM);
            case "datagram" -> scope.socket(AF_INET, SOCK_DGRAM);
            default -> scope.socket(AF_UNIX, SOCK_SEQPACKET);
        };
        socket.close();

        calls(socket).forEach((operation, call) -> {
            SocketClosedException closed = assertThrowsExactly(SocketClosedException.class, call, operation);
            assertThat(operation).startsWith(closed.operation());
            assertThat(closed).hasMessageEndingWith(": the socket is closed");
        });
    }

    @Test
    void whatNeedsNoDescriptorStillWorks() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.close();

        socket.setBlocking(false);
        assertThat(socket.getBlocking()).isFalse();
        assertThat(socket.family()).isEqualTo(AF_INET);
        assertThat(socket.type()).isEqualTo(SOCK_STREAM);
        assertThat(socket.protocol()).isZero();
    }

    private static Map<String, Executable> calls(Socket socket) {
        byte[] bytes = new byte[4];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        ByteBuffer buffer = ByteBuffer.allocate(4);
        Sockaddr address = SockaddrIn.of("127.0.0.1", 1);
        Map<String, Executable> calls = new LinkedHashMap<>();
        calls.put("bind", () -> socket.bind(address));
        calls.put("listen", socket::listen);
        calls.put("listen with backlog", () -> socket.listen(1));
        calls.put("accept", socket::accept);
        calls.put("connect", () -> socket.connect(address));
        calls.put("recv", () -> socket.recv(1));
        calls.put("recv nothing", () -> socket.recv(0));
        calls.put("recv with flags", () -> socket.recv(1, Constants.MSG_DONTWAIT));
        calls.put("recv all", () -> socket.recv(1, Constants.MSG_WAITALL));
        calls.put("recv into array", () -> socket.recvInto(bytes));
        calls.put("recv into part", () -> socket.recvInto(bytes, 1, 1, 0));
        calls.put("recv into buffer", () -> socket.recvInto(buffer, 0));
        calls.put("recv into segment", () -> socket.recvInto(segment, 0));
        calls.put("recvFrom", () -> socket.recvFrom(1));
        calls.put("recvFrom with flags", () -> socket.recvFrom(1, 0));
        calls.put("recvFrom into array", () -> socket.recvFromInto(bytes));
        calls.put("recvFrom into part", () -> socket.recvFromInto(bytes, 1, 1, 0));
        calls.put("recvFrom into buffer", () -> socket.recvFromInto(buffer, 0));
        calls.put("recvFrom into segment", () -> socket.recvFromInto(segment, 0));
        calls.put("send", () -> socket.send(bytes));
        calls.put("send nothing", () -> socket.send(new byte[0]));
        calls.put("send part", () -> socket.send(bytes, 1, 1, 0));
        calls.put("send buffer", () -> socket.send(buffer, 0));
        calls.put("send segment", () -> socket.send(segment, 0));
        calls.put("sendAll", () -> socket.sendAll(bytes));
        calls.put("sendAll part", () -> socket.sendAll(bytes, 1, 1, 0));
        calls.put("sendAll buffer", () -> socket.sendAll(buffer, 0));
        calls.put("sendAll segment", () -> socket.sendAll(segment, 0));
        calls.put("sendTo", () -> socket.sendTo(bytes, address));
        calls.put("sendTo part", () -> socket.sendTo(bytes, 1, 1, 0, address));
        calls.put("sendTo buffer", () -> socket.sendTo(buffer, 0, address));
        calls.put("sendTo segment", () -> socket.sendTo(segment, 0, address));
        calls.put("shutdown", () -> socket.shutdown(Constants.SHUT_RDWR));
        calls.put("dup", socket::dup);
        calls.put("makeFile input", socket::makeFileInput);
        calls.put("makeFile output", socket::makeFileOutput);
        calls.put("makeFile reader", () -> socket.makeFileReader(UTF_8));
        calls.put("makeFile writer", () -> socket.makeFileWriter(UTF_8));
        calls.put("getSockName", socket::getSockName);
        calls.put("getPeerName", socket::getPeerName);
        calls.put("getInheritable", socket::getInheritable);
        calls.put("setInheritable", () -> socket.setInheritable(true));
        calls.put("getSockOpt", () -> socket.getSockOpt(SocketOptions.SO_ERROR));
        calls.put("getSockOpt int", () -> socket.getSockOpt(Constants.SOL_SOCKET, Constants.SO_ERROR));
        calls.put("getSockOpt raw", () -> socket.getSockOpt(Constants.SOL_SOCKET, Constants.SO_ERROR, 4));
        calls.put("setSockOpt", () -> socket.setSockOpt(SocketOptions.SO_KEEPALIVE, true));
        calls.put("setSockOpt int", () -> socket.setSockOpt(Constants.SOL_SOCKET, Constants.SO_KEEPALIVE, 1));
        calls.put("setSockOpt raw", () -> socket.setSockOpt(Constants.SOL_SOCKET, Constants.SO_KEEPALIVE, new byte[4]));
        return calls;
    }
}
