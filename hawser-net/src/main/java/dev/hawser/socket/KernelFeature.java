package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;

/**
 * What a kernel may offer besides sockets, and whether this one does: each is tried, since a version number tells nothing of what a container or an
 * administrator has turned off.
 *
 * {@snippet file="dev/hawser/socket/KernelFeatureTest.java" region="feature"}
 *
 * <p><b>Threading:</b> safe from any thread.
 *
 * <p><b>Blocking and timeouts:</b> nothing waits.
 *
 * <p><b>Errors:</b> what the kernel refuses is an answer, not an exception.
 *
 * <p><b>Platform notes:</b> Linux.
 *
 * <p>Source: epoll(7), eventfd(2), signalfd(2), pidfd_open(2), io_uring_setup(2).
 */
public enum KernelFeature {
    /** Waiting for many descriptors, epoll(7). */
    EPOLL,
    /** A counter that can be waited for, eventfd(2). */
    EVENTFD,
    /** Signals that can be waited for, signalfd(2). */
    SIGNALFD,
    /** A descriptor of a process, pidfd_open(2). */
    PIDFD,
    /** Calls that are made and completed in shared memory, io_uring(7). */
    IO_URING;

    private static final List<String> IO_URING_FEATURES = List.of(
            "SINGLE_MMAP",
            "NODROP",
            "SUBMIT_STABLE",
            "RW_CUR_POS",
            "CUR_PERSONALITY",
            "FAST_POLL",
            "POLL_32BITS",
            "SQPOLL_NONFIXED",
            "EXT_ARG",
            "NATIVE_WORKERS",
            "RSRC_TAGS",
            "CQE_SKIP",
            "LINKED_FILE");

    /**
     * What came of a try.
     *
     * @param errno 0 where the kernel has the feature; else why not: ENOSYS where it does not know it, EPERM where it was turned off
     * @param details what it has of the feature, in the kernel's words in small letters: for io_uring its {@code IORING_FEAT_} names; for others nothing
     */
    public record Trial(int errno, List<String> details) {

        /**
         * With a list of its own.
         *
         * @param errno 0, or why not
         * @param details what it has
         */
        public Trial {
            details = List.copyOf(details);
        }

        /**
         * Whether the kernel has it.
         *
         * @return true where it does, and this process may use it
         */
        public boolean isAvailable() {
            return errno == 0;
        }
    }

    /**
     * Tries it: makes a descriptor, and closes it again.
     *
     * @return what came of it
     */
    public Trial probe() {
        SystemCalls calls = SystemCalls.installed();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(Abi.value("sizeof(struct io_uring_params)"), Long.BYTES);
            int fd = switch (this) {
                case EPOLL -> calls.epollCreate(Abi.value("EPOLL_CLOEXEC"));
                case EVENTFD -> calls.eventFd(0, Abi.value("EFD_CLOEXEC"));
                case SIGNALFD ->
                    calls.signalFd(arena.allocate(Abi.value("sizeof(sigset_t)"), Long.BYTES), Abi.value("SFD_CLOEXEC"));
                case PIDFD -> calls.pidFdOpen((int) ProcessHandle.current().pid(), 0);
                case IO_URING -> calls.ioUringSetup(1, params);
            };
            if (fd < 0) {
                return new Trial(-fd, List.of());
            }
            calls.close(fd);
            int features = params.get(JAVA_INT, Abi.value("offsetof(struct io_uring_params,features)"));
            return new Trial(
                    0,
                    IO_URING_FEATURES.stream()
                            .filter(name -> (features & Abi.value("IORING_FEAT_" + name)) != 0)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .toList());
        }
    }
}
