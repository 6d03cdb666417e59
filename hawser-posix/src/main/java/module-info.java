/** The system calls: one class per C header, for the modules of Hawser alone. */
@SuppressWarnings("module") // these modules are compiled after this one, so javac cannot see them here
module dev.hawser.posix {
    requires static org.jspecify;

    exports dev.hawser.posix to
            dev.hawser.net,
            dev.hawser.reactor;
}
