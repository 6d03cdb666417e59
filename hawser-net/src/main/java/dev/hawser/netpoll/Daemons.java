package dev.hawser.netpoll;

/** Makes the threads that outlive the call that needed them: they must not keep the caller's world alive. */
final class Daemons {

    private Daemons() {}

    @SuppressWarnings("ThreadPriorityCheck") // undoes what the caller's thread would hand on
    static Thread platform(String name, Runnable task) {
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .priority(Thread.NORM_PRIORITY)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
        return withoutCaller(thread);
    }

    static Thread virtual(String name, Runnable task) {
        return withoutCaller(Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(task));
    }

    private static Thread withoutCaller(Thread thread) {
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }
}
