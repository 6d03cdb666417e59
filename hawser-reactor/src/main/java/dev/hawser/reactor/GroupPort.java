package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A port on which all reactors of a {@link ReactorGroup} listen. Unlike a {@link ListeningPort} it may be used by any thread.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 */
public final class GroupPort {

    private final Sockaddr host;
    private final List<Member> members;

    /** The port of one reactor. */
    record Member(Reactor reactor, ListeningPort port) {}

    GroupPort(Sockaddr host, List<Member> members) {
        this.host = host;
        this.members = List.copyOf(members);
    }

    /**
     * Where the group listens: the true port, also where port 0 was asked for.
     *
     * @return the address
     */
    public Sockaddr getHost() {
        return host;
    }

    /**
     * Listens no more. The connections that were accepted go on. Those that the kernel has queued are lost.
     *
     * @return completes when all descriptors are closed; do not wait for it in a reactor's thread
     */
    public CompletableFuture<Void> stopListening() {
        return CompletableFuture.allOf(members.stream().map(GroupPort::stop).toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> stop(Member member) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        try {
            member.reactor()
                    .callFromThread(() -> member.port().stopListening().addBoth(outcome -> stopped.complete(null)));
        } catch (IllegalStateException e) {
            stopped.complete(null); // closed with its reactor
        }
        return stopped;
    }

    @Override
    public String toString() {
        return "GroupPort[" + host + ", " + members.size() + " reactors]";
    }
}
