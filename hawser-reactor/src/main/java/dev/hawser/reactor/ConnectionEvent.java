package dev.hawser.reactor;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection, from its beginning to its end, in a recording of JDK Flight Recorder. */
@Name("dev.hawser.Connection")
@Label("Connection")
@Description("A stream connection of a reactor, from its beginning to its end")
@Category({"Hawser", "Reactor"})
@StackTrace(false)
final class ConnectionEvent extends Event {

    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Bytes Received")
    @DataAmount
    long bytesReceived;

    @Label("Bytes Sent")
    @DataAmount
    long bytesSent;

    @Label("Reason")
    @Nullable
    String reason;

    @Label("Message")
    @Nullable
    String message;

    private ConnectionEvent() {}

    /** Null where nobody records: a connection does not pay for it then. */
    static @Nullable ConnectionEvent started() {
        ConnectionEvent event = new ConnectionEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    void end(String protocolName, @Nullable Object peerAddress, long received, long sent, ConnectionLost lost) {
        protocol = protocolName;
        peer = String.valueOf(peerAddress);
        bytesReceived = received;
        bytesSent = sent;
        reason = lost.reason().name();
        message = lost.getMessage();
        commit();
    }
}
