package dev.hawser.netlink;

import dev.hawser.posix.Abi;

/** Whether a link can carry packets, RFC 2863. Source: {@code <linux/if.h>}, IF_OPER_*. */
public enum OperationalState {
    /** The driver does not tell; the loopback is always so. */
    UNKNOWN,
    /** Some part of it is missing. */
    NOT_PRESENT,
    /** It can carry none: the cable is out, or it was not set up. */
    DOWN,
    /** A link that this one stands on is down. */
    LOWER_LAYER_DOWN,
    /** It is being tested. */
    TESTING,
    /** It waits for something, such as authentication. */
    DORMANT,
    /** It carries packets. */
    UP;

    private static final int[] NUMBERS = {
        Abi.value("IF_OPER_UNKNOWN"),
        Abi.value("IF_OPER_NOTPRESENT"),
        Abi.value("IF_OPER_DOWN"),
        Abi.value("IF_OPER_LOWERLAYERDOWN"),
        Abi.value("IF_OPER_TESTING"),
        Abi.value("IF_OPER_DORMANT"),
        Abi.value("IF_OPER_UP")
    };

    /** The state with an IF_OPER_* number; one that is not known is UNKNOWN. */
    static OperationalState of(int number) {
        for (OperationalState state : values()) {
            if (NUMBERS[state.ordinal()] == number) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
