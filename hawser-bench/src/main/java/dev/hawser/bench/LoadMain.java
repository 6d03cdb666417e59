package dev.hawser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/**
 * The load process: {@code LoadMain SCENARIO ARGUMENTS...}.
 *
 * <p>Takes requests on standard input, a line each, and answers each with one line: {@code measured} and a
 * {@link Window}, or {@code failed} and the reason. One process loads all servers in turn, so that all of them meet the
 * same compiled code.
 */
final class LoadMain {
    static final String MEASURED = "measured ";
    static final String FAILED = "failed ";

    private LoadMain() {}

    public static void main(String[] args) throws InterruptedException {
        Scenario scenario = Scenarios.named(args[0], Arrays.asList(args).subList(1, args.length));
        BlockingQueue<String> requests = ParentLink.endWithParent();
        while (true) {
            ParentLink.say(answer(scenario, Request.fromLine(requests.take())));
        }
    }

    private static String answer(Scenario scenario, Request request) {
        try {
            return MEASURED
                    + scenario.measure(request.target(), request.settling(), request.measuring())
                            .toLine();
        } catch (IOException e) {
            String reason = e.getMessage();
            return FAILED + (reason == null ? e.toString() : reason.replace('\n', ' '));
        }
    }

    /** What the bench asks for: load this server so long. */
    record Request(Scenario.Target target, Duration settling, Duration measuring) {
        String toLine() {
            return target.port() + " " + target.pid() + " " + settling.toMillis() + " " + measuring.toMillis();
        }

        static Request fromLine(String line) {
            String[] words = line.split(" ", -1);
            return new Request(
                    new Scenario.Target(Integer.parseInt(words[0]), Long.parseLong(words[1])),
                    Duration.ofMillis(Long.parseLong(words[2])),
                    Duration.ofMillis(Long.parseLong(words[3])));
        }
    }
}
