"""Signals, as interrupts of Java's threads.

A signal handler of Python runs between two byte codes of the main thread. CPython's own system calls come back with
EINTR for it. A thread that waits in Hawser is parked in Java, and an interrupt is what brings it back: with a
SocketInterruptedException, before which the handler runs.
"""

import os
import signal
import threading
from contextlib import contextmanager

from jpype import JClass

Thread = JClass("java.lang.Thread")

_lock = threading.Lock()
_main = threading.main_thread().ident
_main_in_java = False


def interrupt_the_main_thread():
    """From now on, a signal for which Python has a handler interrupts what the main thread waits for."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    thread = Thread.currentThread()

    def watch():
        while os.read(reader, 1):
            with _lock:
                if _main_in_java:
                    thread.interrupt()

    threading.Thread(target=watch, name="signals", daemon=True).start()


@contextmanager
def interruptible():
    """Around a call: a signal after its end is not the next one's."""
    global _main_in_java
    if threading.get_ident() != _main:
        yield
        return
    _main_in_java = True
    try:
        yield
    finally:
        with _lock:
            _main_in_java = False
        Thread.interrupted()
