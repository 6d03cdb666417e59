package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A chat that writes down what happens to it, and otherwise does what the class does. */
class TestChat extends AsyncChat {

    /** What a test does when an element has ended. */
    @FunctionalInterface
    interface OnElement {
        void found(String element) throws IOException;
    }

    final List<String> elements = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    OnElement onElement = element -> {};
    boolean staysOpen;
    int closes;
    int parts;

    TestChat(AsyncLoop loop) {
        super(loop);
    }

    TestChat(AsyncLoop loop, Socket socket) throws IOException {
        super(loop, socket);
    }

    void push(String text) throws IOException {
        push(text.getBytes(ISO_8859_1));
    }

    void setTerminator(String delimiter) {
        setTerminator(delimiter.getBytes(ISO_8859_1));
    }

    /** What was collected of the element that has not ended. */
    String rest() {
        return new String(takeCollected(), ISO_8859_1);
    }

    @Override
    protected void collectIncomingData(byte[] data) throws IOException {
        parts++;
        super.collectIncomingData(data);
    }

    @Override
    protected void foundTerminator() throws IOException {
        elements.add(rest());
        onElement.found(elements.getLast());
    }

    @Override
    protected void handleError(Throwable error) throws IOException {
        errors.add(error);
        if (!staysOpen) {
            close();
        }
    }

    @Override
    protected void handleClose() throws IOException {
        closes++;
        close();
    }
}
