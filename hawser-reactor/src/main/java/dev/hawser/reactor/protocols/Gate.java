package dev.hawser.reactor.protocols;

/** Held for several reasons: it pauses at the first, and resumes when the last is gone. */
final class Gate {

    private final Runnable pause;
    private final Runnable resume;
    private int reasons;

    Gate(Runnable pause, Runnable resume) {
        this.pause = pause;
        this.resume = resume;
    }

    void hold(int reason) {
        boolean open = reasons == 0;
        reasons |= reason;
        if (open) {
            pause.run();
        }
    }

    void release(int reason) {
        boolean held = reasons != 0;
        reasons &= ~reason;
        if (held && reasons == 0) {
            resume.run();
        }
    }

    void set(int reason, boolean holds) {
        if (holds) {
            hold(reason);
        } else {
            release(reason);
        }
    }
}
