package dev.hawser.reactor;

import java.io.IOException;

/** Standard input and output as a connection. */
@SuppressWarnings("DoNotCallSuggester") // drafts
final class StandardIo {

    private StandardIo() {}

    static Transport open(LoopReactor reactor, Protocol protocol) throws IOException {
        throw new UnsupportedOperationException("a draft");
    }
}
