/** Tests of {@link dev.hawser.reactor.protocols}. */
@NullUnmarked
package dev.hawser.reactor.protocols;

import org.jspecify.annotations.NullUnmarked;
