/**
 * Servers of a few lines, which process each request in turn, in a thread, or in another process: Python's {@code socketserver}, with its
 * names in Java's camel case.
 *
 * <p><b>Start here:</b> {@link dev.hawser.socketserver.ThreadingTcpServer} and {@link dev.hawser.socketserver.StreamRequestHandler}.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="stream"}
 *
 * <h2>The types</h2>
 *
 * A server is made of three things: where requests come from, how each is processed, and what answers it.
 *
 * <pre>
 *  where they come from
 *                        BaseServer&lt;R&gt;                    the loop, and the steps of a request
 *              +-------------+-------------+
 *        StreamServer                DatagramServer         R is a Socket, or a DatagramRequest
 *         +----+-----+                +----+-----+
 *     TcpServer  UnixStreamServer  UdpServer  UnixDatagramServer
 *
 *  how each is processed                                    in turn, where there is no mix-in
 *     ThreadingMixIn&lt;R&gt;                                     in a thread of its own
 *     ForkingMixIn&lt;R&gt;                                       in a worker process
 *
 *  what answers it
 *     RequestHandler&lt;R&gt;                                     a lambda
 *     BaseRequestHandler&lt;R&gt;                                 an object for each request
 *         +-- StreamRequestHandler                          a connection as two streams
 *         +-- DatagramRequestHandler                        a datagram as two streams
 * </pre>
 *
 * <table>
 *   <caption>The eight combinations, and the four without a mix-in</caption>
 *   <tr><th>requests</th><th>in turn</th><th>in threads</th><th>in worker processes</th></tr>
 *   <tr><td>TCP connections</td><td>{@link dev.hawser.socketserver.TcpServer}</td>
 *       <td>{@link dev.hawser.socketserver.ThreadingTcpServer}</td>
 *       <td>{@link dev.hawser.socketserver.ForkingTcpServer}</td></tr>
 *   <tr><td>UDP datagrams</td><td>{@link dev.hawser.socketserver.UdpServer}</td>
 *       <td>{@link dev.hawser.socketserver.ThreadingUdpServer}</td>
 *       <td>{@link dev.hawser.socketserver.ForkingUdpServer}</td></tr>
 *   <tr><td>Unix connections</td><td>{@link dev.hawser.socketserver.UnixStreamServer}</td>
 *       <td>{@link dev.hawser.socketserver.ThreadingUnixStreamServer}</td>
 *       <td>{@link dev.hawser.socketserver.ForkingUnixStreamServer}</td></tr>
 *   <tr><td>Unix datagrams</td><td>{@link dev.hawser.socketserver.UnixDatagramServer}</td>
 *       <td>{@link dev.hawser.socketserver.ThreadingUnixDatagramServer}</td>
 *       <td>{@link dev.hawser.socketserver.ForkingUnixDatagramServer}</td></tr>
 * </table>
 *
 * <p>A program's own server extends one of the four and takes a mix-in on, in any order: {@code class Mine extends TcpServer implements
 * ThreadingMixIn<Socket>}. The servers define no method that a mix-in overrides, so the mix-in's is the one that counts. What
 * a class of the program's own overrides counts before it, see {@link dev.hawser.socketserver.ThreadingMixIn}. Two mix-ins on one server do not
 * compile.
 *
 * <h2>Which one</h2>
 *
 * Threads are right for nearly all: a virtual thread costs little, thousands of clients may wait in theirs, and handlers share what the program has in
 * memory. In turn is right where requests take no time, or must not overlap: one slow client holds up all. Worker processes contain what a handler
 * may do to its process, an exit, a crash of native code, memory that is never given back, and cost a JVM each; their handlers share nothing.
 *
 * <h2>How a request flows</h2>
 *
 * <pre>
 *  serveForever
 *    serviceActions      what is to be done now and then
 *    awaitRoom           a mix-in waits here until it may take one more; clients wait in the kernel's queue
 *    (wait)              until there is a request; shutdown and serverClose end it at once
 *    getRequest          accept, or receive
 *    verifyRequest       false: on to shutdownRequest
 *    processRequest      here, or where the mix-in has it done:
 *      finishRequest       the handler: setup, handle, finish
 *      handleError         where anything was thrown, with the client's address
 *      shutdownRequest     tells the client that no more comes, then closeRequest
 * </pre>
 *
 * <h2>The extension surface</h2>
 *
 * <table>
 *   <caption>By role</caption>
 *   <tr><th>type</th><th>for the caller</th><th>to override</th><th>for derived classes and mix-ins</th></tr>
 *   <tr><td>BaseServer</td>
 *       <td>serveForever, handleRequest, shutdown, serverClose, close, closeClients, serverAddress, socket, fileno, requestHandler, addressFamily,
 *       socketType</td>
 *       <td>settings: requestQueueSize, allowReuseAddress, allowReusePort, timeout; steps: serverBind, serverActivate, verifyRequest, finishRequest,
 *       handleError, handleTimeout, serviceActions</td>
 *       <td>state, getRequest, processRequest, shutdownRequest, closeRequest, abortRequest, awaitRoom</td></tr>
 *   <tr><td>StreamServer</td><td></td><td>idleTimeout</td><td></td></tr>
 *   <tr><td>DatagramServer</td><td></td><td>maxPacketSize</td><td></td></tr>
 *   <tr><td>ThreadingMixIn</td><td>activeRequests, drain</td><td>threadFactory, maxRequests, daemonThreads, blockOnClose</td>
 *       <td>processRequestThread</td></tr>
 *   <tr><td>ForkingMixIn</td><td></td><td>maxChildren, minSpareWorkers, maxRequestsPerWorker, requestTimeLimit, workerOptions, blockOnClose</td>
 *       <td></td></tr>
 *   <tr><td>RequestHandler</td><td>of, from, streams, datagrams</td><td>handle</td><td></td></tr>
 *   <tr><td>BaseRequestHandler</td><td></td><td>handle, setup, finish</td><td>request, clientAddress, server</td></tr>
 *   <tr><td>StreamRequestHandler</td><td></td><td>timeout, disableNagle, rbufsize, wbufsize, maxLineBytes</td>
 *       <td>connection, rfile, wfile</td></tr>
 *   <tr><td>DatagramRequestHandler</td><td></td><td></td><td>packet, socket, rfile, wfile</td></tr>
 * </table>
 *
 * <h2>To stop</h2>
 *
 * {@code shutdown} ends the loop at once and leaves requests in progress alone; {@code serverClose} closes the socket and waits for them. Whoever
 * does not want to wait for long gives them a while and then closes their connections, which ends the handlers that wait for their clients:
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="stop"}
 *
 * <h2>What differs from Python</h2>
 *
 * <ul>
 *   <li>The loop does not look twice a second whether it is to end: it is woken. {@code shutdown} may therefore be called from anywhere, a handler among
 *       others, and before the loop has begun.
 *   <li>Mix-ins may stand anywhere in a class's declaration. In Python they must stand first.
 *   <li>Attributes are methods, which a subclass overrides: {@code requestQueueSize()} instead of {@code request_queue_size = 5}. Their values are Python's.
 *   <li>Handlers get their request by methods and not in their constructors, which take no arguments.
 *   <li>Whatever a handler throws is reported, an {@link java.lang.Error} too; only what {@code handleError} throws goes on. It is logged instead of
 *       printed.
 *   <li>There are limits: on requests at a time, on the length of lines, on the time that a worker process may take for one. A datagram that is too long is
 *       reported instead of cut.
 *   <li>When descriptors or memory are short, the server says so once, rests, and goes on.
 *   <li>A JVM cannot fork, so worker processes are started ahead of need, and serve more than one request each.
 *   <li>A Unix server takes over a path that nobody listens on any more, and removes its own when it is closed.
 * </ul>
 *
 * <p>Inside, {@code ServeLoop} is the loop, {@code ServerState} what each server has besides its methods; {@code RequestThreads} and {@code
 * WorkerPool} are behind the mix-ins.
 */
@NullMarked
package dev.hawser.socketserver;

import org.jspecify.annotations.NullMarked;
