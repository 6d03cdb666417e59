package dev.hawser.posix;

/**
 * Linux's constants, sizes and offsets of descriptors, readiness, signals and time: {@code <fcntl.h>},
 * {@code <unistd.h>}, {@code <pwd.h>}, {@code <grp.h>}, {@code <limits.h>}, {@code <sys/epoll.h>}, {@code <poll.h>}, {@code <sys/eventfd.h>}, {@code <signal.h>},
 * {@code <sys/time.h>} and {@code <time.h>}.
 * {@link LinuxAbi} reads the table and describes its lines.
 */
final class LinuxFileAbi {
    static final String TABLE = """
            # <fcntl.h>
            # Commands of fcntl
            F_DUPFD 0
            F_GETFD 1
            F_SETFD 2
            F_GETFL 3
            F_SETFL 4
            F_DUPFD_CLOEXEC 1030
            # Flag of F_SETFD
            FD_CLOEXEC 1
            # Flags of open and F_SETFL
            O_RDONLY 0
            O_WRONLY 0x1
            O_RDWR 0x2
            O_CREAT 0x40
            O_EXCL 0x80
            O_NOCTTY 0x100
            O_TRUNC 0x200
            O_APPEND 0x400
            O_NDELAY 0x800
            O_NONBLOCK 0x800
            O_DSYNC 0x1000
            O_ASYNC 0x2000
            O_DIRECT 0x4000 0x10000
            O_DIRECTORY 0x10000 0x4000
            O_NOFOLLOW 0x20000 0x8000
            O_NOATIME 0x40000
            O_CLOEXEC 0x80000
            O_FSYNC 0x101000
            O_RSYNC 0x101000
            O_SYNC 0x101000
            O_PATH 0x200000
            O_TMPFILE 0x410000 0x404000
            # Flags of splice
            SPLICE_F_MOVE 0x1
            SPLICE_F_NONBLOCK 0x2
            SPLICE_F_MORE 0x4

            # <unistd.h>
            # Where lseek counts from
            SEEK_SET 0
            SEEK_CUR 1
            SEEK_END 2

            # <pwd.h>
            # A user
            sizeof(struct passwd) 48
            offsetof(struct passwd,pw_uid) 16
            offsetof(struct passwd,pw_gid) 20

            # <grp.h>
            # A group
            sizeof(struct group) 32
            offsetof(struct group,gr_gid) 16

            # <limits.h>
            # What a pipe takes at once, or not at all
            PIPE_BUF 4096

            # <sys/epoll.h>
            # Operations of epoll_ctl
            EPOLL_CTL_ADD 1
            EPOLL_CTL_DEL 2
            EPOLL_CTL_MOD 3
            # Flag of epoll_create1
            EPOLL_CLOEXEC 0x80000
            # Events
            EPOLLIN 0x1
            EPOLLPRI 0x2
            EPOLLOUT 0x4
            EPOLLERR 0x8
            EPOLLHUP 0x10
            EPOLLRDNORM 0x40
            EPOLLRDBAND 0x80
            EPOLLWRNORM 0x100
            EPOLLWRBAND 0x200
            EPOLLMSG 0x400
            EPOLLRDHUP 0x2000
            EPOLLEXCLUSIVE 0x10000000
            EPOLLWAKEUP 0x20000000
            EPOLLONESHOT 0x40000000
            EPOLLET 0x80000000
            # Packed on x86-64 only
            sizeof(struct epoll_event) 12 16
            offsetof(struct epoll_event,events) 0
            offsetof(struct epoll_event,data) 4 8

            # <poll.h>
            # Events
            POLLIN 0x1
            POLLPRI 0x2
            POLLOUT 0x4
            POLLERR 0x8
            POLLHUP 0x10
            POLLNVAL 0x20
            POLLRDNORM 0x40
            POLLRDBAND 0x80
            POLLWRNORM 0x100
            POLLWRBAND 0x200
            POLLMSG 0x400
            POLLREMOVE 0x1000
            POLLRDHUP 0x2000
            # Structures
            sizeof(struct pollfd) 8
            offsetof(struct pollfd,fd) 0
            offsetof(struct pollfd,events) 4
            offsetof(struct pollfd,revents) 6

            # <sys/eventfd.h>
            # Flags of eventfd
            EFD_SEMAPHORE 0x1
            EFD_NONBLOCK 0x800
            EFD_CLOEXEC 0x80000

            # <sys/signalfd.h>
            # Flags of signalfd
            SFD_NONBLOCK 0x800
            SFD_CLOEXEC 0x80000

            # <sys/syscall.h>
            # Calls that have no function in every C library
            SYS_io_uring_setup 425
            SYS_pidfd_open 434

            # <linux/io_uring.h>
            # What io_uring_setup tells of the kernel
            sizeof(struct io_uring_params) 120
            offsetof(struct io_uring_params,features) 20
            IORING_FEAT_SINGLE_MMAP 0x1
            IORING_FEAT_NODROP 0x2
            IORING_FEAT_SUBMIT_STABLE 0x4
            IORING_FEAT_RW_CUR_POS 0x8
            IORING_FEAT_CUR_PERSONALITY 0x10
            IORING_FEAT_FAST_POLL 0x20
            IORING_FEAT_POLL_32BITS 0x40
            IORING_FEAT_SQPOLL_NONFIXED 0x80
            IORING_FEAT_EXT_ARG 0x100
            IORING_FEAT_NATIVE_WORKERS 0x200
            IORING_FEAT_RSRC_TAGS 0x400
            IORING_FEAT_CQE_SKIP 0x800
            IORING_FEAT_LINKED_FILE 0x1000

            # <signal.h>
            sizeof(sigset_t) 128
            # Signals; SIGPOLL is another name of SIGIO
            SIGHUP 1
            SIGINT 2
            SIGQUIT 3
            SIGILL 4
            SIGTRAP 5
            SIGABRT 6
            SIGBUS 7
            SIGFPE 8
            SIGKILL 9
            SIGUSR1 10
            SIGSEGV 11
            SIGUSR2 12
            SIGPIPE 13
            SIGALRM 14
            SIGTERM 15
            SIGSTKFLT 16
            SIGCHLD 17
            SIGCONT 18
            SIGSTOP 19
            SIGTSTP 20
            SIGTTIN 21
            SIGTTOU 22
            SIGURG 23
            SIGXCPU 24
            SIGXFSZ 25
            SIGVTALRM 26
            SIGPROF 27
            SIGWINCH 28
            SIGIO 29
            SIGPWR 30
            SIGSYS 31
            SIGPOLL 29

            # <sys/time.h>
            sizeof(struct timeval) 16
            offsetof(struct timeval,tv_sec) 0
            offsetof(struct timeval,tv_usec) 8

            # <time.h>
            sizeof(struct timespec) 16
            offsetof(struct timespec,tv_sec) 0
            offsetof(struct timespec,tv_nsec) 8
            """;

    private LinuxFileAbi() {}
}
