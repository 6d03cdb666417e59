package dev.hawser.reactor.amp;

import dev.hawser.reactor.amp.AmpException.Kind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values to boxes and back. Errors name the command and the argument. */
final class ValueCodec {

    private ValueCodec() {}

    /**
     * Puts values into a box.
     *
     * @param exchange passes descriptors; null where none can pass
     * @param where for errors: the command
     */
    static void encode(
            AmpValues values,
            List<Argument<?>> arguments,
            AmpBox box,
            @Nullable DescriptorExchange exchange,
            String where)
            throws IOException {
        for (String name : values.names()) {
            if (arguments.stream().noneMatch(each -> each.name().equals(name))) {
                throw new AmpException(Kind.BAD_VALUE, where + " has no argument " + name);
            }
        }
        for (Argument<?> each : arguments) {
            if (!isDescriptor(each)) {
                encodeOne(values, each, box, where);
            }
        }
        // Last of all: once one has been passed, the box must be sent.
        for (Argument<?> each : arguments) {
            if (isDescriptor(each)) {
                passOne(values, each, box, exchange, where);
            }
        }
    }

    private static boolean isDescriptor(Argument<?> argument) {
        return argument.type() instanceof AmpTypes.Descriptors;
    }

    private static boolean isThere(AmpValues values, Argument<?> argument, String where) throws AmpException {
        boolean there = values.find(argument).isPresent();
        if (!there && !argument.isOptional()) {
            throw new AmpException(Kind.BAD_VALUE, where + " needs its argument " + argument.name());
        }
        return there;
    }

    private static <T> void encodeOne(AmpValues values, Argument<T> argument, AmpBox box, String where)
            throws IOException {
        if (!isThere(values, argument, where)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = argument.type().encode(values.get(argument));
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new AmpException(Kind.BAD_VALUE, where + ", argument " + argument.name() + ": " + e.getMessage(), e);
        }
        if (bytes.length > AmpBox.MAX_VALUE_BYTES) {
            throw new AmpException(
                    Kind.TOO_LONG,
                    where + ", argument " + argument.name() + ": its value has " + bytes.length
                            + " bytes, and AMP carries " + AmpBox.MAX_VALUE_BYTES + " at most: send it in parts");
        }
        box.putRaw(argument.name(), bytes);
    }

    private static void passOne(
            AmpValues values, Argument<?> argument, AmpBox box, @Nullable DescriptorExchange exchange, String where)
            throws IOException {
        if (!isThere(values, argument, where)) {
            return;
        }
        if (exchange == null || !(values.get(argument) instanceof Descriptor descriptor)) {
            throw new AmpException(
                    Kind.BAD_VALUE, where + ", argument " + argument.name() + ": no descriptor can pass here");
        }
        try {
            box.putRaw(argument.name(), exchange.pass(descriptor));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new AmpException(Kind.BAD_VALUE, where + ", argument " + argument.name() + ": " + e.getMessage(), e);
        }
    }

    /** Takes values out of a box; what no argument is for is left. */
    static AmpValues decode(
            AmpBox box, List<Argument<?>> arguments, @Nullable DescriptorExchange exchange, String where)
            throws IOException {
        AmpValues values = AmpValues.none();
        try {
            for (Argument<?> each : arguments) {
                byte[] bytes = box.raw(each.name());
                if (bytes != null) {
                    values = values.andDecoded(each.name(), decodeOne(bytes, each, exchange, where));
                } else if (!each.isOptional()) {
                    throw new AmpException(Kind.BAD_VALUE, where + " came without its argument " + each.name());
                }
            }
        } catch (IOException | RuntimeException e) {
            if (exchange != null) {
                exchange.drop(values);
            }
            throw e;
        }
        return values;
    }

    private static Object decodeOne(
            byte[] bytes, Argument<?> argument, @Nullable DescriptorExchange exchange, String where)
            throws IOException {
        try {
            if (exchange != null && isDescriptor(argument)) {
                return exchange.received(AmpTypes.INTEGER.decode(bytes));
            }
            return argument.type().decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new AmpException(Kind.BAD_VALUE, where + ", argument " + argument.name() + ": " + e.getMessage(), e);
        }
    }
}
