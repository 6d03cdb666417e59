package dev.hawser.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Errno;
import dev.hawser.socket.SocketPair;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole conversations, checked byte by byte, while the kernel does its worst. */
@RequiresProgram("openssl")
class TlsFaultsTest {

    private static final int SEEDS = 20;

    @Test
    void everyByteArrivesUnderRandomFaults() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Faults faults = Faults.install();
                    Connections connections = new Connections()) {
                faults.randomly(seed, 0.3, "recv", "send").fail(Errno.EINTR, Errno.EAGAIN);
                faults.randomly(seed + 1, 0.5, "recv").shortTo(1 + random.nextInt(2000));
                faults.randomly(seed + 2, 0.5, "send").shortTo(1 + random.nextInt(2000));
                converse(connections, seed % 2 == 0 ? "TLSv1.3" : "TLSv1.2", 100_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void recordsInPiecesOfOneByteArePutTogether(String version) throws Exception {
        try (Faults faults = Faults.install();
                Connections connections = new Connections()) {
            faults.on("recv").shortTo(1);
            faults.on("send").shortTo(1);
            converse(connections, version, 3000);
        }
    }

    private static void converse(Connections connections, String version, int length) throws Exception {
        SocketPair pair = connections.tcp();
        TlsSocket client = connections.add(Connections.client().wrapClient(pair.first(), "localhost"));
        TlsSocket server = connections.add(Connections.server(version).wrapServer(pair.second()));
        byte[] all = Connections.pattern(length);
        Tasks<byte[]> receiving = Tasks.start(() -> Connections.recvExactly(server, length));
        Tasks<Void> answering = Tasks.run(() -> server.sendAll(all));
        client.sendAll(all);
        assertThat(Connections.recvExactly(client, length)).isEqualTo(all);
        assertThat(receiving.result()).isEqualTo(all);
        answering.result();
        client.shutdownOutput(); // close would not wait where the kernel says EAGAIN
        assertThat(server.recv(1)).isEmpty();
    }
}
