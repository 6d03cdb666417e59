package dev.hawser.cli;

import dev.hawser.socket.SockaddrUn;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a Unix socket, or {@code @NAME}. */
final class UnixPathConverter implements ITypeConverter<SockaddrUn> {
    @Override
    public SockaddrUn convert(String text) {
        if (text.isEmpty() || text.equals("@")) {
            throw new TypeConversionException(
                    "'" + text + "' is not a path, such as /tmp/a.sock, nor a name, such as @a");
        }
        try {
            return text.startsWith("@") ? SockaddrUn.ofAbstract(text.substring(1)) : SockaddrUn.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
