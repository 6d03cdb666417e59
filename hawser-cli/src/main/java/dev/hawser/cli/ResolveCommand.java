package dev.hawser.cli;

import dev.hawser.socket.AddrInfo;
import dev.hawser.socket.AddrInfoHints;
import dev.hawser.socket.Constants;
import dev.hawser.socket.GaiException;
import dev.hawser.socket.NameService;
import dev.hawser.socket.TimedOutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code hawser resolve}: every answer of getaddrinfo. */
@Command(
        name = "resolve",
        description = {
            "Looks a host and a service up, and prints every answer of getaddrinfo(3): address, family, type, protocol.",
            "",
            "The port stands after the address where a SERVICE is given. The canonical name, which --flags canonname asks "
                    + "for, is printed first."
        },
        sortOptions = false)
final class ResolveCommand implements Callable<Integer> {
    private static final Map<String, Integer> FAMILIES = Map.of(
            "any", Constants.AF_UNSPEC,
            "inet", Constants.AF_INET,
            "inet6", Constants.AF_INET6);
    private static final Map<String, Integer> TYPES = Map.of(
            "any", 0,
            "stream", Constants.SOCK_STREAM,
            "dgram", Constants.SOCK_DGRAM,
            "raw", Constants.SOCK_RAW);
    private static final Map<String, Integer> FLAGS = Map.of(
            "passive", Constants.AI_PASSIVE,
            "canonname", Constants.AI_CANONNAME,
            "numerichost", Constants.AI_NUMERICHOST,
            "numericserv", Constants.AI_NUMERICSERV,
            "v4mapped", Constants.AI_V4MAPPED,
            "all", Constants.AI_ALL,
            "addrconfig", Constants.AI_ADDRCONFIG);
    private static final Map<Integer, String> PROTOCOLS =
            Map.of(0, "ip", Constants.IPPROTO_TCP, "tcp", Constants.IPPROTO_UDP, "udp");

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "HOST", description = "A name or an address. Empty, '': this machine.")
    private String host;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERVICE", description = "A name such as http, or a port.")
    private @Nullable String service;

    @Option(
            names = {"-f", "--family"},
            defaultValue = "any",
            paramLabel = "FAMILY",
            converter = FamilyConverter.class,
            description = "any, inet or inet6. Default: ${DEFAULT-VALUE}.")
    private int family;

    @Option(
            names = {"-t", "--type"},
            defaultValue = "any",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            description = "any, stream, dgram or raw. Default: ${DEFAULT-VALUE}.")
    private int type;

    @Option(
            names = "--flags",
            split = ",",
            paramLabel = "FLAG",
            converter = FlagConverter.class,
            description =
                    "With commas between: passive, canonname, numerichost, numericserv, v4mapped, all, addrconfig.")
    private List<Integer> flags = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description = "How long it may take. Default: as long as the C library tries.")
    private @Nullable Duration timeout;

    ResolveCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        List<AddrInfo> answers = lookUp();
        String canonicalName = answers.getFirst().canonicalName();
        if (canonicalName != null) {
            streams.out().println("canonical name: " + canonicalName);
        }
        List<String> addresses = answers.stream().map(this::address).toList();
        int width = addresses.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < answers.size(); i++) {
            AddrInfo answer = answers.get(i);
            streams.out()
                    .println(padded(addresses.get(i), width) + "  "
                            + padded(nameOf(FAMILIES, answer.family()), "inet6".length()) + "  "
                            + padded(nameOf(TYPES, answer.type()), "stream".length()) + "  "
                            + PROTOCOLS.getOrDefault(answer.protocol(), Integer.toString(answer.protocol())));
        }
        return 0;
    }

    private List<AddrInfo> lookUp() throws IOException {
        int allFlags = flags.stream().reduce(0, (a, b) -> a | b);
        AddrInfoHints hints = new AddrInfoHints(family, type, 0, allFlags);
        try {
            return NameService.getAddrInfo(host.isEmpty() ? null : host, service, hints, timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Objects.requireNonNullElse(e.getMessage(), "wrong"), e);
        } catch (GaiException e) {
            throw new CommandFailure(FailureText.unresolved(host, service, e), e);
        } catch (TimedOutException e) {
            throw new CommandFailure(
                    "no answer about '" + host + "': " + e.details().reason()
                            + "; see whether the name servers of /etc/resolv.conf can be reached, or give a longer --timeout",
                    e);
        }
    }

    private String address(AddrInfo answer) {
        if (service != null) {
            return answer.address().toString();
        }
        String text = answer.address().toString();
        String host = text.substring(0, text.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String nameOf(Map<String, Integer> names, int number) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Integer.toString(number));
    }

    private static int numberOf(String what, String list, Map<String, Integer> names, String text) {
        Integer number = names.get(text.toLowerCase(Locale.ROOT));
        if (number == null) {
            throw new TypeConversionException("there is no " + what + " '" + text + "': write " + list);
        }
        return number;
    }

    private static final class FamilyConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return numberOf("family", "any, inet or inet6", FAMILIES, text);
        }
    }

    private static final class TypeConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return numberOf("type", "any, stream, dgram or raw", TYPES, text);
        }
    }

    private static final class FlagConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return numberOf(
                    "flag",
                    "passive, canonname, numerichost, numericserv, v4mapped, all or addrconfig",
                    FLAGS,
                    text.replaceFirst("(?i)^ai_", ""));
        }
    }
}
