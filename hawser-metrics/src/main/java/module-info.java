/** What reactors do, for Micrometer and Prometheus: an add-on, so that the library itself depends on nothing. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"
}) // Micrometer's modules have names, and no descriptors
module dev.hawser.metrics {
    requires transitive dev.hawser.reactor;
    requires transitive micrometer.core;
    requires transitive micrometer.registry.prometheus;
    requires static transitive org.jspecify;

    exports dev.hawser.metrics;
}
