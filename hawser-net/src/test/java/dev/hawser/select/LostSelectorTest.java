package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Scope;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.LeakCheck;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A selector that nobody closes: what is registered does not keep it. */
class LostSelectorTest {

    @AutoClose
    private final Scope scope = new Scope();

    @ParameterizedTest
    @CsvSource({"EPOLL, 2", "POLL, 1", "SELECT, 1"})
    void aLostSelectorIsReportedAndItsDescriptorsAreClosed(Backend backend, int descriptors) throws IOException {
        Socket registered = scope.pair(SOCK_STREAM).first();
        loseOne(backend, registered);
        AtomicInteger reported = new AtomicInteger();
        eventually().until(() -> {
            System.gc();
            return reported.addAndGet(LeakCheck.takeLostReports().size()) == descriptors;
        });
        registered.close(); // which tells a selector that is no more
        assertThat(registered.isClosed()).isTrue();
    }

    private static void loseOne(Backend backend, Socket registered) throws IOException {
        assertThat(backend.open().register(registered, EVENT_READ).file()).isSameAs(registered);
    }
}
