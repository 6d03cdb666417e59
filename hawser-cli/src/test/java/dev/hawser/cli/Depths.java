package dev.hawser.cli;

import dev.hawser.asynchat.AsyncChat;
import dev.hawser.asyncore.AsyncLoop;

/** What the rule on inheritance makes of classes of a program. */
public final class Depths {

    private Depths() {}

    /** On a class of the library, however deep that is itself: allowed. */
    public abstract static class Chat extends AsyncChat {
        Chat(AsyncLoop loop) {
            super(loop);
        }
    }

    /** One more: too deep. */
    public abstract static class LouderChat extends Chat {
        LouderChat(AsyncLoop loop) {
            super(loop);
        }
    }
}
