package dev.hawser.netlink;

import dev.hawser.posix.Abi;

/** Whether a link can carry packets, RFC 2863. Source: {@code <linux/if.h>}, IF_OPER_*. */
public enum OperationalState {
    /** The driver does not tell; the loopback is always so. */
    UNKNOWN(Abi.value("IF_OPER_UNKNOWN")),
    /** Some part of it is missing. */
    NOT_PRESENT(Abi.value("IF_OPER_NOTPRESENT")),
    /** It can carry none: the cable is out, or it was not set up. */
    DOWN(Abi.value("IF_OPER_DOWN")),
    /** A link that this one stands on is down. */
    LOWER_LAYER_DOWN(Abi.value("IF_OPER_LOWERLAYERDOWN")),
    /** It is being tested. */
    TESTING(Abi.value("IF_OPER_TESTING")),
    /** It waits for something, such as authentication. */
    DORMANT(Abi.value("IF_OPER_DORMANT")),
    /** It carries packets. */
    UP(Abi.value("IF_OPER_UP"));

    private final int number;

    OperationalState(int number) {
        this.number = number;
    }

    /** The state with an IF_OPER_* number; one that is not known is UNKNOWN. */
    static OperationalState of(int number) {
        for (OperationalState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
