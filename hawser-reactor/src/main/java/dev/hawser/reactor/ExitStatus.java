package dev.hawser.reactor;

/**
 * How a process has ended.
 *
 * @param code what it exited with; 128 and more where a signal ended it, as shells have it
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
