/**
 * Readers that the streams of plain and of TLS sockets share; not exported.
 *
 * <p><b>Start here:</b> {@link dev.hawser.io.PatientReader}.
 */
@NullMarked
package dev.hawser.io;

import org.jspecify.annotations.NullMarked;
