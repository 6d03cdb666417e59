/**
 * Programs that run for long: services that start and stop together, and what a process of Unix is expected to do about signals, privileges and its
 * service manager.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.application.Application}, which runs {@link dev.hawser.reactor.application.Service}s: most of them {@link
 * dev.hawser.reactor.application.StreamServerEndpointService}s.
 *
 * <h2>The start, in this order</h2>
 * <ol>
 *   <li>SIGTERM, SIGINT and, where there is a hook, SIGHUP are handled, so that a signal ends the start, too.
 *   <li>Where {@code Application.hotRestart} names a control socket, and a process is there: its listening sockets are inherited. It serves on.
 *   <li>Each service's {@code privilegedStartService}, in the order in which they were added, one when the one before is done: whatever listens, listens. What comes
 *       waits in the kernel's queues.
 *   <li>Where {@code Application.runAs} names a user: root's rights are given up.
 *   <li>Each service's {@code startService}, in the same order: connections are accepted.
 *   <li>The process before is told, accepts no more, finishes what it has begun, and ends. What it had, and this one has not listened for, is closed; the paths of Unix sockets are this
 *       one's. The control socket is watched for the process after. Without a process before, it is opened now, by the user that this process has become.
 *   <li>The service manager is told {@code READY=1}, and from now on {@code WATCHDOG=1} where it asks for that.
 * </ol>
 * Where one of them fails, nothing after it is done; what has started is stopped, and the failure is thrown by {@code run}. A process before that was not told yet just serves on.
 *
 * <h2>The end, in this order</h2>
 * <ol>
 *   <li>A signal, {@code Reactor.stop}, or a process that has taken over. The manager is told {@code STOPPING=1}, or {@code MAINPID} of the process that has taken over; each service's {@code stopService} is called, in the other order. Ports are closed, {@link
 *       dev.hawser.reactor.application.GracefulProtocol}s say goodbye, the connections that stand go on.
 *   <li>When all services have stopped, {@code run} returns. After the time of {@code Application.graceful}, services are not waited for: {@code closeService} closes what they still have, and two
 *       seconds later {@code abortService} drops it.
 *   <li>A second signal drops it at once.
 *   <li>The signals do again what they did before.
 * </ol>
 */
@NullMarked
package dev.hawser.reactor.application;

import org.jspecify.annotations.NullMarked;
