package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_ALG;
import static dev.hawser.socket.Constants.ALG_SET_KEY;
import static dev.hawser.socket.Constants.MSG_MORE;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.socket.Constants.SOL_ALG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AF_ALG: the kernel's cryptography, judged by Java's. */
@Timeout(30)
class AlgSocketTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void theKernelDigestsAsJavaDoes() throws Exception {
        Socket work = algorithm("hash", "sha256", null);
        work.sendAll(ByteBuffer.wrap(Bytes.of("hello ")), MSG_MORE);
        work.sendAll(Bytes.of("world"));

        assertThat(work.recv(100))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Bytes.of("hello world")));
    }

    @Test
    void theKernelAuthenticatesAsJavaDoes() throws Exception {
        byte[] key = Bytes.of("a key of some bytes");
        Socket work = algorithm("hash", "hmac(sha1)", key);
        work.sendAll(Bytes.of("a message"));

        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        assertThat(work.recv(100)).isEqualTo(mac.doFinal(Bytes.of("a message")));
    }

    @Test
    void anAlgorithmThatTheKernelLacksIsRefused() throws IOException {
        Socket socket = Kernel.socket(scope, AF_ALG, SOCK_SEQPACKET, 0);
        SockaddrAlg unknown = SockaddrAlg.of("hash", "hawser");

        BindFailedException refused = assertThrowsExactly(BindFailedException.class, () -> socket.bind(unknown));

        assertThat(refused.errno()).isEqualTo(Errno.ENOENT);
        assertThat(refused).hasMessageStartingWith("bind alg alg:hash:hawser: ENOENT");
    }

    /** The kernel answers ECONNABORTED where it is asked for a peer that AF_ALG has not. */
    @Test
    void nobodyAsksForThePeerOfAnAlgorithm() throws IOException {
        Socket listener = scope.listener(Scope.unixAbstract());
        Socket client = scope.bound(SOCK_STREAM, Scope.unixAbstract());
        client.connect(listener.getSockName());
        Socket algorithm = scope.add(Sockets.fromFd(listener.fileno(), AF_ALG, SOCK_SEQPACKET, 0));

        Accepted accepted = algorithm.accept();
        scope.add(accepted.socket());

        assertThat(accepted.address()).isNull();
        assertThat(accepted.socket().family()).isEqualTo(AF_ALG);
    }

    private Socket algorithm(String type, String name, byte @Nullable [] key) throws IOException {
        Socket algorithm = Kernel.socket(scope, AF_ALG, SOCK_SEQPACKET, 0);
        algorithm.setTimeout(Duration.ofSeconds(10));
        algorithm.bind(SockaddrAlg.of(type, name));
        if (key != null) {
            algorithm.setSockOpt(SOL_ALG, ALG_SET_KEY, key);
        }
        Accepted accepted = algorithm.accept();
        scope.add(accepted.socket());
        assertThat(accepted.address()).isNull();
        accepted.socket().setTimeout(Duration.ofSeconds(10));
        return accepted.socket();
    }
}
