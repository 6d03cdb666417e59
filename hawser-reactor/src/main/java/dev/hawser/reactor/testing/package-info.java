/**
 * Test doubles: a clock that is moved by hand, a reactor and connections in memory.
 *
 * <p><b>Start here:</b> {@code StringTransport}.
 */
@NullMarked
package dev.hawser.reactor.testing;

import org.jspecify.annotations.NullMarked;
