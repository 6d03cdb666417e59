package dev.hawser.reactor;

/**
 * How a process has ended.
 *
 * <h2>Platform notes</h2>
 * The JDK, which waits for the process, tells of a signal as shells do: 128 and its number. A program that exits with 143 by itself looks like one
 * that SIGTERM has ended, so there is no method that tells the two apart.
 *
 * @param code what it exited with; 128 and the number of the signal where a signal ended it, as shells have it
 */
public record ExitStatus(int code) {

    /**
     * Whether it ended well.
     *
     * @return true for code 0
     */
    public boolean isSuccess() {
        return code == 0;
    }
}
