package dev.hawser.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one server in a run.
 *
 * @param server its name
 * @param idle how many idle connections it held
 * @param windows one for each round, if it took part in all
 * @param reason why it did not, else empty
 * @param memory what the later three quarters of its idle connections cost; null where that was not found out
 */
record ServerResult(
        String server,
        int idle,
        Outcome outcome,
        List<Window> windows,
        String reason,
        @Nullable IdleMemory memory) {
    ServerResult {
        windows = List.copyOf(windows);
    }

    ServerResult(String server, int idle, Outcome outcome, List<Window> windows, String reason) {
        this(server, idle, outcome, windows, reason, null);
    }

    static ServerResult complete(String server, List<Window> windows) {
        return new ServerResult(server, 0, Outcome.COMPLETE, windows, "");
    }

    String label() {
        return Entrant.label(server, idle);
    }

    /** Only a server that went through every round is compared. */
    boolean isComplete() {
        return outcome == Outcome.COMPLETE;
    }

    enum Outcome {
        COMPLETE("complete"),
        /** This machine lacks what the server needs: no fault of anybody's. */
        UNAVAILABLE("not available"),
        FAILED("failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
