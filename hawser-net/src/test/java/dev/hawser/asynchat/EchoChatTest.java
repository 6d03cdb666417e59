package dev.hawser.asynchat;

import dev.hawser.select.EpollSelector;
import dev.hawser.select.PollSelector;
import dev.hawser.select.SelectSelector;
import dev.hawser.select.Selector;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

class EchoChatTest {

    @Nested
    class OverSelect extends EchoChatContract {
        @Override
        Selector selector() throws IOException {
            return SelectSelector.open();
        }
    }

    @Nested
    class OverPoll extends EchoChatContract {
        @Override
        Selector selector() throws IOException {
            return PollSelector.open();
        }
    }

    @Nested
    class OverEpoll extends EchoChatContract {
        @Override
        Selector selector() throws IOException {
            return EpollSelector.open();
        }
    }
}
