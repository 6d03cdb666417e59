package dev.hawser.asyncore;

import static dev.hawser.asyncore.Probe.Event.ACCEPTED;
import static dev.hawser.asyncore.Probe.Event.CONNECT;
import static dev.hawser.asyncore.Probe.Event.EXPT;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What dispatchers promise beyond their contract where the connection is TCP: urgent data, and a refusal that comes later. */
abstract class TcpDispatcherContract extends DispatcherContract {

    TcpDispatcherContract(Backend backend, Family family) {
        super(backend, family);
    }

    @Test
    void urgentDataAreTold() throws IOException {
        Probe listener = listener();
        listener.on(
                ACCEPTED,
                () -> new Probe(loop, listener.accepted.getFirst())
                        .socket()
                        .send(new byte[] {(byte) 244}, 0, 1, Constants.MSG_OOB));
        Probe client = client(listener);
        client.writable = false;
        List<Integer> urgent = new ArrayList<>();
        client.on(EXPT, () -> urgent.add(client.socket().recv(1024, Constants.MSG_OOB)[0] & 0xff));

        loopUntil(() -> client.saw(EXPT));

        assertThat(urgent).containsExactly(244);
    }

    /** A peer that sends such a byte must not be able to keep the loop busy. */
    @Test
    void urgentDataThatNobodyReceivesAreToldOnce() throws IOException {
        Socket[] pair = connection();
        Probe probe = reader(pair[0]);
        pair[1].send(new byte[] {'!'}, 0, 1, Constants.MSG_OOB);

        loopUntil(() -> probe.saw(EXPT));
        loop.loop(ZERO, 5);

        assertThat(probe.events).containsOnlyOnce(EXPT);
        pair[1].send(new byte[] {'a'});
        loopUntil(() -> probe.received.size() == 1);
        assertThat(probe.received.toString(StandardCharsets.US_ASCII)).isEqualTo("a");
    }

    @Test
    void aDispatcherMayConnectAgainAfterItsPeerHasRefused() throws IOException {
        Probe listener = listener();
        Socket taken = new Socket(family().number(), Constants.SOCK_STREAM);
        taken.bind(family().address());
        Sockaddr nobody = taken.getSockName();
        taken.close();
        Probe client = new Probe(loop);
        client.keepsOnError = true;
        client.createSocket(family().number(), Constants.SOCK_STREAM);
        client.connect(nobody);
        loopUntil(() -> !client.errors.isEmpty());
        assertThat(client.state()).isEqualTo(State.NEW);
        loop.loop(ZERO, 3);
        assertThat(client.errors).hasSize(1);

        client.connect(listener.socket().getSockName());
        loopUntil(() -> client.saw(CONNECT));
    }
}
