package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.IPPROTO_IP;
import static dev.hawser.socket.Constants.IP_RECVTTL;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the Javadoc about messages, compiled and run. */
@Timeout(30)
class MessageSnippetsTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aPacketTellsItsTimeToLive() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        assertThat(hops(sender, receiver)).isEqualTo(9);
    }

    // @start region="control"
    static int hops(Socket sender, Socket receiver) throws IOException {
        receiver.setSockOpt(IPPROTO_IP, IP_RECVTTL, 1);
        sender.sendMsg("hello".getBytes(UTF_8), List.of(new ControlMessage.TimeToLive(9)), 0, receiver.getSockName());
        try (ReceivedMessage message = receiver.recvMsg(1500, 256, 0)) {
            return message.find(ControlMessage.TimeToLive.class).orElseThrow().value();
        }
    }
    // @end

    @Test
    void aSocketIsPassedOn() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        Socket listener = scope.listener(Scope.loopback4());
        Socket passed = scope.add(passOn(pair, listener));
        assertThat(passed.getSockName()).isEqualTo(listener.getSockName());
    }

    // @start region="descriptors"
    static Socket passOn(SocketPair pair, Socket listener) throws IOException {
        pair.first().sendFds(new byte[1], listener.fileno());
        try (ReceivedMessage message = pair.second().recvFds(1, 1, 0)) {
            return message.descriptors().takeSocket(0);
        }
    }
    // @end

    @Test
    void aBatchIsEchoed() throws IOException {
        Socket server = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket client = scope.bound(SOCK_DGRAM, Scope.loopback4());
        client.sendTo("one".getBytes(UTF_8), server.getSockName());
        client.sendTo("two".getBytes(UTF_8), server.getSockName());
        assertThat(echo(server, new DatagramBatch(64, 1500))).isEqualTo(2);
        assertThat(client.recv(100)).asString(UTF_8).isEqualTo("one");
        assertThat(client.recv(100)).asString(UTF_8).isEqualTo("two");
    }

    // @start region="batch"
    static int echo(Socket socket, DatagramBatch batch) throws IOException {
        int received = socket.recvMmsg(batch, 0);
        for (int sent = 0; sent < received; ) {
            sent += socket.sendMmsg(batch, sent, 0);
        }
        return received;
    }
    // @end

    @Test
    void memoryIsSentWithoutACopy() throws IOException {
        SocketPair pair = scope.tcp();
        try (Arena arena = Arena.ofConfined()) {
            send(pair.first(), arena.allocate(4000).fill((byte) 7));
        }
        assertThat(pair.second().recv(4000, Constants.MSG_WAITALL))
                .hasSize(4000)
                .containsOnly(7);
    }

    // @start region="zerocopy"
    static void send(Socket socket, MemorySegment data) throws IOException {
        ZeroCopy zeroCopy = new ZeroCopy(socket);
        long last = 0;
        for (long at = 0; at < data.byteSize(); ) {
            ZeroCopy.Sent sent = zeroCopy.send(data.asSlice(at), 0);
            at += sent.count();
            last = sent.number();
        }
        zeroCopy.await(last, Duration.ofSeconds(10));
        // the memory is ours again
    }
    // @end
}
