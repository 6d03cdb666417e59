package dev.hawser.reactor.endpoints;

/** A string that describes no endpoint: the message has the string, and a mark under the place. */
public final class EndpointSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Where. */
    private final int position;

    /** What. */
    private final String reason;

    EndpointSyntaxException(String description, int position, String reason) {
        super(reason + "\n  " + description + "\n  " + " ".repeat(position) + "^");
        this.position = position;
        this.reason = reason;
    }

    /**
     * Where it goes wrong.
     *
     * @return the index of a character in the string
     */
    public int position() {
        return position;
    }

    /**
     * What is wrong, in one line.
     *
     * @return the message without the picture
     */
    public String reason() {
        return reason;
    }
}
