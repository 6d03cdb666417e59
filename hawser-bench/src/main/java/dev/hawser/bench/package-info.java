/**
 * Load scenarios that measure Hawser against its peers.
 *
 * <p>Start here: {@link dev.hawser.bench.EchoBenchCommand} is the command, {@link dev.hawser.bench.BenchRun} what it does.
 * Three kinds of process take part, and the classes fall into the same three groups:
 *
 * <ul>
 *   <li>the <b>bench</b> itself starts the others, asks for one measured window after another and reports:
 *       {@link dev.hawser.bench.BenchRun}, {@link dev.hawser.bench.Workshop}, {@link dev.hawser.bench.Report};
 *   <li>a <b>server</b> under test, each in a process of its own: {@link dev.hawser.bench.ServerMain} runs an
 *       {@link dev.hawser.bench.EchoServer}; what is not Java starts as its own program. A new server is one class and
 *       one line in {@link dev.hawser.bench.EchoServers};
 *   <li>the <b>load</b>, one process for the whole run: {@link dev.hawser.bench.LoadMain} runs a
 *       {@link dev.hawser.bench.Scenario}. A new scenario is one class and one line in
 *       {@link dev.hawser.bench.Scenarios}. Connections that say nothing have processes of their own,
 *       {@link dev.hawser.bench.IdleMain}.
 * </ul>
 */
@NullMarked
package dev.hawser.bench;

import org.jspecify.annotations.NullMarked;
