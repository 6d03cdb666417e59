package dev.hawser.asynchat;

import static dev.hawser.socket.Constants.SHUT_WR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.Dispatcher;
import dev.hawser.asyncore.ExitNow;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Linger;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed over and sent, and in which turn. */
class AsyncChatTest extends ChatByHand {

    @Test
    void aReadThatFindsNothingIsNoError() throws IOException {
        chat.handleRead();
        assertThat(chat.errors).isEmpty();
        assertThat(chat.closes).isZero();
        assertThat(chat.parts).isZero();
    }

    @Test
    void anErrorOfAReadGoesToHandleError() throws IOException {
        try (Faults faults = Faults.install();
                SocketPair pair = Sockets.socketPair()) {
            faults.on("recv").times(1).fail(Errno.ENOMEM);
            TestChat failing = new TestChat(loop, pair.first());
            pair.second().sendAll(new byte[1]);
            turn();
            assertThat(failing.errors).singleElement().asString().contains("ENOMEM");
            assertThat(failing.state()).isEqualTo(Dispatcher.State.CLOSED);
        }
    }

    @Test
    void anErrorOfAWriteGoesToHandleErrorInTheNextTurn() throws IOException {
        try (Faults faults = Faults.install();
                SocketPair pair = Sockets.socketPair()) {
            faults.on("send").times(1).fail(Errno.ENOBUFS);
            TestChat failing = new TestChat(loop, pair.first());
            failing.push("lost");
            assertThat(failing.errors).isEmpty();
            turn();
            assertThat(failing.errors).singleElement().asString().contains("ENOBUFS");
        }
    }

    @Test
    void aBrokenConnectionIsNoErrorAndIsToldOnce() throws IOException {
        peer.close();
        chat.push("to nobody");
        assertThat(chat.closes).as("a push calls no handler").isZero();
        turn();
        assertThat(chat.closes).isEqualTo(1);
        assertThat(chat.errors).isEmpty();
        chat.push("a peer may go at any time, so this is no error");
        assertThat(chat.outputSize()).isZero();
    }

    @Test
    void aPeerThatResetsTheConnectionEndsIt() throws IOException {
        try (Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            TestChat client = new TestChat(loop);
            client.createSocket();
            client.connect(listener.getSockName());
            Socket server = listener.accept().socket();
            server.setSockOpt(SocketOptions.SO_LINGER, new Linger(true, 0));
            server.close();
            chat.close();
            loop.loop();
            assertThat(client.closes).isEqualTo(1);
            assertThat(client.errors).isEmpty();
        }
    }

    @Test
    void whatIsPushedInAHandlerIsSentTogetherAndAtOnce() throws IOException {
        try (Faults faults = Faults.install();
                SocketPair pair = Sockets.socketPair()) {
            TestChat server = new TestChat(loop, pair.first());
            server.setTerminator("\n");
            server.onElement = line -> server.push(line + "!");
            pair.second().sendAll("a\nb\nc\n".getBytes(ISO_8859_1));
            long before = faults.seen("send");
            turn();
            assertThat(pair.second().recv(100)).asString(ISO_8859_1).isEqualTo("a!b!c!");
            assertThat(faults.seen("send") - before).isEqualTo(1);
        }
    }

    @Test
    void aPushOntoAnEmptyQueueIsSentWithoutATurn() throws IOException {
        chat.push("now");
        assertThat(hear(3)).isEqualTo("now");
        assertThat(chat.outputSize()).isZero();
    }

    @Test
    void nothingIsPushedAfterCloseWhenDone() throws IOException {
        chat.push("the last words");
        chat.closeWhenDone();
        chat.push("more");
        Zeros refused = new Zeros(1, 1);
        chat.pushWithProducer(refused);
        assertThat(refused.closed).isEqualTo(1);
        assertThat(chat.closes).isZero();
        turn();
        assertThat(chat.closes).isEqualTo(1);
        assertThat(hear(100)).isEqualTo("the last words");
    }

    @Test
    void whatComesAfterCloseWhenDoneIsDropped() throws IOException {
        chat.onElement = line -> {
            chat.pushWithProducer(new Zeros(3, 100));
            chat.closeWhenDone();
        };
        say("quit\nignored\n");
        turn();
        say("ignored, too\n");
        loop.loop();
        assertThat(chat.elements).containsExactly("quit");
        assertThat(hear(1000)).hasSize(300);
        assertThat(chat.closes).isEqualTo(1);
    }

    @Test
    void nothingIsHandedToAChatThatWasClosedByItsHandler() throws IOException {
        chat.onElement = line -> chat.close();
        say("quit\nignored\n");
        turn();
        assertThat(chat.elements).containsExactly("quit");
    }

    @Test
    void aPeerThatHasShutDownItsSideGetsItsAnswer() throws Exception {
        chat.onElement = request -> chat.pushWithProducer(new Zeros(20, 100_000));
        say("give me all\n");
        peer.shutdown(SHUT_WR);
        Tasks<String> answer = Tasks.start(() -> hear(3_000_000));
        loop.loop();
        assertThat(answer.result()).hasSize(2_000_000);
        assertThat(chat.closes).isEqualTo(1);
    }

    @Test
    void aPeerThatHasShutDownItsSideCanBeAnsweredLater() throws IOException {
        SocketPair pair = Sockets.socketPair();
        boolean[] ended = new boolean[1];
        TestChat patient = new TestChat(loop, pair.first()) {
            @Override
            protected void handleEndOfInput() {
                ended[0] = true;
            }
        };
        pair.second().close();
        turn();
        turn();
        assertThat(ended[0]).isTrue();
        assertThat(patient.state()).isEqualTo(Dispatcher.State.CONNECTED);
        assertThat(patient.readable()).isFalse();
        assertThat(patient.writable()).isFalse();
        patient.closeWhenDone();
        turn();
        assertThat(patient.closes).isEqualTo(1);
    }

    @Test
    void theBeginningOfATerminatorIsDataAtTheEnd() throws IOException {
        chat.setTerminator("\r\n");
        say("half a line\r");
        turn();
        assertThat(chat.rest()).isEqualTo("half a line");
        peer.shutdown(SHUT_WR);
        turn();
        assertThat(chat.rest()).isEqualTo("\r");
        assertThat(chat.closes).isEqualTo(1);
    }

    @Test
    void aTerminatorThatIsSetBetweenTurnsIsSearchedForInWhatWasHeldBack() throws IOException {
        chat.setTerminator("\r\n\r\n");
        say("a\r\n");
        turn();
        assertThat(chat.elements).isEmpty();
        chat.setTerminator("\r\n");
        assertThat(chat.getTerminator()).isEqualTo(new Terminator.Delimiter("\r\n".getBytes(ISO_8859_1)));
        turn();
        assertThat(chat.elements).containsExactly("a");
    }

    @Test
    void aTerminatorThatIsSetInAHandlerIsInForceAtOnce() throws IOException {
        chat.onElement = element -> {
            if (element.startsWith("body ")) {
                chat.setTerminator(Long.parseLong(element.substring(5)));
            } else {
                chat.setTerminator("\n");
            }
        };
        say("body 4\na\nb\nnext\n");
        turn();
        assertThat(chat.elements).containsExactly("body 4", "a\nb\n", "next");
    }

    @Test
    void whatAHandlerThrowsLeavesTheRestOfTheInputForTheNextTurn() throws IOException {
        chat.staysOpen = true;
        chat.onElement = line -> {
            if (line.startsWith("bad")) {
                throw new IllegalStateException(line);
            }
        };
        say("bad 1\ngood\nbad 2\nlast\n");
        turn();
        turn();
        turn();
        assertThat(chat.errors).extracting(Throwable::getMessage).containsExactly("bad 1", "bad 2");
        assertThat(chat.elements).containsExactly("bad 1", "good", "bad 2", "last");
        say("and on\n");
        turn();
        assertThat(chat.elements).endsWith("and on");
    }

    @Test
    void exitNowPassesThroughTheLoopAndTheInputIsThereStill() throws IOException {
        chat.onElement = line -> {
            if (line.equals("exit")) {
                throw new ExitNow();
            }
        };
        say("exit\nnext\n");
        assertThatThrownBy(this::turn).isInstanceOf(ExitNow.class);
        turn();
        assertThat(chat.elements).containsExactly("exit", "next");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void aCountOfNoBytesIsRefused(long count) {
        assertThatThrownBy(() -> chat.setTerminator(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(count));
    }

    @Test
    void aProducerThatFailsIsToldAndClosed() throws IOException {
        Zeros failing = new Zeros(2, 10, true);
        chat.pushWithProducer(failing);
        chat.staysOpen = true;
        for (int i = 0; i < 5; i++) {
            turn();
        }
        assertThat(chat.errors).extracting(Throwable::getMessage).containsExactly("there should be more");
        assertThat(failing.closed).isEqualTo(1);
        assertThat(hear(20)).hasSize(20);
        assertThat(chat.outputSize()).isZero();
    }

    @Test
    void aChatThatIsClosedClosesItsProducers() throws Exception {
        Zeros first = new Zeros(1_000_000, 1000);
        Zeros second = new Zeros(1, 1);
        chat.pushWithProducer(first);
        chat.pushWithProducer(second);
        turn();
        Tasks.run(chat::close).result();
        assertThat(first.closed).isEqualTo(1);
        assertThat(second.closed).isEqualTo(1);
        Zeros late = new Zeros(1, 1);
        chat.pushWithProducer(late);
        assertThat(late.closed).isEqualTo(1);
    }

    @Test
    void aChatWhoseHandleErrorFailsClosesItsProducers() throws IOException {
        try (SocketPair pair = Sockets.socketPair()) {
            TestChat failing = new TestChat(loop, pair.first()) {
                @Override
                protected void handleError(Throwable error) {
                    throw new IllegalStateException("and now?");
                }
            };
            failing.setTerminator("\n");
            failing.onElement = line -> {
                throw new IllegalStateException(line);
            };
            Zeros waiting = new Zeros(1_000, 1_000);
            failing.pushWithProducer(waiting);
            pair.second().sendAll("bad\n".getBytes(ISO_8859_1));
            turn();
            assertThat(failing.state()).isEqualTo(Dispatcher.State.CLOSED);
            assertThat(waiting.closed).isEqualTo(1);
            assertThat(failing.outputSize()).isZero();
        }
    }

    @Test
    void aChatWhoseHandleCloseLeavesItOpenClosesItsProducersAfterAnError() throws IOException {
        try (SocketPair pair = Sockets.socketPair()) {
            Zeros waiting = new Zeros(1_000, 1_000);
            AsyncChat failing = new AsyncChat(loop, pair.first()) {
                @Override
                protected void foundTerminator() {
                    throw new IllegalStateException("spam");
                }

                @Override
                protected void handleClose() {}
            };
            failing.setTerminator(1);
            failing.pushWithProducer(waiting);
            pair.second().sendAll(new byte[1]);
            turn();
            assertThat(failing.state()).isEqualTo(Dispatcher.State.CLOSED);
            assertThat(waiting.closed).isEqualTo(1);
        }
    }

    @Test
    void aProducerIsNotClosedWhileItIsAsked() throws Exception {
        boolean[] closed = new boolean[2];
        Thread closing = Thread.ofPlatform().unstarted(() -> {
            try {
                chat.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        chat.pushWithProducer(new Producer() {
            @Override
            public byte[] more() {
                closing.start();
                while (closing.getState() != Thread.State.BLOCKED && closing.isAlive()) {
                    Thread.onSpinWait();
                }
                closed[1] = closed[0];
                return new byte[1];
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        });
        turn();
        closing.join();
        assertThat(closed).containsExactly(true, false);
        assertThat(chat.errors).isEmpty();
    }

    @Test
    void aProducerMayCloseItsChat() throws IOException {
        Zeros next = new Zeros(1, 1);
        int[] closed = new int[1];
        chat.pushWithProducer(new Producer() {
            @Override
            public byte[] more() throws IOException {
                chat.close();
                return closed[0] == 0 ? new byte[1] : new byte[0];
            }

            @Override
            public void close() {
                closed[0]++;
            }
        });
        chat.pushWithProducer(next);
        turn();
        assertThat(closed[0]).isEqualTo(1);
        assertThat(next.closed).isEqualTo(1);
        assertThat(next.asked).isZero();
        assertThat(chat.errors).isEmpty();
        assertThat(hear(1)).isEmpty();
    }

    @Test
    void discardingForgetsInputAndOutput() throws IOException {
        Zeros producer = new Zeros(10, 10);
        chat.setTerminator("abc");
        say("xxab");
        turn();
        chat.pushWithProducer(producer);
        chat.closeWhenDone();
        chat.discardBuffers();
        assertThat(chat.rest()).isEmpty();
        assertThat(producer.closed).isEqualTo(1);
        say("c");
        turn();
        assertThat(chat.elements).isEmpty();
        assertThat(chat.rest()).isEqualTo("c");
        assertThat(chat.closes).isZero();
    }

    @Test
    void aChatCanHaveAnotherConnectionAfterItsFirst() throws IOException {
        try (EchoServer server = new EchoServer()) {
            say("left over");
            turn();
            chat.close();
            chat.createSocket();
            chat.connect(server.address());
            chat.push("fresh\n" + EchoServer.QUIT);
            loop.loop();
            assertThat(chat.elements).containsExactly("fresh");
        }
    }

    @Test
    void anotherThreadIsToldThatTheChatIsNotItsOwn() throws Exception {
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        chat.onElement = line -> {
            inHandler.countDown();
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        say("x\n");
        Tasks<Void> running = Tasks.run(() -> loop.loop(null, 1));
        inHandler.await();
        List<ThrowingCallable> calls = List.of(
                () -> chat.push("x"),
                () -> chat.pushWithProducer(new Zeros(1, 1)),
                () -> chat.setTerminator("x"),
                () -> chat.discardBuffers(),
                () -> chat.closeWhenDone());
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("queue");
        }
        looked.countDown();
        running.result();
        assertThat(chat.errors).isEmpty();
    }
}
