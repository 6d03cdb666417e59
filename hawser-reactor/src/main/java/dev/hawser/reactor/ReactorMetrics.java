package dev.hawser.reactor;

/**
 * What a reactor has done.
 *
 * @param turns how many turns the loop has made
 * @param events how many descriptors were ready
 * @param calls how many calls of other threads were made
 * @param timersFired how many delayed calls were made
 * @param timersPending how many delayed calls are to be made
 * @param connectionsAccepted how many connections ports have taken
 * @param connectionsOpen how many connections stand
 * @param connectionsLost how many connections were broken: by the network, by the peer, or by a handler that has thrown
 * @param acceptErrors how many accepts failed
 * @param errors how many failures were reported to the logger: what handlers have thrown, above all
 * @param bytesReceived how many bytes connections have received
 * @param bytesSent how many bytes connections have sent
 * @param lagNanos how late the last delayed call or call of another thread was made, in nanoseconds
 * @param maxLagNanos the longest lag so far, in nanoseconds
 * @param stalls how many turns took longer than the limit of a stall
 */
public record ReactorMetrics(
        long turns,
        long events,
        long calls,
        long timersFired,
        long timersPending,
        long connectionsAccepted,
        long connectionsOpen,
        long connectionsLost,
        long acceptErrors,
        long errors,
        long bytesReceived,
        long bytesSent,
        long lagNanos,
        long maxLagNanos,
        long stalls) {}
