package dev.hawser.cli;

import dev.hawser.examples.Style;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a style. */
final class StyleConverter implements ITypeConverter<Style> {

    /** What there is to choose from. */
    static final String NAMES = "tcp, udp, socketserver, forking or reactor";

    /** What users type for a style. */
    static String nameOf(Style style) {
        return style.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Style convert(String text) {
        for (Style style : Style.values()) {
            if (nameOf(style).equals(text)) {
                return style;
            }
        }
        throw new TypeConversionException("there is no style '" + text + "': write " + NAMES);
    }
}
