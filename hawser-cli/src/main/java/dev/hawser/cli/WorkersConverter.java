package dev.hawser.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of processes: each takes memory, so that there cannot be as many as of other things. */
final class WorkersConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new TypeConversionException("'" + text + "' is not a number of workers, such as 4, from 1 to 99");
        }
        return Integer.valueOf(text);
    }
}
