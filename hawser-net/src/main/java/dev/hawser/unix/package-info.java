/**
 * The paths of Unix sockets, as socket servers and reactors take them over and remove them; exported to the reactor alone.
 *
 * <p><b>Start here:</b> {@link dev.hawser.unix.UnixPath}.
 */
@NullMarked
package dev.hawser.unix;

import org.jspecify.annotations.NullMarked;
