package dev.hawser.cli;

import dev.hawser.examples.NetService;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a service. */
final class NetServiceConverter implements ITypeConverter<NetService> {

    /** What a shell offers. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(NetService.values()).map(NetService::toString).iterator();
        }
    }

    @Override
    public NetService convert(String text) {
        return Arrays.stream(NetService.values())
                .filter(service -> service.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no service '" + text + "': write "
                        + Arrays.stream(NetService.values())
                                .map(NetService::toString)
                                .collect(Collectors.joining(", "))));
    }
}
