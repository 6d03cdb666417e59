package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import java.util.List;

/** Looks up hosts for a reactor. */
@SuppressWarnings("DoNotCallSuggester") // drafts
final class Resolver {

    private Resolver() {}

    static Deferred<List<Sockaddr>> resolve(LoopReactor reactor, String host) {
        throw new UnsupportedOperationException("a draft");
    }
}
