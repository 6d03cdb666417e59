package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_ALG;
import static dev.hawser.socket.Constants.ALG_OP_DECRYPT;
import static dev.hawser.socket.Constants.ALG_OP_ENCRYPT;
import static dev.hawser.socket.Constants.ALG_SET_IV;
import static dev.hawser.socket.Constants.ALG_SET_KEY;
import static dev.hawser.socket.Constants.ALG_SET_OP;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOL_ALG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel's cryptography, told what to do by ancillary data: what CPython's sendmsg_afalg makes, raw ones make here. */
@Timeout(30)
class AlgTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void theKernelEncryptsAsJavaDoes() throws Exception {
        byte[] key = Bytes.pattern(16);
        byte[] vector = Bytes.pattern(17);
        byte[] iv = java.util.Arrays.copyOf(vector, 16);
        byte[] text = Bytes.pattern(64);
        Socket operation = operation(key);
        operation.sendMsg(text, List.of(operationIs(ALG_OP_ENCRYPT), ivIs(iv)), 0, null);
        byte[] secret = operation.recv(64);

        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        assertThat(secret).isEqualTo(cipher.doFinal(text));
        operation.sendMsg(secret, List.of(operationIs(ALG_OP_DECRYPT), ivIs(iv)), 0, null);
        assertThat(operation.recv(64)).isEqualTo(text);
    }

    private Socket operation(byte[] key) throws IOException {
        try {
            Socket algorithm = scope.socket(AF_ALG, SOCK_SEQPACKET);
            algorithm.bind(SockaddrAlg.of("skcipher", "cbc(aes)"));
            algorithm.setSockOpt(SOL_ALG, ALG_SET_KEY, key);
            return scope.accept(algorithm);
        } catch (SocketFailedException | BindFailedException e) {
            return abort("no AES of the kernel's here: " + e.getMessage());
        }
    }

    private static ControlMessage operationIs(int operation) {
        return ControlMessage.of(SOL_ALG, ALG_SET_OP, ints(operation).array());
    }

    /** struct af_alg_iv: the length, and the bytes. */
    private static ControlMessage ivIs(byte[] iv) {
        byte[] struct = ByteBuffer.allocate(4 + iv.length)
                .order(ByteOrder.nativeOrder())
                .putInt(iv.length)
                .put(iv)
                .array();
        return ControlMessage.of(SOL_ALG, ALG_SET_IV, struct);
    }

    private static ByteBuffer ints(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .flip();
    }
}
