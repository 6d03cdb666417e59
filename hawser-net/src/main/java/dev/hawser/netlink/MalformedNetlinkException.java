package dev.hawser.netlink;

import java.net.ProtocolException;

/**
 * A netlink message breaks the rules of its format: it is cut off, or a length in it is too small or too large. This is
 * the one exception of everything that reads messages; its text says what was read, and where.
 */
public final class MalformedNetlinkException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    MalformedNetlinkException(String message) {
        super(message);
    }
}
