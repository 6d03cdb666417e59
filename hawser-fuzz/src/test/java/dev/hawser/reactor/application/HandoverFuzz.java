package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Whatever is at the control socket: what it passes is an offer within the limits, or refused, and nothing but {@link IOException} is thrown. */
@Tag("fuzz")
class HandoverFuzz {

    private static final int LONGEST_NAME = 512;

    @FuzzTest
    void whateverIsPassedIsAnOfferOrRefused(FuzzedDataProvider data) throws Exception {
        try (SocketPair pair = Sockets.socketPair();
                Socket passed = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            pair.second().setTimeout(Duration.ofSeconds(5));
            send(data, pair.first(), passed);
            pair.first().shutdown(Constants.SHUT_WR);
            try {
                Handover.Offer offer = Handover.receive(pair.second());
                offer.close();
                assertThat(offer.ports()).hasSizeLessThanOrEqualTo(1_000);
                assertThat(offer.ports())
                        .allSatisfy(each -> assertThat(each.name().getBytes(StandardCharsets.UTF_8).length)
                                .isLessThanOrEqualTo(3 * LONGEST_NAME));
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    /** Pieces, with a descriptor, two, or none; mostly behind the right words. */
    private static void send(FuzzedDataProvider data, Socket peer, Socket passed) throws IOException {
        if (data.consumeProbabilityFloat() < 0.9f) {
            peer.sendAll("HAWSER\u0001".getBytes(StandardCharsets.ISO_8859_1));
        }
        for (int i = 0; i < 16 && data.remainingBytes() > 0; i++) {
            int descriptors = data.consumeInt(0, 2);
            byte[] piece = data.consumeBytes(data.consumeInt(1, 40));
            if (piece.length == 0) {
                return;
            }
            switch (descriptors) {
                case 0 -> peer.sendAll(piece);
                case 1 -> peer.sendFds(piece, passed.fileno());
                default -> peer.sendFds(piece, passed.fileno(), passed.fileno());
            }
        }
    }
}
