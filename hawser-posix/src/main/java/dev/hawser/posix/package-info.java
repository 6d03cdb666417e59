/**
 * The system calls, one class per C header, so that a man page's {@code #include} names the class:
 * {@code <sys/socket.h>} is {@link dev.hawser.posix.SysSocket}, {@code <unistd.h>} is {@link dev.hawser.posix.Unistd}.
 *
 * <p><b>Start here:</b> {@link dev.hawser.posix.SystemCalls}, the one interface through which everything above this
 * module calls the kernel, and which a test can replace. {@link dev.hawser.posix.Native} is the only place that links
 * native code; {@link dev.hawser.posix.Abi} holds the numbers of the platform.
 *
 * <p>Every call returns what C returns, except that a failure is {@code -errno} instead of {@code -1}, as the kernel
 * itself does it: one value tells all, and no second call can overwrite it.
 */
@NullMarked
package dev.hawser.posix;

import org.jspecify.annotations.NullMarked;
