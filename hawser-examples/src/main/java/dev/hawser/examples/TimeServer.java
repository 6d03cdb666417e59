package dev.hawser.examples;

/** A server that sends back what it is sent, with the time before it. */
public interface TimeServer extends Server {

    /** The port of the demos, where no other is given. */
    int PORT = 21567;

    /** The most bytes that one message takes. */
    int BUFSIZ = 1024;
}
