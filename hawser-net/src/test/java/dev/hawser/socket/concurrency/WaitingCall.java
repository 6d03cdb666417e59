package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.socket.Bytes;
import dev.hawser.socket.DatagramBatch;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every call that can wait, over every kind of socket where it can. */
enum WaitingCall {
    TCP_RECV(opened -> recv(opened.tcp())),
    TCP_RECV_ALL(opened -> recvAll(opened.tcp())),
    TCP_FILE_READ(opened -> fileRead(opened, opened.tcp())),
    TCP_RECV_FROM(opened -> recvFrom(opened.tcp())),
    UNIX_STREAM_RECV(opened -> recv(opened.pair(SOCK_STREAM))),
    UNIX_DGRAM_RECV(opened -> recv(opened.pair(SOCK_DGRAM))),
    UNIX_SEQPACKET_RECV(opened -> recv(opened.pair(SOCK_SEQPACKET))),
    UDP_RECV_FROM(opened -> recvDatagram(opened, Opened.loopback())),
    UNIX_DGRAM_RECV_FROM(opened -> recvDatagram(opened, Opened.unix())),
    TCP_RECV_MSG(opened -> recvMsg(opened.tcp())),
    UNIX_STREAM_RECV_MSG(opened -> recvMsg(opened.pair(SOCK_STREAM))),
    UNIX_DGRAM_RECV_MSG(opened -> recvMsg(opened.pair(SOCK_DGRAM))),
    UNIX_DGRAM_RECV_MMSG(opened -> recvMmsg(opened.pair(SOCK_DGRAM))),
    TCP_SEND(opened -> send(opened.tcp(), 16 * 1024)),
    TCP_SEND_ALL(opened -> sendAll(opened, opened.tcp())),
    UNIX_STREAM_SEND(opened -> send(opened.pair(SOCK_STREAM), 16 * 1024)),
    UNIX_STREAM_SEND_ALL(opened -> sendAll(opened, opened.pair(SOCK_STREAM))),
    UNIX_DGRAM_SEND(opened -> send(opened.pair(SOCK_DGRAM), 1024)),
    UNIX_DGRAM_SEND_CONNECTED(WaitingCall::sendConnected),
    UNIX_DGRAM_SEND_TO(WaitingCall::sendTo),
    UNIX_SEQPACKET_SEND(opened -> send(opened.pair(SOCK_SEQPACKET), 1024)),
    TCP_SEND_MSG(opened -> sendMsg(opened.tcp(), 16 * 1024)),
    UNIX_DGRAM_SEND_MSG(opened -> sendMsg(opened.pair(SOCK_DGRAM), 1024)),
    UNIX_DGRAM_SEND_MSG_TO(WaitingCall::sendMsgTo),
    UNIX_DGRAM_SEND_MMSG(opened -> sendMmsg(opened.pair(SOCK_DGRAM))),
    TCP_ACCEPT(opened -> accept(opened, SOCK_STREAM, Opened.loopback())),
    UNIX_STREAM_ACCEPT(opened -> accept(opened, SOCK_STREAM, Opened.unix())),
    UNIX_SEQPACKET_ACCEPT(opened -> accept(opened, SOCK_SEQPACKET, Opened.unix())),
    TCP_CONNECT(opened -> connect(opened, Opened.loopback())),
    UNIX_STREAM_CONNECT(opened -> connect(opened, Opened.unix()));

    private static final String DATA = "data";

    /**
     * A call that waits, until somebody does what it waits for.
     *
     * @param owner what to close, to end the wait
     * @param call the call; it may be made again
     * @param release what it waits for
     * @param result what it then returns
     */
    record Waiting(AutoCloseable owner, Callable<Object> call, Recorded.Action release, Object result) {}

    /** Sets a call up. */
    @FunctionalInterface
    private interface Preparation {
        Waiting prepare(Opened opened) throws IOException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Preparation preparation;

    WaitingCall(Preparation preparation) {
        this.preparation = preparation;
    }

    Waiting prepare(Opened opened) throws IOException {
        return preparation.prepare(opened);
    }

    /** Each call on each kind of thread. */
    static Stream<Arguments> onEachKindOfThread() {
        return Arrays.stream(values())
                .flatMap(call -> Arrays.stream(ThreadKind.values()).map(kind -> Arguments.of(call, kind)));
    }

    private static Waiting recv(SocketPair pair) {
        return new Waiting(pair.first(), () -> text(pair.first().recv(100)), () -> sendData(pair.second()), DATA);
    }

    private static Waiting recvAll(SocketPair pair) {
        return new Waiting(
                pair.first(),
                () -> text(pair.first().recv(DATA.length(), MSG_WAITALL)),
                () -> sendData(pair.second()),
                DATA);
    }

    private static Waiting fileRead(Opened opened, SocketPair pair) throws IOException {
        InputStream file = opened.add(pair.first().makeFileInput());
        return new Waiting(file, () -> text(file.readNBytes(DATA.length())), () -> sendData(pair.second()), DATA);
    }

    private static Waiting recvFrom(SocketPair pair) {
        return new Waiting(
                pair.first(), () -> text(pair.first().recvFrom(100).data()), () -> sendData(pair.second()), DATA);
    }

    private static Waiting recvDatagram(Opened opened, Sockaddr address) throws IOException {
        Socket receiver = opened.bound(SOCK_DGRAM, address);
        Socket sender = opened.socket(address.family(), SOCK_DGRAM);
        Sockaddr to = receiver.getSockName();
        return new Waiting(
                receiver,
                () -> text(receiver.recvFrom(100).data()),
                () -> sender.sendTo(DATA.getBytes(US_ASCII), to),
                DATA);
    }

    private static Waiting send(SocketPair pair, int chunkBytes) throws IOException {
        Bytes.fillForGood(pair.first(), chunkBytes);
        return new Waiting(pair.first(), () -> pair.first().send(new byte[] {1}), () -> drainAll(pair.second()), 1);
    }

    private static Waiting recvMsg(SocketPair pair) {
        return new Waiting(
                pair.first(),
                () -> text(pair.first().recvMsg(100, 100, 0).data()),
                () -> sendData(pair.second()),
                DATA);
    }

    private static Waiting recvMmsg(SocketPair pair) {
        DatagramBatch batch = new DatagramBatch(2, 100);
        return new Waiting(
                pair.first(),
                () -> pair.first().recvMmsg(batch, 0) + text(batch.bytes(0)),
                () -> sendData(pair.second()),
                1 + DATA);
    }

    private static Waiting sendMsg(SocketPair pair, int chunkBytes) {
        Bytes.fillForGood(pair.first(), chunkBytes);
        return new Waiting(
                pair.first(),
                () -> pair.first().sendMsg(new byte[] {1}, List.of(), 0, null),
                () -> drainAll(pair.second()),
                1);
    }

    private static Waiting sendMmsg(SocketPair pair) {
        Bytes.fillForGood(pair.first(), 1024);
        DatagramBatch batch = new DatagramBatch(1, 1);
        batch.add(new byte[1], null);
        return new Waiting(pair.first(), () -> pair.first().sendMmsg(batch, 0, 0), () -> drainAll(pair.second()), 1);
    }

    private static Waiting sendAll(Opened opened, SocketPair pair) {
        return new Waiting(
                pair.first(),
                () -> {
                    pair.first().sendAll(new byte[8 * 1024 * 1024]);
                    return DATA;
                },
                () -> opened.add(new Draining(pair.second())),
                DATA);
    }

    private static Waiting sendConnected(Opened opened) throws IOException {
        Socket receiver = opened.bound(SOCK_DGRAM, Opened.unix());
        Socket sender = opened.socket(AF_UNIX, SOCK_DGRAM);
        sender.connect(receiver.getSockName());
        Bytes.fill(sender, 1);
        return new Waiting(sender, () -> sender.send(new byte[] {1}), () -> drainAll(receiver), 1);
    }

    private static Waiting sendTo(Opened opened) throws IOException {
        Socket receiver = full(opened);
        Sockaddr address = receiver.getSockName();
        Socket sender = opened.socket(AF_UNIX, SOCK_DGRAM);
        return new Waiting(sender, () -> sender.sendTo(new byte[] {1}, address), () -> drainAll(receiver), 1);
    }

    private static Waiting sendMsgTo(Opened opened) throws IOException {
        Socket receiver = full(opened);
        Sockaddr address = receiver.getSockName();
        Socket sender = opened.socket(AF_UNIX, SOCK_DGRAM);
        return new Waiting(
                sender, () -> sender.sendMsg(new byte[] {1}, List.of(), 0, address), () -> drainAll(receiver), 1);
    }

    /** A receiver whose queue another sender has filled. */
    private static Socket full(Opened opened) throws IOException {
        Socket receiver = opened.bound(SOCK_DGRAM, Opened.unix());
        Socket filler = opened.socket(AF_UNIX, SOCK_DGRAM);
        filler.connect(receiver.getSockName());
        Bytes.fill(filler, 1);
        return receiver;
    }

    private static Waiting accept(Opened opened, int type, Sockaddr address) throws IOException {
        Socket listener = opened.listener(type, address, 1);
        Socket client = opened.socket(address.family(), type);
        return new Waiting(
                listener,
                () -> text(opened.add(listener.accept().socket()).recv(100)),
                () -> {
                    client.connect(listener.getSockName());
                    sendData(client);
                },
                DATA);
    }

    /** To a listener whose queue is full: one connection more than its backlog of zero. */
    private static Waiting connect(Opened opened, Sockaddr address) throws IOException {
        Socket listener = opened.listener(SOCK_STREAM, address, 0);
        opened.socket(address.family(), SOCK_STREAM).connect(listener.getSockName());
        Socket client = opened.socket(address.family(), SOCK_STREAM);
        Sockaddr name = listener.getSockName();
        return new Waiting(
                client,
                () -> {
                    client.connect(name);
                    return client.getPeerName();
                },
                () -> opened.add(listener.accept().socket()),
                name);
    }

    private static void sendData(Socket socket) throws IOException {
        socket.sendAll(DATA.getBytes(US_ASCII));
    }

    private static void drainAll(Socket socket) throws IOException {
        if (Opened.drain(socket) == 0) {
            throw new AssertionError("nothing to drain: the sender had no reason to wait");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, US_ASCII);
    }
}
