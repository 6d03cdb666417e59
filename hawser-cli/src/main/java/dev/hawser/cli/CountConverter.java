package dev.hawser.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a count of one or more. */
final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new TypeConversionException("'" + text + "' is not a count, such as 100, from 1 to 999999");
        }
        return Integer.valueOf(text);
    }
}
