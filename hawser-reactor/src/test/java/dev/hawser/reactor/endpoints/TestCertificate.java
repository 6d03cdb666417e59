package dev.hawser.reactor.endpoints;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate for localhost, as PEM. */
record TestCertificate(Path certificate, Path key) {

    /** One that signs itself. */
    static TestCertificate make(Path directory) throws Exception {
        return make(directory, "localhost");
    }

    /** One that this signs. */
    TestCertificate sign(Path directory) throws Exception {
        return make(directory, "signed", "-CA", certificate.toString(), "-CAkey", key.toString());
    }

    private static TestCertificate make(Path directory, String name, String... more) throws Exception {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-newkey", "ec"));
        arguments.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"));
        arguments.addAll(List.of("-subj", "/CN=" + name));
        arguments.addAll(List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        arguments.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
        arguments.addAll(List.of(more));
        try (Peer openssl = Peers.start("openssl", arguments.toArray(String[]::new))) {
            if (openssl.awaitExit() != 0) {
                throw new AssertionError(openssl.readErrorLine());
            }
        }
        return new TestCertificate(certificate, key);
    }

    /** Both in one file. */
    Path together() throws Exception {
        Path both = certificate.resolveSibling("both.pem");
        return Files.writeString(both, Files.readString(key) + Files.readString(certificate));
    }
}
