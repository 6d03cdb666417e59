package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Reads {@code struct tcp_info}, of whatever length this kernel has it. */
final class TcpInfoReader {

    /** What even the oldest kernels tell. */
    static final int MIN_BYTES = at("total_retrans") + Integer.BYTES;

    /** Room for the fields of kernels to come. */
    static final int MAX_BYTES = 4096;

    private static final long NEVER_MEASURED = 0xffff_ffffL;

    private final ByteBuffer struct;

    private TcpInfoReader(byte[] bytes) {
        this.struct = CBytes.of(bytes);
    }

    static TcpInfo read(byte[] bytes) {
        TcpInfoReader reader = new TcpInfoReader(bytes);
        return new TcpInfo(
                TcpState.of(reader.u8("state")),
                reader.terms(),
                reader.congestion(),
                reader.roundTrip(),
                reader.flight(),
                reader.idle(),
                reader.sent(),
                reader.received(),
                reader.delivery(),
                reader.busy());
    }

    private TcpInfo.Terms terms() {
        // Two bit fields of four bits, which offsetof cannot name, follow the options.
        int scales = Byte.toUnsignedInt(struct.get(at("options") + 1));
        return new TcpInfo.Terms(
                u8("options"), scales & 0xf, scales >>> 4, u32("snd_mss"), u32("rcv_mss"), u32("advmss"));
    }

    private TcpInfo.Congestion congestion() {
        return new TcpInfo.Congestion(
                u8("ca_state"),
                u32("snd_cwnd"),
                u32("snd_ssthresh"),
                u32("reordering"),
                u64("pacing_rate"),
                u64("max_pacing_rate"));
    }

    private TcpInfo.RoundTrip roundTrip() {
        long minimum = u32("min_rtt");
        return new TcpInfo.RoundTrip(
                micros(u32("rtt")),
                micros(u32("rttvar")),
                micros(minimum == NEVER_MEASURED ? -1 : minimum),
                micros(u32("rcv_rtt")),
                micros(u32("rto")),
                u32("pmtu"));
    }

    private TcpInfo.Flight flight() {
        return new TcpInfo.Flight(
                u32("unacked"), u32("sacked"), u32("lost"), u32("retrans"), u8("retransmits"), u8("probes"));
    }

    private TcpInfo.Idle idle() {
        return new TcpInfo.Idle(
                Duration.ofMillis(u32("last_data_sent")),
                Duration.ofMillis(u32("last_data_recv")),
                Duration.ofMillis(u32("last_ack_recv")),
                micros(u32("ato")));
    }

    private TcpInfo.Sent sent() {
        return new TcpInfo.Sent(
                u64("bytes_sent"),
                u64("bytes_acked"),
                u64("bytes_retrans"),
                u32("notsent_bytes"),
                u32("segs_out"),
                u32("data_segs_out"));
    }

    private TcpInfo.Received received() {
        return new TcpInfo.Received(
                u64("bytes_received"),
                u32("segs_in"),
                u32("data_segs_in"),
                u32("rcv_ooopack"),
                u32("rcv_space"),
                u32("rcv_ssthresh"));
    }

    private TcpInfo.Delivery delivery() {
        // A bit of its own, two bytes after the options.
        boolean limited = (struct.get(at("options") + 2) & 1) != 0;
        return new TcpInfo.Delivery(
                u64("delivery_rate"),
                limited,
                u32("delivered"),
                u32("delivered_ce"),
                u32("total_retrans"),
                u32("dsack_dups"));
    }

    private TcpInfo.Busy busy() {
        return new TcpInfo.Busy(
                micros(u64("busy_time")),
                micros(u64("rwnd_limited")),
                micros(u64("sndbuf_limited")),
                u32("snd_wnd"),
                u32("reord_seen"));
    }

    private int u8(String field) {
        return Byte.toUnsignedInt(struct.get(at(field)));
    }

    /** The field, or -1 where the struct ends before it. */
    private long u32(String field) {
        int at = at(field);
        return at + Integer.BYTES <= struct.limit() ? Integer.toUnsignedLong(struct.getInt(at)) : -1;
    }

    private long u64(String field) {
        int at = at(field);
        return at + Long.BYTES <= struct.limit() ? struct.getLong(at) : -1;
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static int at(String field) {
        return Abi.value("offsetof(struct tcp_info,tcpi_" + field + ")");
    }
}
