package dev.hawser.reactor.endpoints;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a description: what is as without it, is left out. */
final class EndpointText {

    private final StringBuilder text;

    EndpointText(String kind) {
        text = new StringBuilder(kind);
    }

    /** Without its name. */
    EndpointText value(Object value) {
        text.append(':').append(Endpoints.quoteStringArgument(value.toString()));
        return this;
    }

    EndpointText named(String name, @Nullable Object value, @Nullable Object otherwise) {
        if (value != null && !Objects.equals(value, otherwise)) {
            text.append(':').append(name).append('=').append(Endpoints.quoteStringArgument(value.toString()));
        }
        return this;
    }

    EndpointText seconds(String name, Duration value, Duration otherwise) {
        return value.equals(otherwise) ? this : named(name, seconds(value), null);
    }

    private static String seconds(Duration value) {
        String whole = Long.toString(value.toSeconds());
        return value.toNanosPart() == 0
                ? whole
                : whole + "." + String.format("%09d", value.toNanosPart()).replaceAll("0+$", "");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
