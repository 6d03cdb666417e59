package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to a DNS server, as far as {@link DnsServer} understands it.
 *
 * <p>Source: RFC 1035, section 4; RFC 6891 for EDNS.
 *
 * @param id what the answer begins with
 * @param flags the second 16 bits of the header
 * @param question what is asked; null where the message is not one well-formed question
 * @param edns the version of EDNS; negative for none
 */
record DnsQuery(int id, int flags, @Nullable Question question, int edns) {

    static final int HEADER_BYTES = 12;

    /** This is an answer, not a question. */
    private static final int FLAG_ANSWER = 0x8000;

    private static final int OPCODE = 0x7800;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_LABEL_BYTES = 63;
    static final int TYPE_OPT = 41;
    private static final int POINTER = 0xc0;
    private static final int NO_EDNS = -1;

    /**
     * What is asked.
     *
     * @param name the name as it came: labels, each after a byte of its length, and a zero
     */
    @SuppressWarnings("ArrayRecordComponent") // goes back to the client as it came
    record Question(byte[] name, int type, int ofClass) {

        static final int TYPE_A = 1;
        static final int TYPE_AAAA = 28;

        private static final Map<Integer, String> TYPES = Map.of(TYPE_A, "A", TYPE_AAAA, "AAAA");

        /** The name as {@link DnsServer} keeps it: letters are of no case. */
        String key() {
            return new String(name, ISO_8859_1).toLowerCase(Locale.ROOT);
        }

        /** As people write it, {@code www.example.org A}; what is no letter, digit, hyphen or underscore as {@code ?}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int at = 0; name[at] != 0; at += 1 + name[at]) {
                String label = new String(name, at + 1, name[at], ISO_8859_1);
                text.append(at == 0 ? "" : ".").append(label.replaceAll("[^-_0-9A-Za-z]", "?"));
            }
            String ofType = TYPES.getOrDefault(type, "TYPE" + type);
            return (text.isEmpty() ? "." : text) + " " + ofType;
        }
    }

    /** What is wanted; 0 for a query of the usual kind. */
    int opcode() {
        return flags & OPCODE;
    }

    /** Understands any bytes: null where they are no query at all, and nothing is to be answered. */
    static @Nullable DnsQuery parse(byte[] message) {
        if (message.length < HEADER_BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(message);
        int id = Short.toUnsignedInt(in.getShort());
        int flags = Short.toUnsignedInt(in.getShort());
        if ((flags & FLAG_ANSWER) != 0) {
            return null;
        }
        DnsQuery malformed = new DnsQuery(id, flags, null, NO_EDNS);
        try {
            return in.getShort() == 1 && in.getShort() == 0 && in.getShort() == 0 ? sections(in, malformed) : malformed;
        } catch (BufferUnderflowException e) {
            return malformed;
        }
    }

    /** One question, no answers, no authorities, and additional records, of which one may be that of EDNS. */
    private static DnsQuery sections(ByteBuffer in, DnsQuery malformed) {
        int additional = Short.toUnsignedInt(in.getShort());
        byte[] name = name(in);
        if (name.length == 0) {
            return malformed;
        }
        Question question = new Question(name, Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()));
        int edns = NO_EDNS;
        for (int i = 0; i < additional; i++) {
            boolean ofRoot = skipName(in) == 1;
            boolean isEdns = Short.toUnsignedInt(in.getShort()) == TYPE_OPT;
            in.getShort(); // the class; of EDNS the longest datagram that the client takes
            int version = (in.getInt() >> 16) & 0xff; // the time to live otherwise
            skip(in, Short.toUnsignedInt(in.getShort()));
            if (isEdns && (!ofRoot || edns != NO_EDNS)) {
                return malformed;
            }
            edns = isEdns ? version : edns;
        }
        return in.hasRemaining() ? malformed : new DnsQuery(malformed.id(), malformed.flags(), question, edns);
    }

    /** The name of a question, which points nowhere: there is nothing before it. Empty where it is none. */
    private static byte[] name(ByteBuffer in) {
        int start = in.position();
        int length;
        while ((length = Byte.toUnsignedInt(in.get())) != 0) {
            if (length > MAX_LABEL_BYTES) {
                return new byte[0];
            }
            skip(in, length);
        }
        byte[] name = new byte[in.position() - start];
        in.get(start, name);
        return name.length > MAX_NAME_BYTES ? new byte[0] : name;
    }

    /** Returns how many bytes the name takes here; where it points does not matter. */
    private static int skipName(ByteBuffer in) {
        int start = in.position();
        int length;
        while ((length = Byte.toUnsignedInt(in.get())) != 0) {
            if (length >= POINTER) {
                in.get();
                break;
            }
            skip(in, length);
        }
        return in.position() - start;
    }

    private static void skip(ByteBuffer in, int bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }
}
