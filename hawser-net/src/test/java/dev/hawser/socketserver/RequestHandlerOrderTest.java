package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called when, and which exceptions come out of it. */
class RequestHandlerOrderTest {

    /** Does what a test puts into its three steps. */
    private static final class Steps extends BaseRequestHandler<String> {

        private final List<String> called = new ArrayList<>();
        private Throwable inSetup;
        private Throwable inHandle;
        private Throwable inFinish;

        @Override
        protected void setup() throws Exception {
            step("setup", inSetup);
        }

        @Override
        protected void handle() throws Exception {
            step("handle", inHandle);
        }

        @Override
        protected void finish() throws Exception {
            step("finish", inFinish);
        }

        private void step(String name, Throwable failure) throws Exception {
            called.add(name);
            if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw (Exception) failure;
            }
        }

        Throwable outcome() throws IOException {
            try (UnixStreamServer unused = new UnixStreamServer(SockaddrUn.UNNAMED, (a, b, c) -> {}, false)) {
                return catchThrowable(() -> run("request", SockaddrUn.UNNAMED, new OfStrings(unused)));
            }
        }
    }

    /** A handler asks nothing of it. */
    private record OfStrings(BaseServer<?> of) implements BaseServer<String> {

        @Override
        public ServerState<String> state() {
            throw new AssertionError();
        }

        @Override
        public void serverActivate() {}

        @Override
        public ReceivedRequest<String> getRequest() {
            throw new AssertionError();
        }

        @Override
        public void closeRequest(String request) {}
    }

    private final Steps steps = new Steps();

    @Test
    void setupHandleAndFinishAreCalledInThisOrder() throws IOException {
        assertThat(steps.outcome()).isNull();
        assertThat(steps.called).containsExactly("setup", "handle", "finish");
    }

    @Test
    void nothingFollowsASetupThatFails() throws IOException {
        steps.inSetup = new IOException("no");
        assertThat(steps.outcome()).isSameAs(steps.inSetup);
        assertThat(steps.called).containsExactly("setup");
    }

    @ParameterizedTest
    @ValueSource(classes = {IOException.class, AssertionError.class, OutOfMemoryError.class, StackOverflowError.class})
    void finishFollowsAHandleThatThrowsAnErrorToo(Class<? extends Throwable> type) throws Exception {
        steps.inHandle = type.getConstructor().newInstance();
        assertThat(steps.outcome()).isSameAs(steps.inHandle);
        assertThat(steps.called).containsExactly("setup", "handle", "finish");
    }

    /** Never ends by itself. */
    private static final class Endless extends BaseRequestHandler<String> {

        private boolean finished;

        @Override
        @SuppressWarnings("InfiniteRecursion") // until the stack ends
        protected void handle() throws Exception {
            handle();
        }

        @Override
        protected void finish() {
            finished = true;
        }
    }

    @Test
    void finishFollowsAStackThatHasReallyOverflown() {
        Endless endless = new Endless();
        assertThat(catchThrowable(() -> endless.run("request", SockaddrUn.UNNAMED, new OfStrings(null))))
                .isInstanceOf(StackOverflowError.class);
        assertThat(endless.finished).isTrue();
    }

    @Test
    void ofTwoExceptionsTheFirstIsThrownAndHasTheSecond() throws IOException {
        steps.inHandle = new IOException("first");
        steps.inFinish = new IllegalStateException("second");
        assertThat(steps.outcome()).isSameAs(steps.inHandle).hasSuppressedException(steps.inFinish);
    }

    @Test
    void anExceptionThatIsThrownTwiceIsThrown() throws IOException {
        steps.inHandle = new IOException("the same");
        steps.inFinish = steps.inHandle;
        assertThat(steps.outcome()).isSameAs(steps.inHandle).hasNoSuppressedExceptions();
    }

    @Test
    void whatFinishAloneThrowsIsThrown() throws IOException {
        steps.inFinish = new IOException("late");
        assertThat(steps.outcome()).isSameAs(steps.inFinish);
    }
}
