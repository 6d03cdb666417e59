package dev.hawser.reactor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An accept that failed, in a recording of JDK Flight Recorder. */
@Name("dev.hawser.AcceptError")
@Label("Accept Error")
@Description("A connection that a port of a reactor could not take")
@Category({"Hawser", "Reactor"})
@StackTrace(false)
final class AcceptErrorEvent extends Event {

    @Label("Port")
    @Nullable
    String port;

    @Label("Error")
    @Nullable
    String error;

    private AcceptErrorEvent() {}

    static void tell(Object port, Throwable failure) {
        AcceptErrorEvent event = new AcceptErrorEvent();
        if (event.isEnabled()) {
            event.port = String.valueOf(port);
            event.error = String.valueOf(failure.getMessage());
            event.commit();
        }
    }
}
