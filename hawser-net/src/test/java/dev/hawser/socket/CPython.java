package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A program in CPython, the other end of a conversation: the test reads its lines and writes lines to it. */
final class CPython implements Closeable {

    private final Peer peer;

    /** Starts a program, whose arguments are {@code sys.argv[1:]}. */
    CPython(String program, Object... arguments) throws IOException {
        peer = Peers.python(
                program, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    /** The next line that the program prints. */
    String line() {
        return peer.readLine();
    }

    int number() {
        return Integer.parseInt(line());
    }

    void say(String line) throws IOException {
        peer.writeLine(line);
    }

    /** All that the program still prints; it must end well. */
    List<String> finish() throws IOException, InterruptedException {
        peer.closeInput();
        List<String> lines = peer.readLines();
        assertThat(peer.awaitExit()).isZero();
        return lines;
    }

    @Override
    public void close() {
        peer.close();
    }
}
