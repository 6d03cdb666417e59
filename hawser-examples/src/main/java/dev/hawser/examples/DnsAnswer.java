package dev.hawser.examples;

import dev.hawser.examples.DnsQuery.Question;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What {@link DnsServer} answers.
 *
 * <p>Source: RFC 1035, section 4; RFC 6891 for EDNS.
 *
 * @param query what it answers
 * @param code what is wrong, one of the numbers below
 * @param addresses each of the type that was asked for
 */
record DnsAnswer(DnsQuery query, int code, List<byte[]> addresses) {

    static final int NOERROR = 0;
    static final int FORMERR = 1;
    static final int NXDOMAIN = 3;
    static final int NOTIMP = 4;
    static final int REFUSED = 5;
    static final int BADVERS = 16;

    private static final Map<Integer, String> NAMES = Map.of(
            NOERROR,
            "NOERROR",
            FORMERR,
            "FORMERR",
            NXDOMAIN,
            "NXDOMAIN",
            NOTIMP,
            "NOTIMP",
            REFUSED,
            "REFUSED",
            BADVERS,
            "BADVERS");

    /** What every client takes; more would serve those who send in the name of others. */
    private static final int MAX_BYTES = 512;

    private static final int RECORD_BYTES = 12;
    private static final int EDNS_BYTES = 11;
    private static final int TIME_TO_LIVE_SECONDS = 60;

    private static final int FLAG_ANSWER = 0x8000;
    private static final int FLAG_AUTHORITATIVE = 0x0400;
    private static final int FLAG_TRUNCATED = 0x0200;
    private static final int FLAG_RECURSION_DESIRED = 0x0100;
    private static final int LOW_BITS_OF_CODE = 0xf;

    /** The question's name always stands after the header. */
    private static final int POINTER_TO_NAME = 0xc000 | DnsQuery.HEADER_BYTES;

    /** The datagram. */
    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        List<byte[]> sent = isTruncated() ? List.of() : addresses;
        Question question = query.question();
        out.putShort((short) query.id()).putShort((short) flags());
        out.putShort((short) (question == null ? 0 : 1)).putShort((short) sent.size());
        out.putShort((short) 0).putShort((short) (hasEdns() ? 1 : 0));
        if (question != null) {
            out.put(question.name()).putShort((short) question.type()).putShort((short) question.ofClass());
            for (byte[] address : sent) {
                out.putShort((short) POINTER_TO_NAME).putShort((short) question.type());
                out.putShort((short) question.ofClass()).putInt(TIME_TO_LIVE_SECONDS);
                out.putShort((short) address.length).put(address);
            }
        }
        if (hasEdns()) {
            out.put((byte) 0).putShort((short) DnsQuery.TYPE_OPT).putShort((short) MAX_BYTES);
            out.putInt(code >> 4 << 24)
                    .putShort((short) 0); // the high bits of the code; of version 0; no flags; no options
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private int flags() {
        boolean ours = code == NOERROR || code == NXDOMAIN;
        return FLAG_ANSWER
                | query.opcode()
                | (ours ? FLAG_AUTHORITATIVE : 0)
                | (isTruncated() ? FLAG_TRUNCATED : 0)
                | (query.flags() & FLAG_RECURSION_DESIRED)
                | (code & LOW_BITS_OF_CODE);
    }

    private boolean hasEdns() {
        return query.edns() >= 0;
    }

    private boolean isTruncated() {
        Question question = query.question();
        int bytes = DnsQuery.HEADER_BYTES + (question == null ? 0 : question.name().length + 4);
        for (byte[] address : addresses) {
            bytes += RECORD_BYTES + address.length;
        }
        return bytes + (hasEdns() ? EDNS_BYTES : 0) > MAX_BYTES;
    }

    /** What the server tells: {@code localhost A: NOERROR, 1 record}. */
    @Override
    public String toString() {
        Question question = query.question();
        return (question == null ? "no question" : question.toString()) + ": " + NAMES.get(code) + ", "
                + (isTruncated() ? "truncated" : Server.count(addresses.size(), "record"));
    }
}
