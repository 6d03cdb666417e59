package dev.hawser.reactor.endpoints;

import dev.hawser.tls.ClientCertificate;
import dev.hawser.tls.ReloadingTlsContext;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The arguments of TLS in descriptions, under Twisted's names and plainer ones. */
final class TlsArguments {

    static final String[] SERVER = {
        "port",
        "interface",
        "backlog",
        "reusePort",
        "privateKey",
        "certKey",
        "extraCertChain",
        "sslmethod",
        "minVersion",
        "clientCa",
        "clientCertificate",
        "alpn",
        "endpoint"
    };

    static final String[] CLIENT = {
        "host", "port", "timeout", "bindAddress", "attemptDelay", "certificate", "certKey", "privateKey",
        "trustRoots", "caCertsDir", "hostname", "sslmethod", "minVersion", "alpn", "insecure", "endpoint"
    };

    /** Where Twisted looks for the key of a server that names none. */
    private static final String SERVER_PEM = "server.pem";

    private TlsArguments() {}

    /** The context of what the files have at the moment: renewed certificates are taken without a restart. */
    static Supplier<TlsContext> reloadingServer(EndpointArguments arguments) {
        try {
            return ReloadingTlsContext.of(
                    () -> server(arguments), serverFiles(arguments).toArray(Path[]::new));
        } catch (IOException e) {
            throw because(arguments.wrong("privateKey", String.valueOf(e.getMessage())), e);
        }
    }

    private static List<Path> serverFiles(EndpointArguments arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(keyOfServer(arguments));
        for (String name : List.of("certKey", "extraCertChain", "clientCa")) {
            if (arguments.has(name)) {
                Path file = file(arguments, name);
                files.add(file);
                if (Files.isDirectory(file)) {
                    files.addAll(pemFiles(file));
                }
            }
        }
        return files;
    }

    private static Path keyOfServer(EndpointArguments arguments) {
        if (arguments.has("privateKey")) {
            return file(arguments, "privateKey");
        }
        Path key = Path.of(SERVER_PEM);
        if (!Files.exists(key)) {
            throw arguments.wrong("privateKey", "privateKey is missing, and there is no " + SERVER_PEM + " here");
        }
        return key;
    }

    private static TlsContext server(EndpointArguments arguments) {
        TlsContext.Builder builder = TlsContext.builder();
        Path key = keyOfServer(arguments);
        certificate(builder, arguments, arguments.has("certKey") ? file(arguments, "certKey") : key, key);
        if (arguments.has("clientCa")) {
            trust(builder, arguments, "clientCa");
        }
        builder.clientCertificate(wish(arguments));
        return build(builder, arguments);
    }

    private static ClientCertificate wish(EndpointArguments arguments) {
        if (!arguments.has("clientCertificate")) {
            return arguments.has("clientCa") ? ClientCertificate.NEEDED : ClientCertificate.NONE;
        }
        ClientCertificate wish = switch (arguments.text("clientCertificate").toLowerCase(Locale.ROOT)) {
            case "none" -> ClientCertificate.NONE;
            case "wanted" -> ClientCertificate.WANTED;
            case "needed" -> ClientCertificate.NEEDED;
            default -> throw arguments.wrong("clientCertificate", "clientCertificate is needed, wanted or none");
        };
        if (wish != ClientCertificate.NONE && !arguments.has("clientCa")) {
            throw arguments.wrong(
                    "clientCertificate", "who vouches for the clients? Name their authority with clientCa=");
        }
        return wish;
    }

    /** Two words for one thing. */
    private static String either(EndpointArguments arguments, String name, String otherName) {
        if (!arguments.has(name)) {
            return otherName;
        }
        if (arguments.has(otherName)) {
            throw arguments.wrong(
                    otherName, otherName + " and " + name + " are two words for one thing: leave one out");
        }
        return name;
    }

    /** What says where, beside another endpoint, which says that already. */
    static void refuseBesideEndpoint(EndpointArguments arguments, String... names) {
        for (String name : names) {
            if (arguments.has("endpoint") && arguments.has(name)) {
                throw arguments.wrong(
                        name, name + " is for the endpoint under it to say: leave it out beside endpoint=");
            }
        }
    }

    static TlsContext client(EndpointArguments arguments) {
        TlsContext.Builder builder = TlsContext.builder();
        String own = either(arguments, "certificate", "certKey");
        if (arguments.has("privateKey") || arguments.has(own)) {
            Path key = file(arguments, arguments.has("privateKey") ? "privateKey" : own);
            certificate(builder, arguments, arguments.has(own) ? file(arguments, own) : key, key);
        }
        String roots = either(arguments, "trustRoots", "caCertsDir");
        if (arguments.has(roots)) {
            trust(builder, arguments, roots);
        }
        if (arguments.flag("insecure", false)) {
            if (arguments.has(roots)) {
                throw arguments.wrong("insecure", "who is trusted matters to nobody then: leave out " + roots);
            }
            builder.insecureWithoutVerification();
        }
        return build(builder, arguments);
    }

    private static TlsContext build(TlsContext.Builder builder, EndpointArguments arguments) {
        versions(builder, arguments);
        if (arguments.has("alpn")) {
            builder.alpnProtocols(arguments.text("alpn").split(","));
        }
        try {
            return builder.build();
        } catch (IOException e) {
            throw because(arguments.wrong("privateKey", String.valueOf(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            throw because(arguments.wrong("alpn", "alpn: " + e.getMessage()), e);
        }
    }

    /** OpenSSL's names, as Twisted has them, and those of the JDK. */
    private static void versions(TlsContext.Builder builder, EndpointArguments arguments) {
        String name = either(arguments, "minVersion", "sslmethod");
        if (!arguments.has(name)) {
            return;
        }
        boolean least = name.equals("minVersion");
        switch (arguments.text(name)) {
            case "TLSv1.3" -> builder.protocols("TLSv1.3");
            case "TLSv1.2", "TLSv1_2_METHOD" ->
                builder.protocols(least ? new String[] {"TLSv1.3", "TLSv1.2"} : new String[] {"TLSv1.2"});
            case "TLS_METHOD", "SSLv23_METHOD" -> builder.protocols("TLSv1.3", "TLSv1.2");
            default ->
                throw arguments.wrong(
                        name,
                        name + " is TLSv1.3 or TLSv1.2: what is older is not safe" + (least ? "" : "; leave it out"));
        }
    }

    private static void certificate(TlsContext.Builder builder, EndpointArguments arguments, Path chain, Path key) {
        try {
            if (arguments.has("extraCertChain")) {
                builder.certificate(List.of(chain, file(arguments, "extraCertChain")), key);
            } else {
                builder.certificate(chain, key);
            }
        } catch (IOException e) {
            throw because(arguments.wrong("privateKey", String.valueOf(e.getMessage())), e);
        }
    }

    private static Path file(EndpointArguments arguments, String name) {
        Path file = arguments.read(name, Path::of);
        if (!Files.isReadable(file)) {
            throw arguments.wrong(name, name + ": there is no file " + file + ", or it may not be read");
        }
        return file;
    }

    /** The authorities of a file, or of all files of a directory that end in .pem. */
    private static void trust(TlsContext.Builder builder, EndpointArguments arguments, String name) {
        Path roots = file(arguments, name);
        try {
            if (Files.isDirectory(roots)) {
                builder.trust(ofDirectory(roots));
            } else {
                builder.trust(roots);
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            throw because(arguments.wrong(name, name + ": " + e.getMessage()), e);
        }
    }

    private static List<X509Certificate> ofDirectory(Path directory) throws IOException, CertificateException {
        CertificateFactory reader = CertificateFactory.getInstance("X.509");
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : pemFiles(directory)) {
            read(reader, file, all);
        }
        return all;
    }

    private static List<Path> pemFiles(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pem")) {
            files.forEach(all::add);
        }
        return all;
    }

    private static void read(CertificateFactory reader, Path file, List<X509Certificate> all)
            throws IOException, CertificateException {
        try (InputStream bytes = Files.newInputStream(file)) {
            for (Certificate each : reader.generateCertificates(bytes)) {
                all.add((X509Certificate) each);
            }
        }
    }

    private static EndpointSyntaxException because(EndpointSyntaxException wrong, Exception cause) {
        wrong.initCause(cause);
        return wrong;
    }
}
