package dev.hawser.reactor.amp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values by their arguments: what a command is called with, and what it answers. Immutable, as far as the values are.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="call"}
 */
public final class AmpValues {

    private static final AmpValues NONE = new AmpValues(Map.of());

    /** By name. */
    private final Map<String, Object> values;

    private AmpValues(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * No values.
     *
     * @return none
     */
    public static AmpValues none() {
        return NONE;
    }

    /**
     * One value.
     *
     * @param argument of what
     * @param value the value
     * @param <T> its type
     * @return the values
     */
    public static <T> AmpValues of(Argument<T> argument, T value) {
        return NONE.and(argument, value);
    }

    /**
     * One more.
     *
     * @param argument of what
     * @param value the value
     * @param <T> its type
     * @return these values and that one
     */
    public <T> AmpValues and(Argument<T> argument, T value) {
        return with(argument.name(), Objects.requireNonNull(value, argument.name()));
    }

    private AmpValues with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new AmpValues(more);
    }

    AmpValues andDecoded(String name, Object value) {
        return with(name, value);
    }

    /**
     * The value of an argument.
     *
     * @param argument which
     * @param <T> its type
     * @return the value
     * @throws NoSuchElementException if there is none: ask {@link #find} for what is optional
     */
    public <T> T get(Argument<T> argument) {
        T value = raw(argument);
        if (value == null) {
            throw new NoSuchElementException("there is no " + argument.name() + " among " + values.keySet());
        }
        return value;
    }

    /**
     * The value of an argument that may be left out.
     *
     * @param argument which
     * @param <T> its type
     * @return the value, if there is one
     */
    public <T> Optional<T> find(Argument<T> argument) {
        return Optional.ofNullable(raw(argument));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what was put under an argument is of its type
    private <T> @Nullable T raw(Argument<T> argument) {
        return (T) values.get(argument.name());
    }

    /** The values without their names. */
    Iterable<Object> all() {
        return values.values();
    }

    /** The names, as they were put in. */
    Iterable<String> names() {
        return values.keySet();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AmpValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "AmpValues" + values;
    }
}
