package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose output nobody takes. */
class OutputTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"sockets -tn", "resolve 127.0.0.1 80", "--help", "--version"})
    void aFullDiskIsAFailure(String arguments) throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(run(full, arguments)).isEqualTo(1);
        }
        assertThat(err.toString(UTF_8)).isEqualTo("hawser: cannot write the output: No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sockets -tn", "--help"})
    void aReaderThatHasHadEnoughIsNone(String arguments) {
        OutputStream left = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run(left, arguments)).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    private int run(OutputStream out, String arguments) {
        Output output = new Output(out);
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new PrintStream(output, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                false);
        return Main.run(streams, output, arguments.split(" "));
    }
}
