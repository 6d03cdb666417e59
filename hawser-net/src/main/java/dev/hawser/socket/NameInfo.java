package dev.hawser.socket;

/**
 * The answer of {@link NameService#getNameInfo(Sockaddr, int) getNameInfo}.
 *
 * @param host the host's name, or its address as text where it has none or NI_NUMERICHOST was given
 * @param service the service's name, or the port in digits where it has none or NI_NUMERICSERV was given
 */
public record NameInfo(String host, String service) {}
