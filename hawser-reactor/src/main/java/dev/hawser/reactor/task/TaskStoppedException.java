package dev.hawser.reactor.task;

/** A {@link CooperativeTask} was stopped before it was done. */
public final class TaskStoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    TaskStoppedException() {
        super("the task was stopped before it was done");
    }
}
