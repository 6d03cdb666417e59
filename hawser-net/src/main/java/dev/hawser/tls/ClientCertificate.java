package dev.hawser.tls;

/** Whether a server asks its clients for a certificate: Python's {@code verify_mode} of a server. */
public enum ClientCertificate {
    /** It asks for none. */
    NONE,

    /** It asks, and takes clients that have none, too; one that is shown must be trusted. */
    WANTED,

    /** It takes none without a trusted certificate. */
    NEEDED
}
