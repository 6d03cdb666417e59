package dev.hawser.reactor.endpoints;

/** A string that describes no endpoint: the message has the string, and a mark under the place. */
public final class EndpointSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Where. */
    private final int position;

    /** What. */
    private final String reason;

    /**
     * For parsers: {@link EndpointArguments#wrong} makes one that points at an argument.
     *
     * @param description the whole string
     * @param position the index of a character in it, or its length: the place
     * @param reason what is wrong, and what would be right, in one line
     */
    public EndpointSyntaxException(String description, int position, String reason) {
        super(reason + "\n  " + printable(description) + "\n  " + " ".repeat(position) + "^");
        this.position = position;
        this.reason = reason;
    }

    /** One character for each, so that the mark stands where it belongs. */
    private static String printable(String description) {
        StringBuilder line = new StringBuilder(description);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }

    /**
     * Where it goes wrong.
     *
     * @return the index of a character in the string; its length where something is missing at its end
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
