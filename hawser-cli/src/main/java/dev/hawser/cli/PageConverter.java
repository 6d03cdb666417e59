package dev.hawser.cli;

import dev.hawser.examples.AsyncoreHttpClient;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a page. */
final class PageConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            return AsyncoreHttpClient.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
