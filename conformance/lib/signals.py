"""Signals, as interrupts of Java's threads.

A signal handler of Python runs between two byte codes of the main thread. CPython's own system calls come back with
EINTR for it, and go on after it in the time left (PEP 475). A thread that waits in Hawser is parked in Java, and an
interrupt is what brings it back, with a SocketInterruptedException; whether to go on is its caller's choice. The caller
is Python: the handler runs, and where it raises nothing, the call is made again.
"""

import os
import signal
import threading
import time
from contextlib import contextmanager

from jpype import JArray, JClass, JObject

Callable = JClass("java.util.concurrent.Callable")
ExecutionException = JClass("java.util.concurrent.ExecutionException")
FutureTask = JClass("java.util.concurrent.FutureTask")
InterruptedException = JClass("java.lang.InterruptedException")
MethodHandleProxies = JClass("java.lang.invoke.MethodHandleProxies")
MethodHandles = JClass("java.lang.invoke.MethodHandles")
Thread = JClass("java.lang.Thread")

# Python writes a byte for each signal that has a handler.
_arrived, _arrivals = os.pipe()
_lock = threading.Lock()
_main = threading.main_thread().ident
_main_in_java = False


def interrupt_the_main_thread():
    """From now on, a signal for which Python has a handler interrupts what the main thread waits for."""
    os.set_blocking(_arrivals, False)
    signal.set_wakeup_fd(_arrivals, warn_on_full_buffer=False)
    thread = Thread.currentThread()

    def watch():
        while os.read(_arrived, 64):
            with _lock:
                if _main_in_java:
                    thread.interrupt()

    threading.Thread(target=watch, name="signals", daemon=True).start()


def in_main_thread():
    return threading.get_ident() == _main


@contextmanager
def interruptible():
    """Around a call: the interrupt that it did not see is not left to the next one."""
    global _main_in_java
    if not in_main_thread():
        yield
        return
    with _lock:
        _main_in_java = True
    try:
        yield
    finally:
        with _lock:
            _main_in_java = False
        Thread.interrupted()


def until_done(attempt, timeout):
    """Makes a call until no signal has ended it. It is given the seconds that are left: None for no end, never below 0."""
    deadline = None if timeout is None else time.monotonic() + timeout
    left = timeout
    while True:
        try:
            return attempt(left)
        except InterruptedError:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)


# Waits in the kernel


def method_handle(owner, name, *parameters):
    """A method of a Java class, for in_virtual_thread."""
    return MethodHandles.publicLookup().unreflect(owner.class_.getMethod(name, *parameters))


def in_virtual_thread(handle, arguments):
    """Calls it in a virtual thread, and waits: an interrupt reaches that, where a platform thread waits in the kernel."""
    call = MethodHandles.insertArguments(handle, 0, JArray(JObject)(arguments))
    task = FutureTask(MethodHandleProxies.asInterfaceInstance(Callable, call))
    thread = Thread.startVirtualThread(task)
    while True:
        try:
            return task.get()
        except InterruptedException:
            thread.interrupt()
        except ExecutionException as e:
            raise e.getCause() from None
