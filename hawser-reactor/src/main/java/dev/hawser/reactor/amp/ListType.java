package dev.hawser.reactor.amp;

import dev.hawser.reactor.amp.AmpException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Lists of values of one type, each behind its length. */
record ListType<E>(AmpType<E> elements) implements AmpType<List<E>> {

    @Override
    public byte[] encode(List<E> value) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (E each : value) {
            byte[] bytes = elements.encode(each);
            if (bytes.length > AmpBox.MAX_VALUE_BYTES) {
                throw new AmpException(Kind.TOO_LONG, "an element of a list has " + bytes.length + " bytes");
            }
            all.write(bytes.length >> 8);
            all.write(bytes.length);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @Override
    public List<E> decode(byte[] bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        List<E> values = new ArrayList<>();
        while (data.hasRemaining()) {
            if (data.remaining() < Short.BYTES) {
                throw cutOff();
            }
            byte[] element = new byte[Short.toUnsignedInt(data.getShort())];
            if (data.remaining() < element.length) {
                throw cutOff();
            }
            data.get(element);
            values.add(elements.decode(element));
        }
        return List.copyOf(values);
    }

    private static IllegalArgumentException cutOff() {
        return new IllegalArgumentException("the last element of the list is not whole");
    }
}
