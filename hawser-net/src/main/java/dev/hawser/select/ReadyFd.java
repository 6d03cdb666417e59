package dev.hawser.select;

/**
 * A descriptor that is ready, as {@link Poll} and {@link Epoll} tell it.
 *
 * @param fd its number
 * @param events what it is ready for: {@link SelectConstants#POLLIN}, {@link SelectConstants#EPOLLIN} and the like, joined by |
 */
public record ReadyFd(int fd, int events) {}
