package dev.hawser.select;

import java.io.IOException;

/**
 * Opens selectors: the best that the kernel has.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Errors</h2>
 * An {@link IOException} tells what the kernel said, as where the process has no descriptor left.
 *
 * <h2>Platform notes</h2>
 * epoll(7). The system property {@code hawser.selector}, {@code epoll}, is read each time.
 */
public final class Selectors {

    /** The system property that names the backend of {@link #open}. */
    static final String PROPERTY = "hawser.selector";

    private Selectors() {}

    /**
     * Opens the selector that suits most programs.
     *
     * @return the selector, to be closed
     * @throws IllegalArgumentException if the system property names none
     * @throws IOException if the kernel refuses
     */
    public static Selector open() throws IOException {
        String name = System.getProperty(PROPERTY);
        return switch (name) {
            case null -> EpollSelector.open();
            case "epoll" -> EpollSelector.open();
            default ->
                throw new IllegalArgumentException(
                        "the system property " + PROPERTY + " is epoll, not \"" + name + "\"");
        };
    }
}
