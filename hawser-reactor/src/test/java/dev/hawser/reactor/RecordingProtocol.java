package dev.hawser.reactor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notes what it is called, and does what the test wants it to. */
final class RecordingProtocol extends Protocol {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();
    private Consumer<Transport> onMade = transport -> {};
    private BiConsumer<Transport, byte[]> onData = (transport, data) -> {};
    private @Nullable Consumer<Transport> onReadLost;
    private Consumer<Transport> onWriteLost = transport -> {};
    private Consumer<Transport> onLost = transport -> {};

    RecordingProtocol onMade(Consumer<Transport> call) {
        onMade = call;
        return this;
    }

    RecordingProtocol onData(BiConsumer<Transport, byte[]> call) {
        onData = call;
        return this;
    }

    RecordingProtocol onReadLost(Consumer<Transport> call) {
        onReadLost = call;
        return this;
    }

    RecordingProtocol onWriteLost(Consumer<Transport> call) {
        onWriteLost = call;
        return this;
    }

    RecordingProtocol onLost(Consumer<Transport> call) {
        onLost = call;
        return this;
    }

    RecordingProtocol echoing() {
        return onData(Transport::write);
    }

    @Override
    public void connectionMade() {
        calls.add("made");
        onMade.accept(transport());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        if (!calls.getLast().equals("data")) {
            calls.add("data");
        }
        synchronized (received) {
            received.writeBytes(bytes);
        }
        onData.accept(transport(), bytes);
    }

    @Override
    public void readConnectionLost() {
        calls.add("readLost");
        Consumer<Transport> call = onReadLost;
        if (call == null) {
            super.readConnectionLost();
        } else {
            call.accept(transport());
        }
    }

    @Override
    public void writeConnectionLost() {
        calls.add("writeLost");
        onWriteLost.accept(transport());
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        calls.add("lost " + reason.reason());
        try {
            onLost.accept(transport());
        } finally {
            lost.complete(reason);
        }
    }

    /** What it was called, in order; data that came in pieces once. */
    List<String> calls() {
        return calls;
    }

    byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    int receivedBytes() {
        synchronized (received) {
            return received.size();
        }
    }

    /** Waits for the end. */
    ConnectionLost awaitLost() throws Exception {
        return RunningReactor.await(lost, "the connection");
    }

    /** The end, which has come. */
    ConnectionLost reasonOfTheEnd() {
        if (!lost.isDone()) {
            throw new AssertionError("it has not ended: " + calls);
        }
        return lost.join();
    }

    boolean isLost() {
        return lost.isDone();
    }
}
