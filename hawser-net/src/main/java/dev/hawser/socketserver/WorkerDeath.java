package dev.hawser.socketserver;

import java.time.Duration;

/** Says how a worker has ended. */
final class WorkerDeath {

    private static final int OF_SIGNALS = 128;

    private WorkerDeath() {}

    /** When: the end of a sentence, "in the middle of the request". */
    static WorkerDiedException of(PoolMember<?> member, int exitStatus, String when) {
        String how = member.killReason == null ? "ended " + when : "was killed after " + member.killReason;
        String status = "exit status " + exitStatus;
        if (exitStatus > OF_SIGNALS) {
            status += ", of signal " + (exitStatus - OF_SIGNALS);
        }
        return new WorkerDiedException(
                member.pid(), exitStatus, "worker " + member.pid() + " " + how + " (" + status + ")");
    }

    /** The largest unit that needs no fraction. */
    static String text(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + " ms";
        }
        return duration.toSecondsPart() == 0 && !duration.isZero()
                ? duration.toMinutes() + " min"
                : duration.toSeconds() + " s";
    }
}
