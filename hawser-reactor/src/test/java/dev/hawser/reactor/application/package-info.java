/** Tests of {@link dev.hawser.reactor.application}. */
@NullUnmarked
package dev.hawser.reactor.application;

import org.jspecify.annotations.NullUnmarked;
