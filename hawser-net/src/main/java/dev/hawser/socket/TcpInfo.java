package dev.hawser.socket;

import java.time.Duration;

/**
 * What the kernel knows of a TCP connection, the value of TCP_INFO, {@code struct tcp_info} of {@code <linux/tcp.h>}; what
 * {@code ss -i} shows.
 *
 * <p>Kernels add fields at the end of the struct. Those that came after this version are left out; a number or a time
 * that this kernel does not tell is negative.
 *
 * @param state the state of the connection
 * @param terms what the two sides agreed on
 * @param congestion how much may be under way, and how fast
 * @param roundTrip how long the way is
 * @param flight what is under way
 * @param idle since when nothing has happened
 * @param sent what was sent
 * @param received what was received
 * @param delivery how well it arrives
 * @param busy what the time was spent with
 */
public record TcpInfo(
        TcpState state,
        Terms terms,
        Congestion congestion,
        RoundTrip roundTrip,
        Flight flight,
        Idle idle,
        Sent sent,
        Received received,
        Delivery delivery,
        Busy busy) {

    static final OptionCodec<TcpInfo> CODEC =
            OptionCodec.readOnly(TcpInfo.class, TcpInfoReader.MIN_BYTES, TcpInfoReader.MAX_BYTES, TcpInfoReader::read);

    /**
     * What the two sides agreed on.
     *
     * @param options flags, or-ed: 1 timestamps, 2 selective acknowledgements, 4 window scaling, 8 ECN, 16 ECN seen, 32 data
     *     in the SYN acknowledged
     * @param sendScale by how many bits the peer's window is scaled
     * @param receiveScale by how many bits the own window is scaled
     * @param sendSegment the largest segment sent, in bytes
     * @param receiveSegment the largest segment received, as guessed, in bytes
     * @param advertisedSegment the largest segment that the peer was told of, in bytes
     */
    public record Terms(
            int options,
            int sendScale,
            int receiveScale,
            long sendSegment,
            long receiveSegment,
            long advertisedSegment) {}

    /**
     * How much may be under way, and how fast.
     *
     * @param state 0 open, 1 disorder, 2 window reduced, 3 recovery, 4 loss
     * @param window the congestion window in segments
     * @param slowStartThreshold in segments; 2147483647: none yet
     * @param reordering how many segments out of order are taken for reordering, not for loss
     * @param pacingRate bytes in a second; -1: as fast as it goes
     * @param maxPacingRate the limit of SO_MAX_PACING_RATE in bytes in a second; -1: none
     */
    public record Congestion(
            int state, long window, long slowStartThreshold, long reordering, long pacingRate, long maxPacingRate) {}

    /**
     * How long the way is.
     *
     * @param smoothed the smoothed round-trip time, in microseconds
     * @param variation its mean deviation, in microseconds
     * @param minimum the least round-trip time of late, in microseconds; negative where none was measured yet
     * @param receiver the round-trip time as a receiver guesses it, in microseconds; zero where it has not
     * @param retransmitTimeout when a segment is sent again, in microseconds
     * @param pathMtu the MTU of the path in bytes
     */
    public record RoundTrip(
            Duration smoothed,
            Duration variation,
            Duration minimum,
            Duration receiver,
            Duration retransmitTimeout,
            long pathMtu) {}

    /**
     * What is under way. On a listening socket, {@code unacknowledged} is the number of connections that wait to be
     * accepted, and {@code selectivelyAcknowledged} the backlog.
     *
     * @param unacknowledged segments sent and not acknowledged
     * @param selectivelyAcknowledged of those, the ones acknowledged out of turn
     * @param lost of those, the ones taken for lost
     * @param retransmitted of those, the ones sent again
     * @param timeouts how often in a row the retransmit timeout has passed, and how far it has backed off
     * @param probes unanswered probes, of a window or keep-alive
     */
    public record Flight(
            long unacknowledged,
            long selectivelyAcknowledged,
            long lost,
            long retransmitted,
            int timeouts,
            int probes) {}

    /**
     * Since when nothing has happened, in milliseconds.
     *
     * @param dataSent since data were sent
     * @param dataReceived since data came
     * @param acknowledgementReceived since an acknowledgement came
     * @param acknowledgementTimeout how long the own acknowledgement may wait, in microseconds
     */
    public record Idle(
            Duration dataSent,
            Duration dataReceived,
            Duration acknowledgementReceived,
            Duration acknowledgementTimeout) {}

    /**
     * What was sent.
     *
     * @param bytes data bytes, repeated ones included
     * @param bytesAcknowledged data bytes that the peer has acknowledged
     * @param bytesRepeated data bytes sent again
     * @param bytesWaiting data bytes written, and not sent yet
     * @param segments all segments
     * @param dataSegments segments with data
     */
    public record Sent(
            long bytes,
            long bytesAcknowledged,
            long bytesRepeated,
            long bytesWaiting,
            long segments,
            long dataSegments) {}

    /**
     * What was received.
     *
     * @param bytes data bytes, each counted once
     * @param segments all segments
     * @param dataSegments segments with data
     * @param outOfOrder segments that came out of order
     * @param space the size that the receive buffer is tuned to, in bytes
     * @param windowLimit the most that the window offered grows to, in bytes
     */
    public record Received(
            long bytes, long segments, long dataSegments, long outOfOrder, long space, long windowLimit) {}

    /**
     * How well it arrives.
     *
     * @param rate bytes in a second, as last measured
     * @param limitedByProgram whether that was all the program had to send
     * @param segments segments delivered
     * @param marked of those, the ones marked by ECN
     * @param repeated segments sent again in all
     * @param duplicates segments that the peer got twice
     */
    public record Delivery(
            long rate, boolean limitedByProgram, long segments, long marked, long repeated, long duplicates) {}

    /**
     * What the time was spent with, in microseconds.
     *
     * @param sending with data under way or waiting
     * @param receiveWindow of that, held up by the peer's window
     * @param sendBuffer of that, held up by the own send buffer
     * @param peerWindow the peer's window in bytes
     * @param reorderings how often segments were seen to overtake others
     */
    public record Busy(
            Duration sending, Duration receiveWindow, Duration sendBuffer, long peerWindow, long reorderings) {}
}
