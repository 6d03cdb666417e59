package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the {@code HOST:PORT} of a server to connect to, where neither may be left to the kernel. */
final class TargetConverter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
        HostPort target = new HostPortConverter().convert(text);
        if (target.host().isEmpty() || target.port() == 0) {
            throw new TypeConversionException(
                    "'" + text + "': to connect to, give a host, and a port from 1, such as 127.0.0.1:80");
        }
        return target;
    }
}
