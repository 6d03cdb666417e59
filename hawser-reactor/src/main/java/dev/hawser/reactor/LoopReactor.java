package dev.hawser.reactor;

import java.io.IOException;

/** The reactor. */
final class LoopReactor {
    private LoopReactor() {}

    @SuppressWarnings("DoNotCallSuggester") // a draft
    static Reactor open(BackendKind kind) throws IOException {
        throw new IOException("no backend yet: " + kind);
    }
}
