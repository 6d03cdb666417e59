/**
 * Protocols to build on: lines, netstrings, counted strings; policies; small services.
 *
 * <p><b>Start here:</b> {@code LineReceiver}.
 */
@NullMarked
package dev.hawser.reactor.protocols;

import org.jspecify.annotations.NullMarked;
