package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Reactor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a description has behind the name of its kind, for those who make an endpoint of it: values by position or by name. Whatever is wrong with one is an
 * {@link EndpointSyntaxException} that points at it.
 *
 * <p>A value that is empty counts as one that is not given.
 *
 * <h2>Threading</h2>
 * For one thread.
 *
 * <p>Source: what Twisted's {@code IStreamServerEndpointStringParser} gets as {@code args} and {@code kwargs}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="plugin"}
 */
public final class EndpointArguments {

    /** Seconds, with a fraction where need be. */
    private static final String SECONDS = "[0-9]{1,9}(\\.[0-9]{1,9})?";

    private final DescriptionText text;
    private final Map<String, DescriptionText.Argument> given = new LinkedHashMap<>();
    private List<String> expected = List.of();

    EndpointArguments(DescriptionText text) {
        this.text = text;
    }

    /**
     * Says what there may be. Call this first: what is not expected here, comes twice or is too much, is refused.
     *
     * @param names the names of the arguments, in the order in which they may be given without their names
     * @return this
     * @throws EndpointSyntaxException if there is something else
     */
    public EndpointArguments expect(String... names) {
        expected = List.of(names);
        given.clear();
        for (DescriptionText.Argument each : text.arguments()) {
            String name = each.name() == null ? nameOfNext(each) : checkedName(each);
            DescriptionText.Argument before = given.putIfAbsent(name, each);
            if (before != null) {
                throw text.wrong(
                        each.start(), name + " is given twice, first as '" + before.value() + "': leave one out");
            }
        }
        return this;
    }

    private String nameOfNext(DescriptionText.Argument value) {
        for (String name : expected) {
            if (!given.containsKey(name)) {
                return name;
            }
        }
        throw text.wrong(value.start(), "'" + value.value() + "' is too much: " + all());
    }

    private String checkedName(DescriptionText.Argument argument) {
        String name = String.valueOf(argument.name());
        if (!expected.contains(name)) {
            throw text.wrong(argument.start(), "'" + name + "' is no argument of " + text.kind() + ": " + all());
        }
        return name;
    }

    private String all() {
        return text.kind() + (expected.isEmpty() ? " takes none" : " takes " + String.join(", ", expected));
    }

    /**
     * The name of the kind, as the description has it.
     *
     * @return such as {@code tcp}
     */
    public String kind() {
        return text.kind();
    }

    /**
     * How many values come without a name.
     *
     * @return the number
     */
    public int positional() {
        return (int) text.arguments().stream()
                .filter(each -> each.name() == null && !each.value().isEmpty())
                .count();
    }

    /**
     * Whether a value is given.
     *
     * @param name of the argument
     * @return false where it is not, or empty
     */
    public boolean has(String name) {
        DescriptionText.Argument argument = given.get(name);
        return argument != null && !argument.value().isEmpty();
    }

    /**
     * A value that must be there.
     *
     * @param name of the argument
     * @return the value, without escapes
     */
    public String text(String name) {
        DescriptionText.Argument argument = given.get(name);
        if (argument == null || argument.value().isEmpty()) {
            int where = argument == null ? text.end() : argument.valueStart();
            throw text.wrong(where, name + " is missing: " + all());
        }
        return argument.value();
    }

    /**
     * A value.
     *
     * @param name of the argument
     * @return the value, without escapes; null where none is given
     */
    public @Nullable String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    /**
     * A number that must be there.
     *
     * @param name of the argument
     * @param min the least
     * @param max the most
     * @return the number
     */
    public long number(String name, long min, long max) {
        String digits = text(name);
        // Eighteen digits are no overflow.
        if (!digits.matches("-?[0-9]{1,18}") || Long.parseLong(digits) < min || Long.parseLong(digits) > max) {
            throw wrong(name, name + " is a number from " + min + " to " + max + ", not '" + digits + "'");
        }
        return Long.parseLong(digits);
    }

    /**
     * A number.
     *
     * @param name of the argument
     * @param min the least
     * @param max the most
     * @param otherwise what it is where none is given
     * @return the number
     */
    public long number(String name, long min, long max, long otherwise) {
        return has(name) ? number(name, min, max) : otherwise;
    }

    /**
     * The number of a port, which must be there.
     *
     * @param name of the argument
     * @return 0 to 65535
     */
    public int port(String name) {
        return (int) number(name, 0, 65535);
    }

    /**
     * A time in seconds.
     *
     * @param name of the argument
     * @param otherwise what it is where none is given
     * @return the time
     */
    public Duration seconds(String name, Duration otherwise) {
        String seconds = textOrNull(name);
        if (seconds == null) {
            return otherwise;
        }
        if (!seconds.matches(SECONDS)) {
            throw wrong(name, name + " is a number of seconds such as 30 or 0.5, not '" + seconds + "'");
        }
        return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
    }

    /**
     * Yes or no.
     *
     * @param name of the argument
     * @param otherwise what it is where none is given
     * @return true for 1, true and yes
     */
    public boolean flag(String name, boolean otherwise) {
        String value = textOrNull(name);
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "1", "true", "yes" -> true;
            case "0", "false", "no" -> false;
            default -> throw wrong(name, name + " is 1 or 0, not '" + value + "'");
        };
    }

    /**
     * Reads a value that is more than text.
     *
     * @param name of the argument, which must be there
     * @param read reads it; an {@link IllegalArgumentException} of it becomes one that points at the value
     * @param <T> what the value is
     * @return what was read
     */
    public <T> T read(String name, Function<String, T> read) {
        String value = text(name);
        try {
            return read.apply(value);
        } catch (EndpointSyntaxException e) {
            throw text.within(argument(name), e);
        } catch (IllegalArgumentException e) {
            EndpointSyntaxException wrong = wrong(name, name + ": " + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }

    /**
     * What to throw where a value is wrong.
     *
     * @param name of the argument
     * @param reason what is wrong with it, and what would be right, in one line
     * @return points at the value
     */
    public EndpointSyntaxException wrong(String name, String reason) {
        DescriptionText.Argument argument = given.get(name);
        return text.wrong(argument == null ? text.end() : argument.valueStart(), reason);
    }

    private DescriptionText.Argument argument(String name) {
        DescriptionText.Argument argument = given.get(name);
        if (argument == null) {
            throw new IllegalStateException(name + " was not expected");
        }
        return argument;
    }

    /**
     * For a kind that wraps another endpoint: all that stands behind its name is the description of that.
     *
     * @param reactor listens
     * @return the endpoint
     */
    public ServerEndpoint wrappedServer(Reactor reactor) {
        return text.wrapped(description -> Endpoints.server(reactor, description));
    }

    /**
     * For a kind that wraps another endpoint: all that stands behind its name is the description of that.
     *
     * @param reactor connects
     * @return the endpoint
     */
    public ClientEndpoint wrappedClient(Reactor reactor) {
        return text.wrapped(description -> Endpoints.client(reactor, description));
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
