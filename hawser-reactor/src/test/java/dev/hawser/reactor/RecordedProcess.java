package dev.hawser.reactor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a child process did, for the thread of the test. */
class RecordedProcess extends ProcessProtocol {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void connectionMade() {
        events.add("made");
    }

    @Override
    public void outReceived(ByteBuffer data) {
        keep(out, data);
    }

    @Override
    public void errReceived(ByteBuffer data) {
        keep(err, data);
    }

    private static void keep(ByteArrayOutputStream to, ByteBuffer data) {
        synchronized (to) {
            while (data.hasRemaining()) {
                to.write(data.get());
            }
        }
    }

    @Override
    public void inConnectionLost() {
        events.add("in");
    }

    @Override
    public void outConnectionLost() {
        events.add("out");
    }

    @Override
    public void errConnectionLost() {
        events.add("err");
    }

    @Override
    public void processExited(ExitStatus status) {
        events.add("exited " + status.code());
    }

    @Override
    public void processEnded(ExitStatus status) {
        events.add("ended " + status.code());
        end.complete(status);
    }

    /** Waits for its end: its exit status. */
    int awaitEnd() throws Exception {
        return RunningReactor.await(end, "the process").code();
    }

    byte[] outBytes() {
        synchronized (out) {
            return out.toByteArray();
        }
    }

    String out() {
        return new String(outBytes(), StandardCharsets.UTF_8);
    }

    String err() {
        synchronized (err) {
            return err.toString(StandardCharsets.UTF_8);
        }
    }
}
