/**
 * Endpoints: where to listen and whom to connect to, as objects and as strings such as {@code tcp:8080:interface=127.0.0.1}.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.endpoints.Endpoints}, which has the grammar and makes both kinds from strings.
 */
@NullMarked
package dev.hawser.reactor.endpoints;

import org.jspecify.annotations.NullMarked;
