package dev.hawser.reactor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A protocol that notes what it is told, and does then what the test wants. */
final class Recorder extends Protocol {
    final List<String> told = new ArrayList<>();
    private final Map<String, Consumer<Recorder>> reactions = new HashMap<>();
    ConnectionLost lost;

    /** When it is told {@code event} ("made", "data", "readEnded", "writeEnded", "lost"), it does this. */
    Recorder on(String event, Consumer<Recorder> reaction) {
        reactions.put(event, reaction);
        return this;
    }

    private void react(String event) {
        reactions.getOrDefault(event, ignored -> {}).accept(this);
    }

    void write(String text) {
        transport().write(text.getBytes(UTF_8));
    }

    @Override
    public void connectionMade() {
        told.add("made");
        react("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        told.add(UTF_8.decode(data).toString());
        react("data");
    }

    @Override
    public void readConnectionLost() {
        told.add("readEnded");
        if (reactions.containsKey("readEnded")) {
            react("readEnded");
        } else {
            super.readConnectionLost();
        }
    }

    @Override
    public void writeConnectionLost() {
        told.add("writeEnded");
        react("writeEnded");
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        told.add("lost " + reason.reason());
        lost = reason;
        react("lost");
    }
}
