package dev.hawser.testkit;

import dev.hawser.posix.SystemCalls;
import dev.hawser.testkit.FaultRule.Fault;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes system calls fail, or transfer less than asked, as a kernel may at any time but seldom does in a test.
 *
 * {@snippet :
 * try (Faults faults = Faults.install();
 *         Socket socket = new Socket(AF_INET, SOCK_STREAM)) {
 *     faults.on("recv").times(3).fail(Errno.EINTR);
 *     faults.on("accept4").onCall(2).fail(Errno.EMFILE);
 *     faults.on("send").shortTo(1);
 *     faults.randomly(42, 0.1, "recv", "send").fail(Errno.EINTR, Errno.EAGAIN);
 *     // ...
 *     assertThat(faults.count("recv")).isEqualTo(3);
 * }
 * }
 *
 * <p>It holds for the sockets made while it is installed, and for what they accept: a socket keeps the calls that it
 * was made with. After {@link #close} they work on without faults. The rules are asked in the order of their making;
 * each counts every call that concerns it, and the first that wants a call to fail has its way.
 *
 * <p>What is injected is what a kernel could have done:
 * <ul>
 *   <li>After EAGAIN, or a transfer cut short, a descriptor that epoll watches edge-triggered is armed once more:
 *       whoever waits for the edge gets it if the descriptor is in truth ready.
 *   <li>{@code close} closes, whatever it is made to return: on Linux the number is gone even on an error.
 *   <li>{@code connect} that fails with EINTR or EINPROGRESS has begun, and goes on.
 *   <li>Any other call that fails has not been made: after EMFILE from {@code accept4} the connection still queues.
 * </ul>
 *
 * <h2>Threading</h2>
 * Safe from any thread. The system calls are one per process, so tests that inject faults must not run side by side.
 */
public final class Faults implements AutoCloseable {

    /** Of all calls, the one that returns a text, and so cannot fail. */
    private static final String CANNOT_FAIL = "gaiStrError";

    private static final SortedSet<String> NAMES = Arrays.stream(SystemCalls.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.equals(CANNOT_FAIL))
            .collect(Collectors.toCollection(TreeSet::new));

    private final SystemCalls before;
    private final SystemCalls faulty;
    private final EpollWatches watches;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Counts seen = new Counts();
    private final Counts injected = new Counts();
    private volatile boolean closed;

    private Faults(SystemCalls before) {
        this.before = before;
        this.watches = new EpollWatches(before);
        InvocationHandler handler = (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method, arguments)
                : call(new SystemCall(method, arguments == null ? new Object[0] : arguments));
        this.faulty = (SystemCalls)
                Proxy.newProxyInstance(SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, handler);
    }

    /** Installs itself over the system calls in use, without any fault yet. */
    public static Faults install() {
        Faults faults = new Faults(SystemCalls.installed());
        SystemCalls.install(faults.faulty);
        return faults;
    }

    /**
     * Begins a rule; it holds from its {@link FaultRule#fail} or {@link FaultRule#shortTo} on.
     *
     * @param calls the methods of {@link SystemCalls} that it is about, counted together
     * @throws IllegalArgumentException if there is no such call; the message lists all
     */
    public FaultRule on(String... calls) {
        if (calls.length == 0) {
            throw new IllegalArgumentException("which calls? There are " + NAMES);
        }
        List.of(calls).forEach(Faults::requireKnown);
        return new FaultRule(List.of(calls), this::add);
    }

    /**
     * Begins a rule that draws lots: the same seed and the same sequence of calls give the same faults.
     *
     * @param seed where the drawing starts; the rule's text has it
     * @param chance that a call fails, from 0 to 1
     * @param calls as for {@link #on}
     */
    public FaultRule randomly(long seed, double chance, String... calls) {
        return on(calls).withChance(seed, chance);
    }

    /** How often a call was made to fail, or cut short. */
    public long count(String call) {
        return injected.of(requireKnown(call));
    }

    /** How often a call was made, with and without a fault. */
    public long seen(String call) {
        return seen.of(requireKnown(call));
    }

    /** Ends all rules; what is installed stays. */
    public void clear() {
        rules.clear();
    }

    /** The rules as they would be written in a test, each with its counts: put it into a failure's message. */
    @Override
    public String toString() {
        return rules.stream().map(FaultRule::toString).collect(Collectors.joining("; ", "Faults[", "]"));
    }

    /**
     * Ends all rules and puts back the system calls that were in use before. Closing twice is fine.
     *
     * @throws IllegalStateException if others were installed over these and are still in use
     */
    @Override
    @SuppressWarnings("ReferenceEquality") // these very calls, not equal ones
    public void close() {
        if (closed) {
            return;
        }
        clear();
        SystemCalls current = SystemCalls.install(before);
        if (current != faulty) {
            SystemCalls.install(current);
            throw new IllegalStateException("close what was installed after these faults first: " + current);
        }
        closed = true;
    }

    private void add(FaultRule rule) {
        if (closed) {
            throw new IllegalStateException("these faults are closed");
        }
        rules.add(rule);
    }

    private Object call(SystemCall call) throws Throwable {
        seen.add(call.name());
        Fault fault = decide(call);
        if (fault == null) {
            return pass(call);
        }
        injected.add(call.name());
        return fault.errno() == 0 ? cutShort(call, fault.maxBytes()) : fail(call, fault.errno());
    }

    /** Every rule is asked, for its count. */
    private @Nullable Fault decide(SystemCall call) {
        Fault decided = null;
        for (FaultRule rule : rules) {
            Fault fault = rule.decide(call, decided == null);
            if (fault != null) {
                decided = fault;
            }
        }
        return decided;
    }

    private Object cutShort(SystemCall call, int maxBytes) throws Throwable {
        Object result = pass(call.shortenedTo(maxBytes));
        if (Long.valueOf(maxBytes).equals(result)) {
            // A reader that got less than it asked for may take it that there is no more, and wait.
            call.awaited().forEach(watches::rearm);
        }
        return result;
    }

    private Object fail(SystemCall call, int errno) throws Throwable {
        if (call.name().equals("close")) {
            pass(call);
        } else if (call.connectsInSpiteOf(errno)) {
            Object result = pass(call);
            if (!call.isUnderWay(result)) {
                return result;
            }
            call.awaited().forEach(watches::rearm);
        } else if (call.waitsAfter(errno)) {
            call.awaited().forEach(watches::rearm);
        }
        return call.failure(errno);
    }

    private Object pass(SystemCall call) throws Throwable {
        if (call.name().equals("epollControl")) {
            return watches.control(call, () -> real(call));
        }
        if (call.name().equals("close")) {
            watches.forget(call.fd());
        }
        return real(call);
    }

    private Object real(SystemCall call) throws Throwable {
        try {
            Object result = call.method().invoke(before, call.arguments());
            return Objects.requireNonNull(result);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // this is where equals comes from
    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> toString();
        };
    }

    private static String requireKnown(String call) {
        if (!NAMES.contains(call)) {
            throw new IllegalArgumentException("no system call \"" + call + "\"; there are " + NAMES);
        }
        return call;
    }

    /** How often something happened to each call. */
    private static final class Counts {

        private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

        void add(String call) {
            byName.computeIfAbsent(call, name -> new LongAdder()).increment();
        }

        long of(String call) {
            LongAdder count = byName.get(call);
            return count == null ? 0 : count.sum();
        }
    }
}
