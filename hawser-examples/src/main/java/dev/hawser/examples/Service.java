package dev.hawser.examples;

import java.io.Closeable;
import java.io.IOException;

/** What runs until it is told to end. */
public interface Service extends Closeable {

    /** Runs until {@link #close} is called, from any thread; returns when all that it does has ended. */
    void serve() throws IOException;

    /** What it has done so far, such as {@code 2 clients}. */
    String served();
}
