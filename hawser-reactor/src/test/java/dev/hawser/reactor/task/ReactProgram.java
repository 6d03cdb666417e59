package dev.hawser.reactor.task;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import java.io.IOException;
import java.time.Duration;

/** A program of {@link Task#react}. The first argument says how it ends. */
final class ReactProgram {

    private ReactProgram() {}

    public static void main(String[] arguments) throws IOException {
        Task.react(ReactProgram::start, arguments);
    }

    private static Deferred<?> start(Reactor reactor, String... arguments) {
        return switch (arguments[0]) {
            case "result" -> Task.deferLater(reactor, Duration.ofMillis(1), () -> "result");
            case "failure" -> Deferred.fail(new IllegalArgumentException("on purpose"));
            case "exit" -> Deferred.fail(new ExitException(23));
            default -> waiting(reactor);
        };
    }

    /** Its end is work too, which takes some turns of the reactor. */
    private static Deferred<?> waiting(Reactor reactor) {
        reactor.addSystemEventTrigger(
                Reactor.Phase.BEFORE,
                Reactor.SystemEvent.SHUTDOWN,
                () -> Task.deferLater(reactor, Duration.ofMillis(50), () -> {
                    System.out.println("cleaned up");
                    return null;
                }));
        reactor.callLater(Duration.ZERO, () -> System.out.println("waiting"));
        return new Deferred<>();
    }
}
