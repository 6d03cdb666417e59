package dev.hawser.socket;

import java.nio.ByteBuffer;

/** A C struct to be filled in, in the byte order of this machine; all zero at first. */
final class CStruct {

    private final byte[] bytes;
    private final ByteBuffer view;

    CStruct(int size) {
        this.bytes = new byte[size];
        this.view = CBytes.of(bytes);
    }

    CStruct putShort(int at, int value) {
        view.putShort(at, (short) value);
        return this;
    }

    CStruct putInt(int at, int value) {
        view.putInt(at, value);
        return this;
    }

    CStruct putLong(int at, long value) {
        view.putLong(at, value);
        return this;
    }

    CStruct put(int at, byte[] value) {
        view.put(at, value);
        return this;
    }

    /** The struct itself. */
    byte[] bytes() {
        return bytes;
    }
}
