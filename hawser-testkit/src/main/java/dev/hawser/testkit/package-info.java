/**
 * What the tests of a network library need besides a test framework.
 *
 * <p><b>Start here:</b> {@link dev.hawser.testkit.Faults}, which makes any system call fail in any way that a kernel
 * may. {@link dev.hawser.testkit.LeakCheck} watches over every test class by itself and fails the one that leaves a
 * descriptor or a thread behind. {@link dev.hawser.testkit.Peers} starts the programs that Hawser must get on with.
 */
@NullMarked
package dev.hawser.testkit;

import org.jspecify.annotations.NullMarked;
