/**
 * Readiness: waiting for many descriptors at a time.
 *
 * <p>Start here: {@link dev.hawser.select.Selector}.
 */
@NullMarked
package dev.hawser.select;

import org.jspecify.annotations.NullMarked;
