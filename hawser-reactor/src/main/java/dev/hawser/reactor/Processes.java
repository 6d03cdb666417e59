package dev.hawser.reactor;

import java.io.IOException;

/** Child processes of a reactor. */
@SuppressWarnings("DoNotCallSuggester") // drafts
final class Processes {

    private Processes() {}

    static ProcessTransport spawnProcess(LoopReactor reactor, ProcessProtocol protocol, ProcessOptions options)
            throws IOException {
        throw new UnsupportedOperationException("a draft");
    }
}
