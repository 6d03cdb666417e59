package dev.hawser.asyncore;

import static dev.hawser.asyncore.Probe.Event.ACCEPT;
import static dev.hawser.asyncore.Probe.Event.ACCEPTED;
import static dev.hawser.asyncore.Probe.Event.CLOSE;
import static dev.hawser.asyncore.Probe.Event.CONNECT;
import static dev.hawser.asyncore.Probe.Event.READ;
import static dev.hawser.asyncore.Probe.Event.WRITE;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dispatcher does over any selector and any family of streams. */
abstract class DispatcherContract extends Loops {

    DispatcherContract(Backend backend, Family family) {
        super(backend, family);
    }

    @Test
    void aConnectThatHasComeAboutIsTold() throws IOException {
        Probe client = client(listener());

        loopUntil(() -> client.saw(CONNECT));

        assertThat(client.state()).isEqualTo(State.CONNECTED);
        loop.loop(ZERO, 3);
        assertThat(client.events).containsOnlyOnce(CONNECT);
    }

    @Test
    void aListenerIsToldOfConnections() throws IOException {
        Probe listener = listener();
        listener.on(ACCEPT, () -> listener.readable = false);
        client(listener);

        loopUntil(() -> listener.saw(ACCEPT));

        assertThat(listener.accepted).isEmpty();
    }

    @Test
    void aConnectionIsAcceptedAndHandedOver() throws IOException {
        Probe listener = listener();
        Probe client = client(listener);

        loopUntil(() -> listener.saw(ACCEPTED) && client.saw(CONNECT));

        assertThat(listener.accepted).hasSize(1);
        assertThat(listener.accepted.getFirst().isClosed()).isTrue();
        assertThat(listener.state()).isEqualTo(State.LISTENING);
    }

    @Test
    void bytesThatHaveComeAreTold() throws IOException {
        Probe listener = listener();
        listener.on(ACCEPTED, () -> new Probe(loop, listener.accepted.getFirst()).send(new byte[1024]));
        Probe client = client(listener);
        client.on(READ, client::readAll);

        loopUntil(() -> client.received.size() == 1024);

        assertThat(client.saw(CLOSE)).isFalse();
    }

    @Test
    void roomToWriteIsTold() throws IOException {
        Probe client = client(listener());

        loopUntil(() -> client.saw(WRITE));

        assertThat(client.events.indexOf(CONNECT)).isLessThan(client.events.indexOf(WRITE));
    }

    @Test
    void theEndOfAConnectionIsTold() throws IOException {
        Probe client = client(listener());
        client.writable = false;
        client.on(READ, client::readAll);

        loopUntil(() -> client.saw(CLOSE));

        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(client.fileno()).isEqualTo(-1);
        assertThat(client.recv(10)).isEmpty();
        assertThat(client.send(new byte[1])).isZero();
    }

    @Test
    void aBrokenConnectionIsToldToTheOneThatSends() throws IOException {
        Probe listener = listener();
        listener.on(ACCEPTED, () -> {
            Probe handler = new Probe(loop, listener.accepted.getFirst());
            handler.writable = false;
            handler.on(READ, () -> {
                handler.recv(128);
                handler.close();
            });
        });
        Probe client = client(listener);
        client.on(WRITE, () -> client.send(new byte[128]));

        loopUntil(() -> client.saw(CLOSE));

        assertThat(client.errors).isEmpty();
        assertThat(client.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void whatAHandlerThrowsGoesToHandleError() throws IOException {
        Probe client = client(listener());
        ArithmeticException thrown = new ArithmeticException("/ by zero");
        client.keepsOnError = true;
        client.on(WRITE, () -> {
            client.writable = false;
            throw thrown;
        });

        loopUntil(() -> !client.errors.isEmpty());

        assertThat(client.errors).containsExactly(thrown);
        assertThat(client.state()).isEqualTo(State.CONNECTED);
        assertThat(client.saw(CLOSE)).isFalse();
    }

    @Test
    void theStateTellsWhatADispatcherIsDoing() throws IOException {
        Probe listener = listener();
        listener.on(ACCEPTED, () -> new Probe(loop, listener.accepted.getFirst()));
        Probe client = new Probe(loop);
        assertThat(client.state()).isEqualTo(State.NEW);
        client.createSocket(family().number(), Constants.SOCK_STREAM);
        assertThat(client.state()).isEqualTo(State.NEW);
        client.connect(listener.socket().getSockName());
        assertThat(client.state()).isIn(State.CONNECTING, State.CONNECTED);
        assertThat(client.address()).isEqualTo(listener.address());

        loopUntil(() -> client.state() == State.CONNECTED && listener.saw(ACCEPTED));
        assertThat(listener.state()).isEqualTo(State.LISTENING);

        client.close();
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(listener.state()).isEqualTo(State.LISTENING);

        listener.close();
        assertThat(listener.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aSocketIsMadeThatNeitherWaitsNorIsInherited() throws IOException {
        Probe probe = new Probe(loop);

        probe.createSocket(family().number(), Constants.SOCK_STREAM);

        assertThat(probe.socket().type()).isEqualTo(Constants.SOCK_STREAM);
        assertThat(probe.socket().family()).isEqualTo(family().number());
        assertThat(probe.socket().getTimeout()).isEqualTo(ZERO);
        assertThat(probe.socket().getInheritable()).isFalse();
        assertThat(loop.getMap()).containsEntry(probe.fileno(), probe);
        assertThatThrownBy(() -> probe.createSocket(family().number(), Constants.SOCK_STREAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close the dispatcher");
    }

    @Test
    void anAddressIsHadByOneListener() throws IOException {
        Sockaddr bound = listener().socket().getSockName();
        Probe second = new Probe(loop);
        second.createSocket(family().number(), Constants.SOCK_STREAM);

        assertThatThrownBy(() -> second.bind(bound))
                .isInstanceOfSatisfying(
                        BindFailedException.class,
                        e -> assertThat(e.errnoName()).isEqualTo("EADDRINUSE"));
    }

    @Test
    void setReuseAddrSetsTheOption() throws IOException {
        Probe probe = new Probe(loop, new Socket(family().number(), Constants.SOCK_STREAM));
        assertThat(probe.socket().getSockOpt(SocketOptions.SO_REUSEADDR)).isFalse();
        probe.socket().close();
        probe.createSocket(family().number(), Constants.SOCK_STREAM);

        probe.setReuseAddr();

        assertThat(probe.socket().getSockOpt(SocketOptions.SO_REUSEADDR)).isTrue();
    }

    /** bpo-10340. */
    @Test
    void aConnectionThatIsResetAtOnceHarmsNobody() throws IOException {
        Probe listener = listener();
        List<Probe> handlers = new ArrayList<>();
        listener.on(ACCEPTED, () -> {
            Probe handler = new Probe(loop, listener.accepted.getLast());
            handler.on(READ, handler::readAll);
            handlers.add(handler);
        });
        try (Socket quick = new Socket(family().number(), Constants.SOCK_STREAM)) {
            quick.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
            quick.connect(listener.socket().getSockName());
        }

        loopUntil(() -> !handlers.isEmpty() && handlers.getFirst().state() == State.CLOSED);

        assertThat(listener.errors).isEmpty();
        Probe next = client(listener);
        loopUntil(() -> next.saw(CONNECT) && handlers.size() == 2);
    }

    @Test
    void aConnectThatIsRefusedIsAnError() throws IOException {
        Socket taken = new Socket(family().number(), Constants.SOCK_STREAM);
        taken.bind(family().address());
        Sockaddr nobody = taken.getSockName();
        taken.close();
        Probe client = new Probe(loop);
        client.createSocket(family().number(), Constants.SOCK_STREAM);

        if (family().isTcp()) {
            client.connect(nobody);
            loopUntil(() -> client.state() == State.CLOSED);
            assertThat(client.errors).singleElement().isInstanceOf(ConnectException.class);
            assertThat(client.errors.getFirst()).hasMessageContaining("-> " + nobody + ": ECONNREFUSED");
            assertThat(client.events).containsExactly(CLOSE);
        } else {
            assertThatThrownBy(() -> client.connect(nobody)).isInstanceOf(ConnectException.class);
            assertThat(client.state()).isEqualTo(State.NEW);
        }
    }

    @Test
    void whatIsClosedInAnothersHandlerGetsNoFurtherEvent() throws IOException {
        Socket[] one = connection();
        Socket[] two = connection();
        Probe first = reader(one[0]);
        Probe second = reader(two[0]);
        first.on(READ, second::close);
        second.on(READ, first::close);
        one[1].send(new byte[1]);
        two[1].send(new byte[1]);

        loopUntil(() -> first.saw(READ) || second.saw(READ));
        loop.loop(ZERO, 2);

        assertThat(first.saw(READ)).isNotEqualTo(second.saw(READ));
    }

    @Test
    void whatIsOpenedInAnothersHandlerGetsNoEventOfTheSocketBefore() throws IOException {
        Socket[] one = connection();
        Socket[] two = connection();
        Probe first = reader(one[0]);
        Probe second = reader(two[0]);
        first.on(READ, () -> reopen(first, second));
        second.on(READ, () -> reopen(second, first));
        one[1].send(new byte[1]);
        two[1].send(new byte[1]);

        loopUntil(() -> first.saw(READ) || second.saw(READ));
        loop.loop(ZERO, 2);

        assertThat(first.saw(READ)).isNotEqualTo(second.saw(READ));
    }

    private void reopen(Probe reader, Probe other) throws IOException {
        reader.readAll();
        other.close();
        other.createSocket(family().number(), Constants.SOCK_STREAM);
    }

    @Test
    void aHandlerThatClosesEndsTheEventsOfItsOwnTurn() throws IOException {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        probe.writable = true;
        probe.on(WRITE, () -> {});
        probe.on(READ, probe::close);
        pair[1].send(new byte[1]);

        loopUntil(() -> probe.state() == State.CLOSED);
        loop.loop(ZERO, 2);

        assertThat(probe.events).endsWith(READ);
    }

    @Test
    void aListenerTakesManyConnectionsInATurnButNotAll() throws IOException {
        Probe listener = new Probe(loop);
        listener.createSocket(family().number(), Constants.SOCK_STREAM);
        listener.bind(family().address());
        listener.listen(128);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            clients.add(add(new Socket(family().number(), Constants.SOCK_STREAM)));
            clients.getLast().connect(listener.socket().getSockName());
        }

        loop.poll(Loops.PATIENCE);
        assertThat(listener.accepted).hasSize(64);
        loopUntil(() -> listener.accepted.size() == 70);
    }

    @Test
    void sendTakesNothingWhereItWouldWait() throws IOException {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        ByteBuffer block = ByteBuffer.allocate(64 * 1024);
        while (probe.send(block.clear()) > 0) {}

        assertThat(probe.send(new byte[1])).isZero();
        assertThat(probe.state()).isEqualTo(State.CONNECTED);
        assertThat(probe.recv(10)).isEmpty();
        assertThat(probe.recvInto(ByteBuffer.allocate(10))).isZero();
        assertThat(probe.state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void aSocketThatIsClosedBehindItsDispatcherIsToldAsClosed() throws IOException {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        loop.poll(ZERO);
        pair[0].close();

        loop.poll(ofMillis(1));

        assertThat(probe.events).containsExactly(CLOSE);
        assertThat(loop.getMap()).isEmpty();
        loop.loop(); // returns, as nobody is left
    }

    @Test
    void aListenerFromElsewhereListens() throws IOException {
        Socket listening = new Socket(family().number(), Constants.SOCK_STREAM);
        listening.bind(family().address());
        listening.listen();
        Probe listener = new Probe(loop, listening);
        assertThat(listener.state()).isEqualTo(State.LISTENING);

        client(listener);
        loopUntil(() -> listener.saw(ACCEPTED));
    }

    @Test
    void whatIsSentWithSendIsBufferedAndArrivesInOrder() throws IOException {
        Probe listener = listener();
        List<Probe> handlers = new ArrayList<>();
        listener.on(ACCEPTED, () -> handlers.add(reader(listener.accepted.getFirst())));
        DispatcherWithSend client = new DispatcherWithSend(loop) {
            @Override
            protected boolean readable() {
                return false;
            }
        };
        client.createSocket(family().number(), Constants.SOCK_STREAM);
        byte[] data = "Suppose there isn't a 16-ton weight?".getBytes(StandardCharsets.UTF_8);
        assertThat(client.send(data)).isEqualTo(data.length); // there is no connection yet
        client.connect(listener.socket().getSockName());
        int sent = data.length;
        while (client.pending() < 1_000_000) {
            sent += client.send(data);
        }

        int all = sent;
        loopUntil(() -> client.pending() == 0 && handlers.getFirst().received.size() == all);

        String received = handlers.getFirst().received.toString(StandardCharsets.UTF_8);
        assertThat(received.replace(new String(data, StandardCharsets.UTF_8), ""))
                .isEmpty();
        assertThat(client.writable()).isFalse();
    }
}
