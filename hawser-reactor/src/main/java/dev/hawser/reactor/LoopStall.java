package dev.hawser.reactor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A turn whose handlers took longer than the limit, for the flight recorder. Its thread is the loop's. */
@Name("dev.hawser.LoopStall")
@Label("Loop Stall")
@Description("The handlers of one turn of a reactor's loop took longer than the limit")
@Category({"Hawser", "Reactor"})
@StackTrace(false)
final class LoopStall extends Event {

    @Label("Time of the Handlers")
    @Timespan(Timespan.NANOSECONDS)
    long handlersNanos;

    @Label("Handlers")
    long handlers;

    void tell(long handlersNanos, long handlers) {
        this.handlersNanos = handlersNanos;
        this.handlers = handlers;
        commit();
    }
}
