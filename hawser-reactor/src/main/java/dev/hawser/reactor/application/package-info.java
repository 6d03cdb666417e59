/**
 * Programs that run for long: services that start and stop together, and what a process of Unix is expected to do about signals, privileges and its
 * service manager.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.application.Application}, which runs {@link dev.hawser.reactor.application.Service}s.
 */
@NullMarked
package dev.hawser.reactor.application;

import org.jspecify.annotations.NullMarked;
