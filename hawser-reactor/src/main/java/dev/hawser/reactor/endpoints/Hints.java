package dev.hawser.reactor.endpoints;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was meant, probably, by a string that describes no endpoint: other programs take URLs, paths, and a host before its port. */
final class Hints {

    /** The kinds that have a host and a port. */
    private static final Set<String> OF_PORTS = Set.of("tcp", "tcp4", "tcp6", "host", "tls", "ssl");

    private static final String HOST = "(\\[[^]]*]|[^:=/@]+)";
    private static final Pattern URL = Pattern.compile("[^:]+://(?:[^/@]*@)?" + HOST + "(?::([0-9]{1,5}))?(?:/.*)?");
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST + ":([0-9]{1,5})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Hints() {}

    /**
     * Refuses what has a kind, and behind it what is written elsewhere.
     *
     * @param kind in small letters
     */
    static void check(DescriptionText text, String kind, boolean server) {
        List<DescriptionText.Argument> all = text.arguments();
        if (!OF_PORTS.contains(kind) || all.isEmpty() || all.getFirst().name() != null) {
            return;
        }
        DescriptionText.Argument first = all.getFirst();
        if (first.value().startsWith("//")) {
            throw text.wrong(first.start(), "this is no URL: " + ofUrl(text.toString(), kind, server));
        }
        if (server && all.size() > 1 && !isNumber(first) && isNumber(all.get(1))) {
            throw text.wrong(
                    first.start(),
                    "the port comes first: write "
                            + written(
                                    kind,
                                    Endpoints.quoteStringArgument(first.value()),
                                    all.get(1).value(),
                                    true));
        }
    }

    private static boolean isNumber(DescriptionText.Argument argument) {
        return argument.name() == null && NUMBER.matcher(argument.value()).matches();
    }

    /** For a kind that there is not: empty, or a sentence with a semicolon. */
    static String ofUnknown(String description, String kind, boolean server) {
        if (NUMBER.matcher(kind).matches()) {
            return "a port is written tcp:" + kind + "; ";
        }
        if (description.startsWith("/") || description.startsWith("./") || description.startsWith("@")) {
            return "a path is written unix:" + description + "; ";
        }
        if (description.startsWith("://", kind.length())) {
            return "this is a URL: " + ofUrl(description, kind.equalsIgnoreCase("https") ? "tls" : "tcp", server)
                    + "; ";
        }
        Matcher matcher = HOST_AND_PORT.matcher(description);
        return matcher.matches()
                ? "a host and its port are written " + written("tcp", matcher.group(1), matcher.group(2), server) + "; "
                : "";
    }

    private static String ofUrl(String url, String kind, boolean server) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return "write " + written(kind, "HOST", "PORT", server);
        }
        String port = matcher.group(2);
        return "write " + written(kind, matcher.group(1), port == null ? "PORT" : port, server);
    }

    private static String written(String kind, String host, String port, boolean server) {
        return server ? kind + ":" + port + ":interface=" + host : kind + ":" + host + ":" + port;
    }
}
