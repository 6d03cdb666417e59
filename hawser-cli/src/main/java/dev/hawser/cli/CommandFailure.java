package dev.hawser.cli;

import java.io.IOException;

/** A failure with a message that names the input and what to do about it. */
final class CommandFailure extends IOException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
