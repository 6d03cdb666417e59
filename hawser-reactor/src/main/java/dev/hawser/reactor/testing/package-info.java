/**
 * Test doubles: a clock that is moved by hand, and connections in memory, which keep the rules of real ones.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.testing.StringTransport}, where the test is the other end of a protocol's connection;
 * {@link dev.hawser.reactor.testing.ProtocolPair}, where another protocol is; {@link dev.hawser.reactor.testing.Clock} for whatever is done later; and
 * {@link dev.hawser.reactor.testing.MemoryReactor} for what listens and connects.
 */
@NullMarked
package dev.hawser.reactor.testing;

import org.jspecify.annotations.NullMarked;
