package dev.hawser.testkit;

import dev.hawser.posix.Errno;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls fail, and how. Without more it is every call; {@link #onCall}, {@link #every} and {@link #withChance}
 * choose among them (the last one named counts), {@link #times} sets an end, {@link #forDescriptor} leaves out all
 * other descriptors. {@link #fail} or {@link #shortTo} puts the rule into force; from then on it cannot be changed.
 *
 * <h2>Threading</h2>
 * Make it on one thread. In force it is safe from any.
 */
public final class FaultRule {

    /**
     * What happens to a call.
     *
     * @param errno the error, or 0: it is cut short
     * @param maxBytes then, to how many bytes
     */
    record Fault(int errno, int maxBytes) {}

    /** Which of the calls, by their number, from 1. */
    @FunctionalInterface
    private interface Choice {
        boolean takes(long number);
    }

    /** The calls that fail with codes of their own. */
    private static final Set<String> CODED = Set.of("getAddrInfo", "getNameInfo", "getHostByName", "getHostByAddr");

    private final List<String> calls;
    private final Consumer<FaultRule> inForce;
    private final StringBuilder text = new StringBuilder();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    private Choice choice = number -> true;
    private long limit = Long.MAX_VALUE;
    private boolean byLot;
    private long seed;
    private @Nullable Integer onlyFd;
    private int[] errnos = {};
    private int maxBytes;
    private boolean complete;

    FaultRule(List<String> calls, Consumer<FaultRule> inForce) {
        this.calls = calls;
        this.inForce = inForce;
        text.append(calls.stream().collect(Collectors.joining("\", \"", "on(\"", "\")")));
    }

    /** At most so many times; alone, the first so many calls. */
    public FaultRule times(long times) {
        limit = atLeastOne(times);
        return with("times", times);
    }

    /** The one call with this number, counted from 1 and from now. */
    public FaultRule onCall(long number) {
        atLeastOne(number);
        choice = n -> n == number;
        return with("onCall", number);
    }

    /** Each call whose number is a multiple of this. */
    public FaultRule every(long nth) {
        atLeastOne(nth);
        choice = n -> n % nth == 0;
        return with("every", nth);
    }

    /**
     * By lot. The fate of a call depends on the seed and its number alone, on whatever thread it is made.
     *
     * @param newSeed any number; the same gives the same again
     * @param chance from 0 (never) to 1 (always)
     */
    public FaultRule withChance(long newSeed, double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a chance is from 0 to 1, not " + chance);
        }
        byLot = true;
        seed = newSeed;
        choice = n -> draw(newSeed, n) < chance;
        return with("withChance", newSeed + "L, " + chance);
    }

    /** Only for calls on this descriptor. */
    public FaultRule forDescriptor(int fd) {
        onlyFd = fd;
        return with("forDescriptor", fd);
    }

    /**
     * Makes the calls fail.
     *
     * @param anyOf the errno; of several each in turn, or by lot where the calls are chosen by lot. For
     *     {@code getAddrInfo} and {@code getNameInfo} an EAI_* code, for {@code getHostByName} and {@code getHostByAddr}
     *     an h_errno
     * @return this rule, in force
     */
    public FaultRule fail(int... anyOf) {
        if (anyOf.length == 0) {
            throw new IllegalArgumentException("with which errno?");
        }
        for (int errno : anyOf) {
            if (errno == 0 || (errno < 0 && !CODED.containsAll(calls))) {
                throw new IllegalArgumentException("an errno is greater than 0: " + errno);
            }
        }
        errnos = anyOf.clone();
        String names = Arrays.stream(anyOf).mapToObj(FaultRule::nameOf).collect(Collectors.joining(", "));
        return complete("fail", names);
    }

    /**
     * Makes the calls transfer no more than so many bytes. Calls on buffers that are no larger are left alone, and not
     * counted. On a datagram socket that cuts the message, as the kernel does.
     *
     * @param bytes 1 or more
     * @return this rule, in force
     * @throws IllegalArgumentException if one of the calls is no transfer
     */
    public FaultRule shortTo(int bytes) {
        if (!SystemCall.TRANSFERS.containsAll(calls)) {
            throw new IllegalArgumentException("only " + SystemCall.TRANSFERS + " can be cut short, not " + calls);
        }
        maxBytes = (int) atLeastOne(bytes);
        return complete("shortTo", bytes);
    }

    /** How many calls it has made fail. */
    public long injected() {
        return taken.get();
    }

    /** How many calls it was asked about. */
    public long seen() {
        return numbers.get();
    }

    /** The rule as it would be written in a test, seed and all, and its counts. */
    @Override
    public String toString() {
        return text + " (" + injected() + " of " + seen() + " calls)";
    }

    /**
     * Counts a call, if it concerns this rule, and decides on its fate.
     *
     * @param free whether no other rule has decided yet
     */
    @Nullable
    Fault decide(SystemCall call, boolean free) {
        if (!concerns(call)) {
            return null;
        }
        long number = numbers.incrementAndGet();
        if (!free || !choice.takes(number)) {
            return null;
        }
        long before = taken.getAndUpdate(n -> n < limit ? n + 1 : n);
        return before < limit ? fault(number, before) : null;
    }

    private boolean concerns(SystemCall call) {
        return calls.contains(call.name())
                && (onlyFd == null || onlyFd == call.fd())
                && (errnos.length > 0 || call.transfersMoreThan(maxBytes));
    }

    private Fault fault(long number, long before) {
        if (errnos.length == 0) {
            return new Fault(0, maxBytes);
        }
        // Another draw than the one that chose the call: that one was small.
        double index = byLot ? draw(~seed, number) * errnos.length : before % errnos.length;
        return new Fault(errnos[(int) index], 0);
    }

    private FaultRule with(String name, Object argument) {
        if (complete) {
            throw new IllegalStateException("the rule is in force already: " + this);
        }
        text.append(String.format(Locale.ROOT, ".%s(%s)", name, argument));
        return this;
    }

    private FaultRule complete(String name, Object argument) {
        with(name, argument);
        complete = true;
        inForce.accept(this);
        return this;
    }

    private static long atLeastOne(long n) {
        if (n < 1) {
            throw new IllegalArgumentException("at least 1, not " + n);
        }
        return n;
    }

    private static String nameOf(int errno) {
        return errno < 0 ? Integer.toString(errno) : "Errno." + Errno.name(errno);
    }

    /** A number from 0 to 1, without state, so that threads cannot disturb the sequence: the mixer of SplitMix64. */
    private static double draw(long from, long number) {
        long z = from + number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-53;
    }
}
