/*
 * The echo server in C that the others are measured against: one thread, one level-triggered epoll loop.
 *
 * usage: echo_epoll PORT      (0: any free port)
 *
 * Prints the port it listens on, serves until standard input ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_SIZE = 8192, BACKLOG = 4096, MAX_EVENTS = 512 };

/* What a connection could not send at once; nothing more is read from it until this is gone. */
struct connection {
    int fd;
    size_t pending;
    size_t sent;
    char rest[BUFFER_SIZE];
};

static int epoll_fd;
static char buffer[BUFFER_SIZE];

static void die(const char *call) {
    perror(call);
    exit(1);
}

static void watch(int operation, int fd, unsigned events, void *data) {
    struct epoll_event event = {.events = events, .data.ptr = data};
    if (epoll_ctl(epoll_fd, operation, fd, &event) < 0) {
        die("epoll_ctl");
    }
}

static int listen_on(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        die("socket");
    }
    if (bind(fd, (struct sockaddr *)&address, length) < 0) {
        die("bind");
    }
    if (listen(fd, BACKLOG) < 0) {
        die("listen");
    }
    if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) {
        die("getsockname");
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        int on = 1;
        struct connection *connection = calloc(1, sizeof *connection);
        if (connection == NULL) {
            die("calloc");
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection->fd = fd;
        watch(EPOLL_CTL_ADD, fd, EPOLLIN, connection);
    }
}

static void drop(struct connection *connection) {
    close(connection->fd);
    free(connection);
}

/* Bytes sent, 0 where the socket is full, -1 where the connection is lost. */
static ssize_t send_some(int fd, const char *bytes, size_t length) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 0;
    }
    return sent;
}

static void on_readable(struct connection *connection) {
    ssize_t received = recv(connection->fd, buffer, sizeof buffer, 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    ssize_t sent = received > 0 ? send_some(connection->fd, buffer, received) : -1;
    if (sent < 0) {
        drop(connection);
    } else if (sent < received) {
        connection->sent = 0;
        connection->pending = received - sent;
        memcpy(connection->rest, buffer + sent, connection->pending);
        watch(EPOLL_CTL_MOD, connection->fd, EPOLLOUT, connection);
    }
}

static void on_writable(struct connection *connection) {
    ssize_t sent = send_some(connection->fd, connection->rest + connection->sent, connection->pending);
    if (sent < 0) {
        drop(connection);
        return;
    }
    connection->sent += sent;
    connection->pending -= sent;
    if (connection->pending == 0) {
        watch(EPOLL_CTL_MOD, connection->fd, EPOLLIN, connection);
    }
}

int main(int argc, char **argv) {
    static struct epoll_event events[MAX_EVENTS];
    static char parent, listening;
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_fd < 0) {
        die("epoll_create1");
    }
    int listener = listen_on(argc > 1 ? atoi(argv[1]) : 0);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN, &listening);
    watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN, &parent);
    for (;;) {
        int ready = epoll_wait(epoll_fd, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            void *source = events[i].data.ptr;
            if (source == &parent) {
                return 0;
            } else if (source == &listening) {
                accept_all(listener);
            } else if (((struct connection *)source)->pending > 0) {
                on_writable(source);
            } else {
                on_readable(source);
            }
        }
    }
}
