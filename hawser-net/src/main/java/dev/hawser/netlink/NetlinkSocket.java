package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ReceivedInto;
import dev.hawser.socket.SockaddrNl;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation with the kernel: one request whose answers are a list, or events of some groups. For one thread. */
final class NetlinkSocket implements Closeable {

    static final int ROUTE = Abi.value("NETLINK_ROUTE");
    static final int SOCK_DIAG = Abi.value("NETLINK_SOCK_DIAG");

    private static final int ERROR = Abi.value("NLMSG_ERROR");
    private static final int DONE = Abi.value("NLMSG_DONE");
    private static final int OVERRUN = Abi.value("NLMSG_OVERRUN");
    private static final int DUMP_INTERRUPTED = Abi.value("NLM_F_DUMP_INTR");

    private static final int FIRST_TYPE_OF_PROTOCOL = Abi.value("NLMSG_MIN_TYPE");
    private static final int LIST_ALL = Abi.value("NLM_F_REQUEST") | Abi.value("NLM_F_DUMP");
    private static final int HAS_WORDS = Abi.value("NLM_F_ACK_TLVS");
    private static final int REQUEST_CAPPED = Abi.value("NLM_F_CAPPED");
    private static final int ERROR_SIZE = Abi.value("sizeof(struct nlmsgerr)");
    private static final int ERROR_REQUEST = Abi.value("offsetof(struct nlmsgerr,msg)");
    private static final int WORDS = Abi.value("NLMSGERR_ATTR_MSG");

    /** The kernel fills no more than 32 KiB for a list, except where one link alone takes more. */
    private static final int USUAL_DATAGRAM_BYTES = 64 * 1024;

    private static final int MAX_DATAGRAM_BYTES = 16 * 1024 * 1024;

    /** How often a list is begun anew because it was not one moment's. */
    private static final int MAX_TRIES = 20;

    private static final int SEQUENCE = 1;
    private static final int SOL_NETLINK = Abi.value("SOL_NETLINK");
    private static final int EXTENDED_ACK = Abi.value("NETLINK_EXT_ACK");

    private final Socket socket;
    private final int portId;
    private byte[] buffer;

    /** What a message of a list stands for; null: it is none of those looked for. */
    @FunctionalInterface
    interface Decoder<T> {
        @Nullable
        T decode(NetlinkMessage message) throws MalformedNetlinkException;
    }

    /** Something came that cannot be had whole: it must be asked for again. */
    static final class Lost extends IOException {

        private static final long serialVersionUID = 1L;

        /** How large a buffer would have held it. */
        private final int bytes;

        Lost(String message, int bytes) {
            super(message);
            this.bytes = bytes;
        }
    }

    private NetlinkSocket(Socket socket, int portId, int bufferBytes) {
        this.socket = socket;
        this.portId = portId;
        this.buffer = new byte[bufferBytes];
    }

    /** A socket that also hears of the events of some groups. */
    static NetlinkSocket open(int protocol, int groups) throws IOException {
        return open(protocol, groups, USUAL_DATAGRAM_BYTES);
    }

    private static NetlinkSocket open(int protocol, int groups, int bufferBytes) throws IOException {
        Socket socket = new Socket(Constants.AF_NETLINK, Constants.SOCK_RAW, protocol);
        try {
            socket.setTimeout(null);
            socket.bind(new SockaddrNl(0, groups));
            int portId = socket.getSockName() instanceof SockaddrNl name ? name.pid() : 0;
            return new NetlinkSocket(socket, portId, bufferBytes);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Lists all of something, as it was at one moment: a list that the kernel says was changed meanwhile is thrown away.
     * Each try has a socket of its own, so that none gets the rest of the answers to another.
     *
     * @param operation what an error's message calls it
     */
    static <T> List<T> list(String operation, int protocol, int type, byte[] request, Decoder<T> decoder)
            throws IOException {
        int bufferBytes = USUAL_DATAGRAM_BYTES;
        for (int i = 0; i < MAX_TRIES; i++) {
            try (NetlinkSocket netlink = open(protocol, 0, bufferBytes)) {
                netlink.askForWords();
                List<T> all = netlink.tryToList(operation, type, request, decoder);
                if (all != null) {
                    return all;
                }
            } catch (Lost lost) {
                bufferBytes = Math.max(bufferBytes, lost.bytes);
            }
        }
        throw new NetlinkException(operation, Errno.EINTR, "it changed during each of " + MAX_TRIES + " attempts");
    }

    /** A kernel that says no more than an errno does its work as well. */
    private void askForWords() throws IOException {
        try {
            socket.setSockOpt(SOL_NETLINK, EXTENDED_ACK, 1);
        } catch (IOException e) {
            if (!(e instanceof SocketError error) || error.errno() != Errno.ENOPROTOOPT) {
                throw e;
            }
        }
    }

    /** All, or null where it was changed meanwhile. */
    private <T> @Nullable List<T> tryToList(String operation, int type, byte[] request, Decoder<T> decoder)
            throws IOException {
        socket.sendTo(new NetlinkMessage(type, LIST_ALL, SEQUENCE, 0, request).encode(), SockaddrNl.KERNEL);
        List<T> all = new ArrayList<>();
        boolean changed = false;
        while (true) {
            for (NetlinkMessage message : receive()) {
                if (message.sequence() != SEQUENCE || message.portId() != portId) {
                    continue;
                }
                changed |= (message.flags() & DUMP_INTERRUPTED) != 0;
                if (message.type() == DONE || message.type() == ERROR) {
                    throwIfFailed(operation, message);
                    return changed ? null : all;
                }
                T item = message.type() < FIRST_TYPE_OF_PROTOCOL ? null : decoder.decode(message);
                if (item != null) {
                    all.add(item);
                }
            }
        }
    }

    /**
     * The messages of the next datagram, in which there may be none for the caller.
     *
     * @throws Lost if the kernel had to drop some, or the datagram did not fit
     */
    List<NetlinkMessage> receive() throws IOException {
        ReceivedInto received = receiveDatagram();
        boolean fromKernel = received.address() instanceof SockaddrNl sender && sender.pid() == 0;
        if (!fromKernel) {
            return List.of(); // anybody on this machine may send to the port
        }
        if (received.count() > buffer.length) {
            int needed = received.count();
            if (needed > MAX_DATAGRAM_BYTES) {
                throw new MalformedNetlinkException("a datagram of " + needed + " bytes is none of netlink's");
            }
            int had = buffer.length;
            buffer = new byte[needed];
            throw new Lost("a datagram of " + needed + " bytes did not fit into " + had, needed);
        }
        List<NetlinkMessage> messages = NetlinkMessage.parse(Arrays.copyOf(buffer, received.count()));
        if (messages.stream().anyMatch(message -> message.type() == OVERRUN)) {
            throw new Lost("the kernel dropped messages (NLMSG_OVERRUN)", 0);
        }
        return messages;
    }

    private ReceivedInto receiveDatagram() throws IOException {
        try {
            return socket.recvFromInto(buffer, 0, buffer.length, Constants.MSG_TRUNC);
        } catch (IOException e) {
            if (e instanceof SocketError error && error.errno() == Errno.ENOBUFS) {
                throw lost(e);
            }
            throw e;
        }
    }

    private static Lost lost(IOException cause) {
        Lost lost = new Lost("the kernel dropped messages (ENOBUFS)", 0);
        lost.initCause(cause);
        return lost;
    }

    /** Both messages begin with the errno; of an error, the request follows, or its header alone. */
    static void throwIfFailed(String operation, NetlinkMessage message) throws IOException {
        boolean error = message.type() == ERROR;
        WireBytes body = message.body();
        if (!error && body.length() == 0) {
            return;
        }
        int errno = -(error ? body.as("struct nlmsgerr", ERROR_SIZE) : body).s32(0);
        if (errno != 0) {
            throw new NetlinkException(operation, errno, wordsOf(message, body));
        }
    }

    private static String wordsOf(NetlinkMessage message, WireBytes body) throws MalformedNetlinkException {
        if ((message.flags() & HAS_WORDS) == 0) {
            return "";
        }
        int at = Integer.BYTES;
        if (message.type() == ERROR) {
            boolean capped = (message.flags() & REQUEST_CAPPED) != 0;
            long request = body.u32(ERROR_REQUEST);
            at = capped ? ERROR_SIZE : ERROR_REQUEST + Attributes.align((int) Math.min(request, body.length()), 4);
        }
        String words = Attributes.parse(body.from(at)).text(WORDS);
        return words == null ? "" : words;
    }

    void setTimeout(@Nullable Duration timeout) {
        socket.setTimeout(timeout);
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
