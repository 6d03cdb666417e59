package dev.hawser.posix;

import java.util.List;

/**
 * What {@code getaddrinfo(3)} returned.
 *
 * @param code 0, or an EAI_* code
 * @param errno the system error where the code is EAI_SYSTEM, else 0
 * @param list the answers in libc's order; empty where the look-up failed
 */
public record AddrInfoAnswer(int code, int errno, List<AddrInfo> list) {}
