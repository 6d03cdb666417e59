package dev.hawser.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Tells which Hawser this is, and on which Java it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"hawser " + number(), "Java " + Runtime.version()};
    }

    private static String number() throws IOException {
        var properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is missing beside " + Version.class.getName());
            }
            properties.load(in);
        }
        return properties.getProperty("version", "(unknown)");
    }
}
