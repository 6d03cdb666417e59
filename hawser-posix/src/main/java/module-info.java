/** The system calls: one class per C header, for the modules of Hawser alone. */
@SuppressWarnings("module") // hawser-net is compiled after this module, so javac cannot see it here
module dev.hawser.posix {
    requires static org.jspecify;

    exports dev.hawser.posix to
            dev.hawser.net;
}
