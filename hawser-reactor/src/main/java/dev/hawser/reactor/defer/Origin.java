package dev.hawser.reactor.defer;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in a program a {@link Deferred} was made or fired: one frame of the stack, which is cheap where a whole stack is not. */
final class Origin {

    private static final boolean ON = !"false".equals(System.getProperty("hawser.deferredStacks"));

    private static final StackWalker WALKER = StackWalker.getInstance();

    private static final Set<String> OWN =
            Set.of(Origin.class.getName(), Chain.class.getName(), Deferred.class.getName());

    private Origin() {}

    /** The first frame that is not in the classes of the chain itself; null if that is switched off. */
    static @Nullable Object here() {
        return ON
                ? WALKER.walk(
                        frames -> frames.filter(Origin::isForeign).findFirst().orElse(null))
                : null;
    }

    private static boolean isForeign(StackFrame frame) {
        return !OWN.contains(frame.getClassName());
    }

    static String madeAt(@Nullable Object made) {
        return made == null ? "" : "; made at " + made;
    }

    static String firedAt(@Nullable Object fired) {
        return fired == null ? "" : "; fired at " + fired;
    }
}
