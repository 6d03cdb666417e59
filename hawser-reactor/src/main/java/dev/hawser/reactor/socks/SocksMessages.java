package dev.hawser.reactor.socks;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The messages of all versions: how long they are, what they say, and how to say it. RFC 1928, RFC 1929, and the notes on versions 4 and 4a. */
final class SocksMessages {

    static final int VERSION_4 = 4;
    static final int VERSION_5 = 5;

    static final int NO_AUTHENTICATION = 0;
    static final int PASSWORD = 2;
    static final int NO_METHOD = 0xff;
    static final int PASSWORD_VERSION = 1;

    static final int GRANTED_4 = 90;
    static final int REFUSED_4 = 91;
    static final int REPLY_4_BYTES = 8;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    /** What version 4 has before the user's name. */
    private static final int FIXED_4_BYTES = 8;

    /** What version 5 has before the address. */
    private static final int FIXED_5_BYTES = 4;

    private static final int MAX_NAME_BYTES = 255;

    /** In version 4a, 0.0.0.1 to 0.0.0.255 say that a name follows. */
    private static final int MAX_NAME_MARK = 0xff;

    private SocksMessages() {}

    /** A request: what in version 4 names nobody has a user of null. */
    record Request(
            int version,
            int command,
            String host,
            int port,
            @Nullable String user) {}

    /** An answer: the code as in version 5, or of version 4 from 90 on. */
    record Reply(int code, Sockaddr address) {}

    // How long they are.

    /** The first message of a client, of either version. */
    static int first(byte[] held, int length) throws SocksException {
        if (length == 0) {
            return 1;
        }
        return switch (held[0]) {
            case VERSION_4 -> request4(held, length);
            case VERSION_5 -> length < 2 ? 2 : 2 + Byte.toUnsignedInt(held[1]);
            default -> throw notSocks(held[0]);
        };
    }

    private static int request4(byte[] held, int length) throws SocksException {
        if (length <= FIXED_4_BYTES) {
            return FIXED_4_BYTES + 1;
        }
        int userEnd = end(held, FIXED_4_BYTES, length);
        if (userEnd < 0) {
            return length + 1;
        }
        if (!isNameMark(ByteBuffer.wrap(held).getInt(4))) {
            return userEnd + 1;
        }
        int nameEnd = end(held, userEnd + 1, length);
        return nameEnd < 0 ? length + 1 : nameEnd + 1;
    }

    /** Where a text ends, -1 if it goes on. */
    private static int end(byte[] held, int from, int length) throws SocksException {
        for (int i = from; i < length; i++) {
            if (held[i] == 0) {
                return i;
            }
        }
        if (length - from > MAX_NAME_BYTES) {
            throw new SocksException(SocksException.FAILED, "a text of more than 255 bytes");
        }
        return -1;
    }

    private static boolean isNameMark(int address) {
        return address > 0 && address <= MAX_NAME_MARK;
    }

    static int credentials(byte[] held, int length) throws SocksException {
        if (length > 0 && held[0] != PASSWORD_VERSION) {
            throw new SocksException(SocksException.FAILED, "credentials of a version that is not 1: " + held[0]);
        }
        if (length < 2) {
            return 2;
        }
        int passwordAt = 2 + Byte.toUnsignedInt(held[1]);
        return length <= passwordAt ? passwordAt + 1 : passwordAt + 1 + Byte.toUnsignedInt(held[passwordAt]);
    }

    /** A request or a reply of version 5. */
    static int addressed(byte[] held, int length) throws SocksException {
        if (length > 0 && held[0] != VERSION_5) {
            throw notSocks(held[0]);
        }
        if (length <= FIXED_5_BYTES) {
            return FIXED_5_BYTES + 1;
        }
        return FIXED_5_BYTES + hostBytes(held[FIXED_5_BYTES - 1], held[FIXED_5_BYTES]) + Short.BYTES;
    }

    private static int hostBytes(byte type, byte first) throws SocksException {
        return switch (type) {
            case IPV4 -> Integer.BYTES;
            case IPV6 -> 2 * Long.BYTES;
            case NAME -> 1 + Byte.toUnsignedInt(first);
            default ->
                throw new SocksException(
                        SocksException.ADDRESS_TYPE_NOT_SUPPORTED, "an address of unknown type " + type);
        };
    }

    /** Two bytes, the first of which is a version. */
    static MessageReader.Shape answer(int version) {
        return (held, length) -> {
            if (length > 0 && held[0] != version) {
                throw notSocks(held[0]);
            }
            return 2;
        };
    }

    static int reply4(byte[] held, int length) throws SocksException {
        if (length > 0 && held[0] != 0) {
            throw notSocks(held[0]);
        }
        return REPLY_4_BYTES;
    }

    private static SocksException notSocks(byte version) {
        return new SocksException(
                SocksException.FAILED, "the peer does not speak SOCKS: version " + Byte.toUnsignedInt(version));
    }

    // What they say.

    /** Reads a request of version 4 or 5. */
    static Request request(byte[] message) throws SocksException {
        ByteBuffer from = ByteBuffer.wrap(message);
        int version = from.get();
        int command = Byte.toUnsignedInt(from.get());
        if (version == VERSION_5) {
            from.get(); // reserved
            String host = host(from);
            return new Request(version, command, host, Short.toUnsignedInt(from.getShort()), null);
        }
        int port = Short.toUnsignedInt(from.getShort());
        int address = from.getInt();
        String user = text(from, end(message, from.position(), message.length) - from.position());
        from.get();
        String host = isNameMark(address) ? name(from, from.remaining() - 1) : new SockaddrIn(address, 0).host();
        return new Request(version, command, host, port, user.isEmpty() ? null : user);
    }

    /** Reads the type of an address and the address, in text. */
    static String host(ByteBuffer from) throws SocksException {
        byte type = from.get();
        return switch (type) {
            case IPV4 -> new SockaddrIn(from.getInt(), 0).host();
            case IPV6 -> new SockaddrIn6(from.getLong(), from.getLong(), 0, 0, 0).host();
            default -> {
                hostBytes(type, (byte) 0);
                yield name(from, Byte.toUnsignedInt(from.get()));
            }
        };
    }

    /** What is no name of a host is asked of nobody. */
    private static String name(ByteBuffer from, int length) throws SocksException {
        String name = text(from, length);
        if (!name.matches("[!-~]+")) {
            throw new SocksException(SocksException.HOST_UNREACHABLE, "no name of a host");
        }
        return name;
    }

    private static String text(ByteBuffer from, int length) {
        byte[] text = new byte[length];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Null where one of the two is missing. */
    static @Nullable SocksCredentials credentials(byte[] message) {
        ByteBuffer from = ByteBuffer.wrap(message, 1, message.length - 1);
        String user = text(from, Byte.toUnsignedInt(from.get()));
        String password = text(from, Byte.toUnsignedInt(from.get()));
        try {
            return new SocksCredentials(user, password);
        } catch (IllegalArgumentException e) {
            return null; // nobody
        }
    }

    static Reply reply5(byte[] message) throws SocksException {
        ByteBuffer from = ByteBuffer.wrap(message, 1, message.length - 1);
        int code = Byte.toUnsignedInt(from.get());
        from.get(); // reserved
        String host = host(from);
        int port = Short.toUnsignedInt(from.getShort());
        Sockaddr address = literal(host, port);
        return new Reply(code, address == null ? new SockaddrIn(0, port) : address);
    }

    static Reply reply4(byte[] message) {
        ByteBuffer from = ByteBuffer.wrap(message, 1, message.length - 1);
        int code = Byte.toUnsignedInt(from.get());
        int port = Short.toUnsignedInt(from.getShort());
        return new Reply(code == GRANTED_4 ? 0 : code, new SockaddrIn(from.getInt(), port));
    }

    /** Null where it is a name. */
    static @Nullable Sockaddr literal(String host, int port) {
        if (host.isEmpty() || host.startsWith("<")) {
            return null; // which are no addresses to others
        }
        try {
            return host.contains(":") ? SockaddrIn6.of(host, port) : SockaddrIn.of(host, port);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    // Saying it.

    static byte[] request(SocksVersion version, int command, String host, int port, @Nullable String user) {
        Sockaddr address = literal(host, port);
        return version == SocksVersion.V5
                ? addressed(command, host, address, port)
                : request4(version, command, host, address, port, user);
    }

    private static byte[] request4(
            SocksVersion version,
            int command,
            String host,
            @Nullable Sockaddr address,
            int port,
            @Nullable String user) {
        boolean named = !(address instanceof SockaddrIn);
        if (named && version == SocksVersion.V4) {
            throw new IllegalArgumentException("version 4 has IPv4 addresses alone, not " + host + ": use V4A or V5");
        }
        byte[] name = named ? hostName(host) : new byte[0];
        byte[] userName = user == null ? new byte[0] : user.getBytes(StandardCharsets.UTF_8);
        ByteBuffer to = ByteBuffer.allocate(FIXED_4_BYTES + userName.length + 1 + (named ? name.length + 1 : 0));
        to.put((byte) VERSION_4).put((byte) command).putShort((short) port);
        to.putInt(address instanceof SockaddrIn in ? in.address() : 1);
        to.put(userName).put((byte) 0).put(name);
        return to.array();
    }

    /** A request, or a reply with a code in place of the command. */
    static byte[] addressed(int code, String host, @Nullable Sockaddr address, int port) {
        byte[] where = address(host, address);
        return ByteBuffer.allocate(3 + where.length + Short.BYTES)
                .put((byte) VERSION_5)
                .put((byte) code)
                .put((byte) 0)
                .put(where)
                .putShort((short) port)
                .array();
    }

    /** The type, and the address. */
    static byte[] address(String host, @Nullable Sockaddr address) {
        return switch (address) {
            case SockaddrIn in ->
                ByteBuffer.allocate(1 + Integer.BYTES)
                        .put((byte) IPV4)
                        .putInt(in.address())
                        .array();
            case SockaddrIn6 in6 ->
                ByteBuffer.allocate(1 + 2 * Long.BYTES)
                        .put((byte) IPV6)
                        .putLong(in6.high())
                        .putLong(in6.low())
                        .array();
            case null, default -> {
                byte[] name = hostName(host);
                yield ByteBuffer.allocate(2 + name.length)
                        .put((byte) NAME)
                        .put((byte) name.length)
                        .put(name)
                        .array();
            }
        };
    }

    private static byte[] hostName(String host) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        if (!host.matches("[!-~]{1,255}")) {
            throw new IllegalArgumentException("the name of a host has 1 to 255 letters of ASCII: " + host);
        }
        return name;
    }

    static byte[] credentials(SocksCredentials credentials) {
        byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = credentials.password().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + user.length + password.length)
                .put((byte) PASSWORD_VERSION)
                .put((byte) user.length)
                .put(user)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    /** An answer of a proxy. What version 4 cannot tell, it leaves out. */
    static byte[] reply(int version, int code, @Nullable Sockaddr address) {
        Sockaddr plain = address instanceof SockaddrIn6 in6 ? in6.unmapped() : address;
        if (version == VERSION_5) {
            Sockaddr told = plain instanceof SockaddrIn || plain instanceof SockaddrIn6 ? plain : new SockaddrIn(0, 0);
            return addressed(code, "", told, port(told));
        }
        SockaddrIn told = plain instanceof SockaddrIn in ? in : new SockaddrIn(0, 0);
        return ByteBuffer.allocate(REPLY_4_BYTES)
                .put((byte) 0)
                .put((byte) (code == 0 ? GRANTED_4 : REFUSED_4))
                .putShort((short) told.port())
                .putInt(told.address())
                .array();
    }

    /** How long the address and the port before a datagram's bytes are, at least. */
    static int datagramHeaderBytes(ByteBuffer from) throws SocksException {
        int at = from.position();
        return 1 + hostBytes(from.get(at), from.get(at + 1)) + Short.BYTES;
    }

    /** A datagram of a host for a client. */
    static ByteBuffer datagram(Sockaddr from, ByteBuffer data) {
        byte[] where = address("", from);
        return ByteBuffer.allocate(3 + where.length + Short.BYTES + data.remaining())
                .put(new byte[3])
                .put(where)
                .putShort((short) port(from))
                .put(data)
                .flip();
    }

    static int port(Sockaddr address) {
        return switch (address) {
            case SockaddrIn in -> in.port();
            case SockaddrIn6 in6 -> in6.port();
            default -> 0;
        };
    }

    /** The same address with another port. */
    static Sockaddr withPort(Sockaddr address, int port) {
        return switch (address) {
            case SockaddrIn in -> new SockaddrIn(in.address(), port);
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), port, in6.flowInfo(), in6.scopeId());
            default -> address;
        };
    }
}
