package dev.hawser.posix;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seam between Hawser and the kernel: every system call that the modules above make goes through this interface.
 * {@link #LIBC} is the production implementation; a test puts another in its place with {@link #install} to make any
 * call fail in any way.
 *
 * <p>A call returns what the C function returns, or {@code -errno} where it failed. Nothing here retries, waits or
 * throws for an errno: that is policy, and lives above.
 *
 * <h2>Threading</h2>
 * All calls are safe from any thread, as the kernel's are.
 *
 * <h2>Memory</h2>
 * Every {@link MemorySegment} may be heap or native memory, but for messages, which hold pointers; its {@code byteSize}
 * is the length that the kernel sees.
 */
public interface SystemCalls {

    /** The calls of the C library that the JVM runs on. */
    SystemCalls LIBC = new SystemCalls() {};

    /**
     * The implementation in use.
     *
     * @throws UnsupportedOperationException if Hawser does not support this platform, or the JVM refuses native access
     */
    static SystemCalls installed() {
        return Installed.current();
    }

    /**
     * Replaces the implementation for all sockets made from now on; for tests.
     *
     * @return the one in use until now, to be put back
     */
    static SystemCalls install(SystemCalls calls) {
        return Installed.replace(calls);
    }

    /** {@code socket(2)}: a new descriptor. */
    default int socket(int family, int type, int protocol) {
        return SysSocket.socket(family, type, protocol);
    }

    /** {@code socketpair(2)}: writes two descriptors, ints, into the segment. */
    default int socketPair(int family, int type, int protocol, MemorySegment twoDescriptors) {
        return SysSocket.socketPair(family, type, protocol, twoDescriptors);
    }

    /** {@code bind(2)}. */
    default int bind(int fd, MemorySegment address, int addressLength) {
        return SysSocket.bind(fd, address, addressLength);
    }

    /** {@code listen(2)}. */
    default int listen(int fd, int backlog) {
        return SysSocket.listen(fd, backlog);
    }

    /** {@code accept4(2)}: a new descriptor; {@code addressLength} is an int, the room on entry, the length after. */
    default int accept4(int fd, MemorySegment address, MemorySegment addressLength, int flags) {
        return SysSocket.accept4(fd, address, addressLength, flags);
    }

    /** {@code connect(2)}. */
    default int connect(int fd, MemorySegment address, int addressLength) {
        return SysSocket.connect(fd, address, addressLength);
    }

    /** {@code getsockname(2)}; {@code addressLength} as for {@link #accept4}. */
    default int getSockName(int fd, MemorySegment address, MemorySegment addressLength) {
        return SysSocket.getSockName(fd, address, addressLength);
    }

    /** {@code getpeername(2)}; {@code addressLength} as for {@link #accept4}. */
    default int getPeerName(int fd, MemorySegment address, MemorySegment addressLength) {
        return SysSocket.getPeerName(fd, address, addressLength);
    }

    /** {@code getsockopt(2)}; {@code valueLength} is an int, the room on entry, the length after. */
    default int getSockOpt(int fd, int level, int name, MemorySegment value, MemorySegment valueLength) {
        return SysSocket.getSockOpt(fd, level, name, value, valueLength);
    }

    /** {@code setsockopt(2)}. */
    default int setSockOpt(int fd, int level, int name, MemorySegment value, int valueLength) {
        return SysSocket.setSockOpt(fd, level, name, value, valueLength);
    }

    /** {@code shutdown(2)}. */
    default int shutdown(int fd, int how) {
        return SysSocket.shutdown(fd, how);
    }

    /** {@code recv(2)}: the number of bytes, 0 at the end of a stream. */
    default long recv(int fd, MemorySegment buffer, int flags) {
        return SysSocket.recv(fd, buffer, flags);
    }

    /**
     * {@code recvfrom(2)}; {@code addressLength} as for {@link #accept4}, both NULL for nothing.
     *
     * @param takesLong whether a lock of the kernel may be waited for
     */
    default long recvFrom(
            int fd,
            MemorySegment buffer,
            int flags,
            MemorySegment address,
            MemorySegment addressLength,
            boolean takesLong) {
        return SysSocket.recvFrom(fd, buffer, flags, address, addressLength, takesLong);
    }

    /** {@code send(2)}: the number of bytes taken. */
    default long send(int fd, MemorySegment buffer, int flags) {
        return SysSocket.send(fd, buffer, flags);
    }

    /**
     * {@code sendto(2)}: the number of bytes taken.
     *
     * @param takesLong whether a lock of the kernel may be waited for
     */
    default long sendTo(
            int fd, MemorySegment buffer, int flags, MemorySegment address, int addressLength, boolean takesLong) {
        return SysSocket.sendTo(fd, buffer, flags, address, addressLength, takesLong);
    }

    /**
     * {@code recvmsg(2)}: the number of bytes. The segment is a {@code struct msghdr} in native memory; all that it points
     * to must stay where it is during the call.
     *
     * @param takesLong whether more than 64 KiB may be copied, or a lock of the kernel be waited for
     */
    default long recvMsg(int fd, MemorySegment message, int flags, boolean takesLong) {
        return SysSocket.recvMsg(fd, message, flags, takesLong);
    }

    /** {@code sendmsg(2)}: the number of bytes taken; the arguments are as for {@link #recvMsg}. */
    default long sendMsg(int fd, MemorySegment message, int flags, boolean takesLong) {
        return SysSocket.sendMsg(fd, message, flags, takesLong);
    }

    /**
     * {@code recvmmsg(2)} without a timeout: how many messages have come. The segment is an array of
     * {@code struct mmsghdr} in native memory.
     */
    default int recvMmsg(int fd, MemorySegment messages, int count, int flags) {
        return SysSocket.recvMmsg(fd, messages, count, flags);
    }

    /** {@code sendmmsg(2)}: how many messages were taken; {@code messages} as for {@link #recvMmsg}. */
    default int sendMmsg(int fd, MemorySegment messages, int count, int flags) {
        return SysSocket.sendMmsg(fd, messages, count, flags);
    }

    /** {@code open(2)}: a new descriptor. It may wait for a disk, or for the writer of a FIFO. */
    default int open(String path, int flags, int mode) {
        return Fcntl.open(path, flags, mode);
    }

    /** {@code lseek(2)}: the new position. */
    default long seek(int fd, long offset, int whence) {
        return Unistd.seek(fd, offset, whence);
    }

    /**
     * {@code sendfile(2)} from an offset: the number of bytes taken, 0 at the end of the file. It waits for the disk where
     * the bytes are not in memory.
     */
    default long sendFile(int outFd, int inFd, long offset, long count) {
        return SysSendfile.sendFile(outFd, inFd, offset, count);
    }

    /** {@code pipe2(2)}: writes two descriptors, ints, into the segment, the one to read from first. */
    default int pipe(MemorySegment twoDescriptors, int flags) {
        return Unistd.pipe(twoDescriptors, flags);
    }

    /**
     * {@code splice(2)} without offsets, one of the two a pipe: the number of bytes moved, 0 at the end of the stream. At
     * most 64 KiB, and with SPLICE_F_NONBLOCK: it holds up safepoints.
     */
    default long splice(int inFd, int outFd, long count, int flags) {
        return Fcntl.splice(inFd, outFd, count, flags);
    }

    /** {@code read(2)}, at most 64 KiB of a descriptor that does not wait: it holds up safepoints. */
    default long read(int fd, MemorySegment buffer) {
        return Unistd.read(fd, buffer);
    }

    /** {@code write(2)}, at most 64 KiB to a descriptor that does not wait: it holds up safepoints. */
    default long write(int fd, MemorySegment buffer) {
        return Unistd.write(fd, buffer);
    }

    /** {@code close(2)}. It may wait for the peer where SO_LINGER is set. The descriptor is gone even on an error. */
    default int close(int fd) {
        return Unistd.close(fd);
    }

    /** {@code fcntl(2)}, for the commands that take an int. */
    default int fcntl(int fd, int command, int argument) {
        return Fcntl.fcntl(fd, command, argument);
    }

    /** {@code epoll_create1(2)}: a new descriptor. */
    default int epollCreate(int flags) {
        return SysEpoll.create(flags);
    }

    /** {@code epoll_ctl(2)}. */
    default int epollControl(int epollFd, int operation, int fd, int events, long data) {
        return SysEpoll.control(epollFd, operation, fd, events, data);
    }

    /** {@code epoll_wait(2)}: fills the segment, as many events as it has room for. */
    default int epollWait(int epollFd, MemorySegment events, int timeoutMillis) {
        return SysEpoll.await(epollFd, events, timeoutMillis);
    }

    /**
     * {@code ppoll(2)} without a signal mask: how many are ready.
     *
     * @param descriptors an array of {@code struct pollfd}
     * @param count how many of them there are
     * @param timeoutNanos how long to wait; negative: without end
     */
    default int poll(MemorySegment descriptors, int count, long timeoutNanos) {
        return SysPoll.poll(descriptors, count, timeoutNanos);
    }

    /**
     * {@code pselect(2)} without a signal mask: how many bits are set in the three sets, which are overwritten. A set is an
     * array of longs, as long as {@code numbers} needs, or NULL.
     *
     * @param numbers the highest number in any set, plus 1; one beyond the process's table of descriptors is passed over
     * @param timeoutNanos how long to wait; negative: without end
     */
    default int select(
            int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional, long timeoutNanos) {
        return SysSelect.select(numbers, readable, writable, exceptional, timeoutNanos);
    }

    /** {@code eventfd(2)}: a new descriptor. */
    default int eventFd(int count, int flags) {
        return SysEventfd.eventFd(count, flags);
    }

    /** {@code signalfd(2)}: a new descriptor; the mask is a sigset_t in native memory. */
    default int signalFd(MemorySegment mask, int flags) {
        return SysSignalfd.signalFd(mask, flags);
    }

    /** {@code pidfd_open(2)}: a new descriptor. */
    default int pidFdOpen(int pid, int flags) {
        return SysSyscall.pidFdOpen(pid, flags);
    }

    /** {@code io_uring_setup(2)}: a new descriptor; {@code params} is an io_uring_params in native memory, read and written. */
    default int ioUringSetup(int entries, MemorySegment params) {
        return SysSyscall.ioUringSetup(entries, params);
    }

    /** {@code gethostname(2)}: writes the name and a zero into the segment. */
    default int getHostName(MemorySegment name) {
        return Unistd.getHostName(name);
    }

    /** {@code sethostname(2)}. */
    default int setHostName(MemorySegment name) {
        return Unistd.setHostName(name);
    }

    /** {@code setpgid(2)}: puts a process, 0 for this one, into a process group, 0 for a new one of its own number. */
    default int setPgid(int pid, int group) {
        return Unistd.setPgid(pid, group);
    }

    /** {@code geteuid(2)}: whose this process is. */
    default int getEUid() {
        return Unistd.getEUid();
    }

    /** {@code setuid(2)}, of all threads. */
    default int setUid(int uid) {
        return Unistd.setUid(uid);
    }

    /** {@code setgid(2)}, of all threads. */
    default int setGid(int gid) {
        return Unistd.setGid(gid);
    }

    /** {@code initgroups(3)}: a user's groups, and one more, for all threads. It may ask a server, and wait. */
    default int initGroups(String user, int group) {
        return Grp.initGroups(user, group);
    }

    /** {@code getpwnam_r(3)}: it may ask a server, and wait. */
    default Answer<UserEntry> getPwNam(String name) {
        return Pwd.getPwNam(name);
    }

    /** {@code getgrnam_r(3)}: it may ask a server, and wait. */
    default Answer<Integer> getGrNam(String name) {
        return Grp.getGrNam(name);
    }

    /** {@code kill(2)}: sends a signal to a process. */
    default int kill(int pid, int signal) {
        return Signal.kill(pid, signal);
    }

    /**
     * {@code getaddrinfo(3)}. It may wait for seconds, in libc: never call it on a virtual thread, unless AI_NUMERICHOST
     * and AI_NUMERICSERV are set. The code is an EAI_*.
     */
    default Answer<List<AddrInfoEntry>> getAddrInfo(
            @Nullable String node, @Nullable String service, AddrInfoEntry hints) {
        return Netdb.getAddrInfo(node, service, hints);
    }

    /**
     * {@code getnameinfo(3)}. It may wait for seconds, in libc: never call it on a virtual thread, unless NI_NUMERICHOST
     * and NI_NUMERICSERV are set. The code is an EAI_*.
     */
    default Answer<NodeAndService> getNameInfo(MemorySegment address, int flags) {
        return Netdb.getNameInfo(address, flags);
    }

    /** {@code gai_strerror(3)}: the text of an EAI_* code. */
    default String gaiStrError(int code) {
        return Netdb.gaiStrError(code);
    }

    /** {@code gethostbyname_r(3)}: IPv4 alone. It may wait, as {@link #getAddrInfo} does. The code is an h_errno. */
    default Answer<Hostent> getHostByName(String name) {
        return NetdbEntries.getHostByName(name);
    }

    /** {@code gethostbyaddr_r(3)}. It may wait, as {@link #getAddrInfo} does. The code is an h_errno. */
    default Answer<Hostent> getHostByAddr(MemorySegment address, int family) {
        return NetdbEntries.getHostByAddr(address, family);
    }

    /** {@code hstrerror(3)}: the text of an h_errno. */
    default String hStrError(int code) {
        return Netdb.hStrError(code);
    }

    /** {@code getservbyname_r(3)}. It may wait, as {@link #getAddrInfo} does. The code is an errno. */
    default Answer<Servent> getServByName(String name, @Nullable String protocol) {
        return NetdbEntries.getServByName(name, protocol);
    }

    /** {@code getservbyport_r(3)}; the port is in the host's byte order. Otherwise as {@link #getServByName}. */
    default Answer<Servent> getServByPort(int port, @Nullable String protocol) {
        return NetdbEntries.getServByPort(port, protocol);
    }

    /** {@code getprotobyname_r(3)}. It may wait, as {@link #getAddrInfo} does. The code is an errno. */
    default Answer<Protoent> getProtoByName(String name) {
        return NetdbEntries.getProtoByName(name);
    }

    /** {@code inet_aton(3)}: writes 4 bytes and returns 1, or 0 where the text is no address. */
    default int inetAton(String text, MemorySegment address) {
        return ArpaInet.inetAton(text, address);
    }

    /** {@code inet_pton(3)}: writes 4 or 16 bytes and returns 1, or 0 where the text is no address. */
    default int inetPton(int family, String text, MemorySegment address) {
        return ArpaInet.inetPton(family, text, address);
    }

    /** {@code inet_ntop(3)}: writes the text and a zero. */
    default int inetNtop(int family, MemorySegment address, MemorySegment text) {
        return ArpaInet.inetNtop(family, address, text);
    }

    /** {@code if_nameindex(3)}. The code is an errno. */
    default Answer<List<InterfaceEntry>> ifNameIndex() {
        return NetIf.ifNameIndex();
    }

    /** {@code if_nametoindex(3)}. */
    default int ifNameToIndex(String name) {
        return NetIf.ifNameToIndex(name);
    }

    /** {@code if_indextoname(3)}. The code is an errno. */
    default Answer<String> ifIndexToName(int index) {
        return NetIf.ifIndexToName(index);
    }
}
