package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same chains in Twisted and here: the same calls, in the same order. */
@Timeout(60)
class TwistedChainsTest {

    private static final String CHAINS = """
            from twisted.internet.defer import CancelledError, Deferred, fail, succeed

            def say(text):
                print(text, flush=True)

            def callback(name, result=None):
                def called(value):
                    say('%s callback %s' % (name, value))
                    return value if result is None else result
                return called

            def errback(name, result=None):
                def called(failure):
                    kind = 'cancelled' if failure.check(CancelledError) else failure.getErrorMessage()
                    say('%s errback %s' % (name, kind))
                    return failure if result is None else result
                return called

            def throws(value):
                raise ValueError('thrown')

            def both(deferred, name):
                deferred.addCallbacks(callback(name), errback(name))
                return deferred

            say('fired before')
            both(succeed('one').addCallback(callback('a', 'two')), 'b')

            say('thrown and mended')
            both(both(succeed('one').addCallback(throws), 'a').addErrback(errback('b', 'mended')), 'c')

            say('errbacks of the same step are passed over')
            first = Deferred()
            first.addCallbacks(throws, errback('a', 'never'))
            both(first.addErrback(errback('b', 'two')), 'c')
            first.callback('one')

            say('waits for another')
            outer, inner = Deferred(), Deferred()
            both(outer.addCallback(lambda value: inner), 'outer')
            outer.callback('one')
            say('not yet')
            inner.callback('two')

            say('paused')
            paused = both(Deferred(), 'a')
            paused.pause()
            paused.callback('one')
            say('not yet')
            paused.unpause()

            say('cancelled')
            cancelled = Deferred(lambda d: say('canceller'))
            both(cancelled.addErrback(errback('a', 'after')), 'b')
            cancelled.cancel()

            say('a late result after a cancellation')
            late = Deferred()
            late.addErrback(errback('a', 'after'))
            late.cancel()
            late.callback('late')
            both(late, 'b')

            say('cancels what it waits for')
            waiting = Deferred()
            waiting.addErrback(errback('inner', 'ended'))
            chained = both(succeed('one').addCallback(lambda value: waiting), 'outer')
            chained.cancel()

            say('added while it runs')
            running = Deferred()
            def more(value):
                say('more')
                running.addCallback(callback('c'))
                return value
            running.addCallback(more)
            running.addCallback(callback('b'))
            running.callback('one')

            say('chained')
            source, target = Deferred(), Deferred()
            both(target, 'target')
            source.chainDeferred(target)
            source.addCallback(callback('source', 'end'))
            source.errback(ValueError('broken'))
            """;

    private final List<String> said = new ArrayList<>();

    private void say(String text) {
        said.add(text);
    }

    private Deferred.Callback<String, String> callback(String name, String result) {
        return value -> {
            say(name + " callback " + value);
            return result;
        };
    }

    private Deferred.Callback<Throwable, String> errback(String name, String result) {
        return failure -> {
            say(name + " errback " + (failure instanceof CancelledException ? "cancelled" : failure.getMessage()));
            return result;
        };
    }

    /** What it gets is told, and the next one gets it as well. */
    private Deferred<String> both(Deferred<String> deferred, String name) {
        return deferred.addBoth(outcome -> {
            switch (outcome) {
                case Outcome.Success<String> success -> say(name + " callback " + said(success.result()));
                case Outcome.Failure<String> failure ->
                    say(name + " errback "
                            + (failure.failure() instanceof CancelledException
                                    ? "cancelled"
                                    : failure.failure().getMessage()));
            }
        });
    }

    private static String said(Object value) {
        return value == null ? "None" : value.toString();
    }

    private static String thrown(String value) {
        throw new IllegalArgumentException("thrown");
    }

    private void results() {
        say("fired before");
        both(Deferred.succeed("one").addCallback(callback("a", "two")), "b");

        say("thrown and mended");
        both(
                both(Deferred.succeed("one").addCallback(TwistedChainsTest::thrown), "a")
                        .addErrback(errback("b", "mended")),
                "c");

        say("errbacks of the same step are passed over");
        Deferred<String> first = new Deferred<>();
        both(
                first.<String>addCallbacks(TwistedChainsTest::thrown, errback("a", "never"))
                        .addErrback(errback("b", "two")),
                "c");
        first.callback("one");

        say("waits for another");
        Deferred<String> outer = new Deferred<>();
        Deferred<String> inner = new Deferred<>();
        both(outer.thenCompose(value -> inner), "outer");
        outer.callback("one");
        say("not yet");
        inner.callback("two");

        say("paused");
        Deferred<String> paused = both(new Deferred<>(), "a");
        paused.pause();
        paused.callback("one");
        say("not yet");
        paused.unpause();
    }

    private void endings() {
        say("cancelled");
        Deferred<String> cancelled = new Deferred<>(d -> say("canceller"));
        both(cancelled.addErrback(errback("a", "after")), "b");
        cancelled.cancel();

        say("a late result after a cancellation");
        Deferred<String> late = new Deferred<>();
        late.addErrback(errback("a", "after"));
        late.cancel();
        late.callback("late");
        both(late, "b");

        say("cancels what it waits for");
        Deferred<String> waiting = new Deferred<>();
        waiting.addErrback(errback("inner", "ended"));
        both(Deferred.succeed("one").thenCompose(value -> waiting), "outer").cancel();

        say("added while it runs");
        Deferred<String> running = new Deferred<>();
        running.addCallback(value -> {
            say("more");
            running.addCallback(callback("c", value));
            return value;
        });
        running.addCallback(callback("b", "one"));
        running.callback("one");

        say("chained");
        Deferred<String> source = new Deferred<>();
        Deferred<String> target = new Deferred<>();
        both(target, "target").addErrback(failure -> "seen");
        source.chainDeferred(target);
        source.addCallback(callback("source", "end"));
        source.errback(new IllegalArgumentException("broken"));
    }

    @Test
    @RequiresProgram("python3")
    void theCallsAreTwisteds() throws Exception {
        Peers.requirePythonModule("twisted");
        List<String> theirs;
        try (Peer twisted = Peers.python(CHAINS)) {
            theirs = twisted.readLines();
        }
        results();
        endings();
        List<String> ours = said.stream()
                .map(line -> line.replace("source callback null", "source callback None"))
                .toList();
        assertThat(theirs).hasSizeGreaterThan(30);
        assertThat(ours).isEqualTo(theirs);
    }
}
