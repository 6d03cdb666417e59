/**
 * Servers of a few lines, each request in turn, in a thread or in another process: Python's {@code socketserver}, with its names in
 * Java's camel case.
 *
 * <p><b>Start here:</b> {@link dev.hawser.socketserver.ThreadingTcpServer} and {@link
 * dev.hawser.socketserver.StreamRequestHandler}.
 */
@NullMarked
package dev.hawser.socketserver;

import org.jspecify.annotations.NullMarked;
