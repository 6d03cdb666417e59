package dev.hawser.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever watches a number by itself leaves it before it is given back. */
class RegistrationsTest {

    private final FakeCalls calls = new FakeCalls();
    private final Handle handle = Handle.open(calls, FakeCalls.FD);
    private final List<String> told = new ArrayList<>();
    private final Registrations.Watcher one = fd -> tell("one", fd);
    private final Registrations.Watcher two = fd -> tell("two", fd);

    private void tell(String who, int fd) {
        told.add(who + " " + fd + (handle.fileno() < 0 ? " closing" : " open") + " " + calls.timesClosed());
    }

    @Test
    void watchersAreToldWhileTheNumberIsStillTheirs() {
        Registrations.add(FakeCalls.FD, one);
        Registrations.add(FakeCalls.FD, two);
        Registrations.add(FakeCalls.FD + 1, two);
        handle.close(false);
        Registrations.remove(FakeCalls.FD, one);
        Registrations.remove(FakeCalls.FD, two);
        Registrations.remove(FakeCalls.FD + 1, two);
        assertThat(told).containsExactly("one 1000000 closing 0", "two 1000000 closing 0");
        assertThat(calls.timesClosed()).isEqualTo(1);
    }

    @Test
    void whoeverGivesTheNumberAwayTellsToo() {
        Registrations.add(FakeCalls.FD, one);
        assertThat(handle.detach()).isEqualTo(FakeCalls.FD);
        Registrations.remove(FakeCalls.FD, one);
        assertThat(told).containsExactly("one 1000000 closing 0");
    }

    @Test
    void theLastHandleTells() {
        Handle other = handle.share();
        assertThat(other).isNotNull();
        Registrations.add(FakeCalls.FD, one);
        handle.close(false);
        assertThat(told).isEmpty();
        other.close(false);
        Registrations.remove(FakeCalls.FD, one);
        assertThat(told).hasSize(1);
    }

    @Test
    void whoeverHasLeftIsNotTold() {
        Registrations.add(FakeCalls.FD, one);
        Registrations.add(FakeCalls.FD, two);
        Registrations.remove(FakeCalls.FD, one);
        Registrations.remove(FakeCalls.FD, one);
        handle.close(false);
        Registrations.remove(FakeCalls.FD, two);
        assertThat(told).containsExactly("two 1000000 closing 0");
    }
}
