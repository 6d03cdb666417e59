package dev.hawser.select;

import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** The waits of the raw forms. */
class RawWaitsTest {

    @Nested
    class OfSelect extends RawWaitContract {
        OfSelect() throws IOException {
            super(RawForm.SELECT);
        }
    }

    @Nested
    class OfPoll extends RawWaitContract {
        OfPoll() throws IOException {
            super(RawForm.POLL);
        }
    }

    @Nested
    class OfEpoll extends RawWaitContract {
        OfEpoll() throws IOException {
            super(RawForm.EPOLL);
        }
    }
}
