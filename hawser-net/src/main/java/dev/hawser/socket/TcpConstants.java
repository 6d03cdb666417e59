package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <netinet/tcp.h>} and {@code <netinet/udp.h>}; users name them as those of {@link Constants}. */
sealed interface TcpConstants permits Constants {

    // Levels of options

    /** {@code SOL_TCP}: tcp(7). */
    int SOL_TCP = Abi.value("SOL_TCP");

    /** {@code SOL_UDP}: udp(7). */
    int SOL_UDP = Abi.value("SOL_UDP");

    // Options of TCP, tcp(7)

    /** {@code TCP_NODELAY}. */
    int TCP_NODELAY = Abi.value("TCP_NODELAY");

    /** {@code TCP_MAXSEG}. */
    int TCP_MAXSEG = Abi.value("TCP_MAXSEG");

    /** {@code TCP_CORK}. */
    int TCP_CORK = Abi.value("TCP_CORK");

    /** {@code TCP_KEEPIDLE}. */
    int TCP_KEEPIDLE = Abi.value("TCP_KEEPIDLE");

    /** {@code TCP_KEEPINTVL}. */
    int TCP_KEEPINTVL = Abi.value("TCP_KEEPINTVL");

    /** {@code TCP_KEEPCNT}. */
    int TCP_KEEPCNT = Abi.value("TCP_KEEPCNT");

    /** {@code TCP_SYNCNT}. */
    int TCP_SYNCNT = Abi.value("TCP_SYNCNT");

    /** {@code TCP_LINGER2}. */
    int TCP_LINGER2 = Abi.value("TCP_LINGER2");

    /** {@code TCP_DEFER_ACCEPT}. */
    int TCP_DEFER_ACCEPT = Abi.value("TCP_DEFER_ACCEPT");

    /** {@code TCP_WINDOW_CLAMP}. */
    int TCP_WINDOW_CLAMP = Abi.value("TCP_WINDOW_CLAMP");

    /** {@code TCP_INFO}. */
    int TCP_INFO = Abi.value("TCP_INFO");

    /** {@code TCP_QUICKACK}. */
    int TCP_QUICKACK = Abi.value("TCP_QUICKACK");

    /** {@code TCP_CONGESTION}. */
    int TCP_CONGESTION = Abi.value("TCP_CONGESTION");

    /** {@code TCP_USER_TIMEOUT}. */
    int TCP_USER_TIMEOUT = Abi.value("TCP_USER_TIMEOUT");

    /** {@code TCP_FASTOPEN}. */
    int TCP_FASTOPEN = Abi.value("TCP_FASTOPEN");

    /** {@code TCP_FASTOPEN_CONNECT}. */
    int TCP_FASTOPEN_CONNECT = Abi.value("TCP_FASTOPEN_CONNECT");

    /** {@code TCP_NOTSENT_LOWAT}. */
    int TCP_NOTSENT_LOWAT = Abi.value("TCP_NOTSENT_LOWAT");

    /** {@code TCP_ULP}. */
    int TCP_ULP = Abi.value("TCP_ULP");

    // Options of UDP, udp(7)

    /** {@code UDP_CORK}. */
    int UDP_CORK = Abi.value("UDP_CORK");

    /** {@code UDP_SEGMENT}. */
    int UDP_SEGMENT = Abi.value("UDP_SEGMENT");

    /** {@code UDP_GRO}. */
    int UDP_GRO = Abi.value("UDP_GRO");

    // Options of UDP-Lite, udplite(7); no C header for programs has them

    /** {@code UDPLITE_SEND_CSCOV}: how many bytes of what is sent the checksum covers. */
    int UDPLITE_SEND_CSCOV = 10;

    /** {@code UDPLITE_RECV_CSCOV}: how many bytes the checksum must cover of what is received. */
    int UDPLITE_RECV_CSCOV = 11;
}
