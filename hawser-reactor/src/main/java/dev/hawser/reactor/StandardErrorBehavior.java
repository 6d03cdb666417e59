package dev.hawser.reactor;

/**
 * What becomes of the standard error of a process whose two other streams are a connection.
 *
 * <p>Source: Twisted's {@code StandardErrorBehavior}.
 */
public enum StandardErrorBehavior {
    /** Each line is logged. */
    LOG,
    /** It is read, and dropped. */
    DROP
}
