package dev.hawser.netpoll;

import dev.hawser.posix.Abi;

/** The bits of epoll(7), by the names that the man page gives them. */
final class Epoll {

    static final int IN = Abi.value("EPOLLIN");
    static final int PRI = Abi.value("EPOLLPRI");
    static final int OUT = Abi.value("EPOLLOUT");
    static final int ERR = Abi.value("EPOLLERR");
    static final int HUP = Abi.value("EPOLLHUP");
    static final int RDHUP = Abi.value("EPOLLRDHUP");
    static final int ONESHOT = Abi.value("EPOLLONESHOT");
    static final int ET = Abi.value("EPOLLET");

    static final int CTL_ADD = Abi.value("EPOLL_CTL_ADD");
    static final int CTL_DEL = Abi.value("EPOLL_CTL_DEL");
    static final int CTL_MOD = Abi.value("EPOLL_CTL_MOD");
    static final int CLOEXEC = Abi.value("EPOLL_CLOEXEC");

    /** What a reader waits for. */
    static final int READABLE = IN | PRI | RDHUP;

    /** After these a short read does not mean that the kernel's buffer is empty. */
    static final int UNPREDICTABLE = PRI | RDHUP | HUP | ERR;

    /** How every descriptor is registered: both directions, once, for its whole life. */
    static final int WATCH = READABLE | OUT | ET;

    static final int EVENT_SIZE = Abi.value("sizeof(struct epoll_event)");
    static final int DATA_OFFSET = Abi.value("offsetof(struct epoll_event,data)");

    private Epoll() {}
}
