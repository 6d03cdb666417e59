package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <netdb.h>}; users name them as those of {@link Constants}. */
sealed interface NetdbConstants permits Constants {

    // Look-ups, getaddrinfo(3)

    /** {@code AI_PASSIVE}: addresses to bind to. */
    int AI_PASSIVE = Abi.value("AI_PASSIVE");

    /** {@code AI_CANONNAME}: ask for the canonical name. */
    int AI_CANONNAME = Abi.value("AI_CANONNAME");

    /** {@code AI_NUMERICHOST}: the host is no name. */
    int AI_NUMERICHOST = Abi.value("AI_NUMERICHOST");

    /** {@code AI_NUMERICSERV}: the service is a number. */
    int AI_NUMERICSERV = Abi.value("AI_NUMERICSERV");

    /** {@code AI_V4MAPPED}: map IPv4 addresses where there are none of IPv6. */
    int AI_V4MAPPED = Abi.value("AI_V4MAPPED");

    /** {@code AI_ALL}: with AI_V4MAPPED: both. */
    int AI_ALL = Abi.value("AI_ALL");

    /** {@code AI_ADDRCONFIG}: only families that this machine has addresses of. */
    int AI_ADDRCONFIG = Abi.value("AI_ADDRCONFIG");

    // Failures of look-ups, the codes of GaiException

    /** {@code EAI_BADFLAGS}: the hints' flags are wrong. */
    int EAI_BADFLAGS = Abi.value("EAI_BADFLAGS");

    /** {@code EAI_NONAME}: there is no such host or service. */
    int EAI_NONAME = Abi.value("EAI_NONAME");

    /** {@code EAI_AGAIN}: the name server failed for the moment: try again. */
    int EAI_AGAIN = Abi.value("EAI_AGAIN");

    /** {@code EAI_FAIL}: the name server failed for good. */
    int EAI_FAIL = Abi.value("EAI_FAIL");

    /** {@code EAI_NODATA}: the host has no address. */
    int EAI_NODATA = Abi.value("EAI_NODATA");

    /** {@code EAI_FAMILY}: the family of the hints is not known. */
    int EAI_FAMILY = Abi.value("EAI_FAMILY");

    /** {@code EAI_SOCKTYPE}: the type of the hints is not known. */
    int EAI_SOCKTYPE = Abi.value("EAI_SOCKTYPE");

    /** {@code EAI_SERVICE}: the type of socket has no such service. */
    int EAI_SERVICE = Abi.value("EAI_SERVICE");

    /** {@code EAI_ADDRFAMILY}: the host has no address of the family. */
    int EAI_ADDRFAMILY = Abi.value("EAI_ADDRFAMILY");

    /** {@code EAI_MEMORY}: libc has no memory. */
    int EAI_MEMORY = Abi.value("EAI_MEMORY");

    /** {@code EAI_SYSTEM}: a system call failed: see the errno. */
    int EAI_SYSTEM = Abi.value("EAI_SYSTEM");

    /** {@code EAI_OVERFLOW}: an answer was too long. */
    int EAI_OVERFLOW = Abi.value("EAI_OVERFLOW");

    // Look-ups of addresses, getnameinfo(3)

    /** {@code NI_NUMERICHOST}: the address of the host as text. */
    int NI_NUMERICHOST = Abi.value("NI_NUMERICHOST");

    /** {@code NI_NUMERICSERV}: the port as text. */
    int NI_NUMERICSERV = Abi.value("NI_NUMERICSERV");

    /** {@code NI_NOFQDN}: of local hosts the name alone, without the domain. */
    int NI_NOFQDN = Abi.value("NI_NOFQDN");

    /** {@code NI_NAMEREQD}: fail where the host has no name. */
    int NI_NAMEREQD = Abi.value("NI_NAMEREQD");

    /** {@code NI_DGRAM}: the service is one of UDP. */
    int NI_DGRAM = Abi.value("NI_DGRAM");

    /** {@code NI_MAXHOST}: room for the longest name of a host. */
    int NI_MAXHOST = Abi.value("NI_MAXHOST");

    /** {@code NI_MAXSERV}: room for the longest name of a service. */
    int NI_MAXSERV = Abi.value("NI_MAXSERV");

    // Failures of look-ups, the codes of HostException

    /** {@code HOST_NOT_FOUND}: there is no such host. */
    int HOST_NOT_FOUND = Abi.value("HOST_NOT_FOUND");

    /** {@code TRY_AGAIN}: the name server failed for the moment: try again. */
    int TRY_AGAIN = Abi.value("TRY_AGAIN");

    /** {@code NO_RECOVERY}: the name server failed for good. */
    int NO_RECOVERY = Abi.value("NO_RECOVERY");

    /** {@code NO_DATA}: the host has no address. */
    int NO_DATA = Abi.value("NO_DATA");

    /** {@code NETDB_INTERNAL}: a system call failed: see the errno. */
    int NETDB_INTERNAL = Abi.value("NETDB_INTERNAL");
}
