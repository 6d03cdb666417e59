package dev.hawser.reactor.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A description, taken to pieces: each knows where it stands. */
final class DescriptionText {

    /**
     * A value.
     *
     * @param name null where it has none
     * @param value without escapes
     * @param start where it begins, with its name
     * @param valueStart where the value begins
     */
    record Argument(@Nullable String name, String value, int start, int valueStart) {}

    /** An IPv6 address as in a URL: its colons need no backslash. */
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?)](?=:|$)");

    private final String description;
    private final String kind;

    /** Behind the colon of the name. */
    private final int rest;

    private final List<Argument> arguments = new ArrayList<>();
    private int at;

    DescriptionText(String description) {
        this.description = description;
        this.kind = piece(":");
        this.rest = Math.min(at + 1, description.length());
        while (at < description.length()) {
            at++;
            arguments.add(argument());
        }
        // What ends with a colon, such as stdio:, has nothing behind it.
        if (!arguments.isEmpty()
                && arguments.getLast().name() == null
                && arguments.getLast().value().isEmpty()) {
            arguments.removeLast();
        }
    }

    private Argument argument() {
        int start = at;
        String first = piece(":=");
        if (at == description.length() || description.charAt(at) == ':') {
            return new Argument(null, first, start, start);
        }
        at++;
        int valueStart = at;
        return new Argument(first, piece(":"), start, valueStart);
    }

    /** What stands before one of these characters, or the end. */
    private String piece(String ends) {
        Matcher address = IPV6.matcher(description).region(at, description.length());
        if (address.lookingAt()) {
            at = address.end();
            return address.group(1);
        }
        StringBuilder piece = new StringBuilder();
        while (at < description.length() && ends.indexOf(description.charAt(at)) < 0) {
            if (description.charAt(at) == '\\') {
                if (at + 1 == description.length()) {
                    throw wrong(at, "there is nothing behind the backslash: write \\\\ for one that is meant");
                }
                at++;
            }
            piece.append(description.charAt(at));
            at++;
        }
        return piece.toString();
    }

    String kind() {
        return kind;
    }

    List<Argument> arguments() {
        return arguments;
    }

    int end() {
        return description.length();
    }

    EndpointSyntaxException wrong(int position, String reason) {
        return new EndpointSyntaxException(description, position, reason);
    }

    /** What is wrong in a description that is the value of an argument. */
    EndpointSyntaxException within(Argument argument, EndpointSyntaxException inner) {
        int position = argument.valueStart();
        for (int i = 0; i < inner.position() && position < description.length(); i++) {
            position += description.charAt(position) == '\\' ? 2 : 1;
        }
        return wrong(Math.min(position, description.length()), inner.reason());
    }

    /** Makes of all that stands behind the name what it describes. */
    <T> T wrapped(Function<String, T> make) {
        try {
            return make.apply(description.substring(rest));
        } catch (EndpointSyntaxException e) {
            throw wrong(rest + e.position(), e.reason());
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
