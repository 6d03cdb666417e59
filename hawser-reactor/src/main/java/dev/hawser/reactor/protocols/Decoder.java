package dev.hawser.reactor.protocols;

/** Takes messages out of a stream of bytes, whatever the parts it comes in. */
interface Decoder {

    /** What {@link #next} has come to. */
    enum Step {
        /** {@link #message} is the next one. */
        MESSAGE,
        /** There is no whole message left. */
        EXHAUSTED,
        /** What has come is no message, or one that is too long. */
        REFUSED
    }

    Step next(Unread unread);

    /** What {@link Step#MESSAGE} brought, in an array that nobody else has. */
    byte[] message();
}
