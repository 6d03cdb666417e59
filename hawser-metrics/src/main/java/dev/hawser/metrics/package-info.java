/**
 * What reactors do, as meters of Micrometer, and a page of them for Prometheus.
 *
 * <p><b>Start here:</b> {@link dev.hawser.metrics.ReactorMeters}, bound to a registry; {@link dev.hawser.metrics.PrometheusFactory} serves it.
 */
@NullMarked
package dev.hawser.metrics;

import org.jspecify.annotations.NullMarked;
