package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A protocol that keeps all that it is told, for the thread of the test. */
final class RecordedDatagrams extends ConnectedDatagramProtocol {

    /** A datagram, or another call by its name. */
    record Event(String what, @Nullable Sockaddr sender) {}

    /** What is done with a datagram besides keeping it. */
    interface Handler {
        void handle(DatagramTransport transport, byte[] data, @Nullable Sockaddr sender) throws Exception;
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Handler handler;

    RecordedDatagrams() {
        this((transport, data, sender) -> {});
    }

    RecordedDatagrams(Handler handler) {
        this.handler = handler;
    }

    /** Answers each datagram. */
    static RecordedDatagrams echo() {
        return new RecordedDatagrams((transport, data, sender) -> {
            if (sender != null) {
                transport.write(ByteBuffer.wrap(data), sender);
            }
        });
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        events.add(new Event(new String(copy, StandardCharsets.UTF_8), sender));
        try {
            handler.handle(transport(), copy, sender);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void connectionRefused() {
        events.add(new Event("(refused)", null));
    }

    @Override
    public void connectionFailed(IOException reason) {
        events.add(new Event("(failed) " + reason, null));
    }

    @Override
    public void startProtocol() {
        events.add(new Event("(start)", null));
    }

    @Override
    public void stopProtocol() {
        events.add(new Event("(stop)", null));
    }

    /** The next, which must come. */
    Event next() throws InterruptedException {
        Event next = events.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told");
        }
        return next;
    }

    /** The next of these. */
    List<String> next(int count) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next().what());
        }
        return all;
    }

    /** What was told and not taken. */
    List<String> rest() {
        List<Event> all = new ArrayList<>();
        events.drainTo(all);
        return all.stream().map(Event::what).toList();
    }
}
