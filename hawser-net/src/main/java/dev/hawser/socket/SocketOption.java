package dev.hawser.socket;

import java.lang.foreign.Arena;

/**
 * A socket option with the type of its value, for {@link Socket#setSockOpt(SocketOption, Object)} and
 * {@link Socket#getSockOpt(SocketOption)}. {@link SocketOptions} says where those are that the man pages document. An
 * option of your own is made {@link #of} its numbers and a codec.
 *
 * <p>Options that the kernel only takes, or only gives, say so before any system call: setting or reading one the wrong
 * way is an UnsupportedOperationException that names it.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * @param <T> the type of the value
 */
public final class SocketOption<T> implements java.net.SocketOption<T> {

    private final String name;
    private final int level;
    private final int option;
    private final OptionCodec<T> codec;

    private SocketOption(String name, int level, int option, OptionCodec<T> codec) {
        this.name = name;
        this.level = level;
        this.option = option;
        this.codec = codec;
    }

    /**
     * An option.
     *
     * @param name the C name, for messages
     * @param level the SOL_* or IPPROTO_* level
     * @param option the number within the level
     * @param codec what its value looks like to the kernel
     * @param <T> the type of the value
     * @return the option
     */
    public static <T> SocketOption<T> of(String name, int level, int option, OptionCodec<T> codec) {
        return new SocketOption<>(name, level, option, codec);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<T> type() {
        return codec.type();
    }

    /**
     * The level that the option belongs to.
     *
     * @return a SOL_* or IPPROTO_* number
     */
    public int level() {
        return level;
    }

    /**
     * The number of the option.
     *
     * @return the number within the level
     */
    public int option() {
        return option;
    }

    /**
     * Whether the option can be read.
     *
     * @return false for those that can be set only
     */
    public boolean isReadable() {
        return codec.decoder() != null;
    }

    /**
     * Whether the option can be set.
     *
     * @return false for those that can be read only
     */
    public boolean isWritable() {
        return codec.encoder() != null;
    }

    @Override
    public String toString() {
        return name;
    }

    int minBytes() {
        return codec.minBytes();
    }

    int maxBytes() {
        return codec.maxBytes();
    }

    byte[] encode(T value, Arena untilSet) {
        OptionCodec.Encoder<T> encoder = codec.encoder();
        if (encoder == null) {
            throw new UnsupportedOperationException("the option " + name + " can be read, not set");
        }
        try {
            return encoder.encode(value, untilSet);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + name + ": " + e.getMessage(), e);
        }
    }

    OptionCodec.Decoder<T> decoder() {
        OptionCodec.Decoder<T> decoder = codec.decoder();
        if (decoder == null) {
            throw new UnsupportedOperationException("the option " + name + " can be set, not read");
        }
        return decoder;
    }
}
