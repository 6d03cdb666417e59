package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the Javadoc, compiled and run. */
@Timeout(60)
class DeferSnippetsTest {

    private final Deferred<String> line = new Deferred<>();
    private final List<String> told = new ArrayList<>();

    // @start region="chain"
    static void readPort(Deferred<String> line, List<String> told) {
        line.addCallback(Integer::parseInt) // a Deferred<Integer> from here on
                .addErrback(failure -> 7007) // such as of a NumberFormatException: goes on with another port
                .addCallback(port -> "port " + port)
                .finish(told::add, failure -> told.add("no port: " + failure));
    }
    // @end

    @Test
    void aResultGoesThroughTheChain() {
        readPort(line, told);
        line.callback("80");
        assertThat(told).containsExactly("port 80");
    }

    @Test
    void whatACallbackThrowsGoesToTheNextErrback() {
        readPort(line, told);
        line.callback("eighty");
        assertThat(told).containsExactly("port 7007");
    }

    // @start region="compose"
    static Deferred<String> lookUpAndGreet(
            Function<String, Deferred<String>> lookUp, Function<String, Deferred<String>> greet, String name) {
        return lookUp.apply(name)
                .thenCompose(greet::apply) // waits for the second one, too
                .addErrback(failure -> "nobody: " + failure.getMessage());
    }
    // @end

    @Test
    void oneMayWaitForAnother() {
        Deferred<String> address = new Deferred<>();
        lookUpAndGreet(name -> address, found -> Deferred.succeed("hello, " + found), "localhost")
                .finish(told::add, failure -> told.add("no"));
        address.callback("127.0.0.1");
        lookUpAndGreet(name -> Deferred.fail(new IOException("unknown")), Deferred::succeed, "nowhere")
                .finish(told::add, failure -> told.add("no"));
        assertThat(told).containsExactly("hello, 127.0.0.1", "nobody: unknown");
    }

    // @start region="await"
    /** The same as a coroutine: on a virtual thread, a step that waits is a call, and a failure an exception. */
    static String lookUpAndGreetInTurn(
            Function<String, Deferred<String>> lookUp, Function<String, Deferred<String>> greet, String name)
            throws Exception {
        try {
            String address = lookUp.apply(name).await();
            return greet.apply(address).await();
        } catch (IOException e) {
            return "nobody: " + e.getMessage();
        }
    }
    // @end

    @Test
    void aVirtualThreadWaits() throws Exception {
        Thread coroutine = Thread.startVirtualThread(() -> {
            try {
                told.add(lookUpAndGreetInTurn(Deferred::succeed, found -> line, "localhost"));
                told.add(lookUpAndGreetInTurn(
                        name -> Deferred.fail(new IOException("unknown")), Deferred::succeed, "nowhere"));
            } catch (Exception e) {
                told.add(e.toString());
            }
        });
        line.callback("hello");
        coroutine.join();
        assertThat(told).containsExactly("hello", "nobody: unknown");
    }

    // @start region="list"
    static Deferred<Integer> sum(List<Deferred<Integer>> parts) {
        return DeferredList.gatherResults(parts)
                .addCallback(all -> all.stream().mapToInt(Integer::intValue).sum());
    }
    // @end

    @Test
    void resultsAreGathered() throws Exception {
        Deferred<Integer> later = new Deferred<>();
        Deferred<Integer> sum = sum(List.of(Deferred.succeed(1), later));
        later.callback(2);
        assertThat(sum.await()).isEqualTo(3);
    }
}
