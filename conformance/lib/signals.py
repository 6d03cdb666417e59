"""Signals, as interrupts of Java's threads.

A signal handler of Python runs between two byte codes of the main thread. CPython's own system calls come back with
EINTR for it. A thread that waits in Hawser is parked in Java, and an interrupt is what brings it back: with a
SocketInterruptedException, before which the handler runs.
"""

import os
import select
import signal
import threading
from contextlib import contextmanager

from jpype import JClass

Thread = JClass("java.lang.Thread")

# Python writes a byte for each signal that has a handler.
_arrived, _arrivals = os.pipe()
_lock = threading.Lock()
_main = threading.main_thread().ident
_main_in_java = False


def interrupt_the_main_thread():
    """From now on, a signal for which Python has a handler interrupts what the main thread waits for."""
    os.set_blocking(_arrived, False)
    os.set_blocking(_arrivals, False)
    signal.set_wakeup_fd(_arrivals, warn_on_full_buffer=False)
    thread = Thread.currentThread()

    def watch():
        while select.select([_arrived], [], []):
            with _lock:
                if _take_arrived() and _main_in_java:
                    thread.interrupt()

    threading.Thread(target=watch, name="signals", daemon=True).start()


def _take_arrived():
    try:
        return os.read(_arrived, 64)
    except BlockingIOError:
        return b""


@contextmanager
def interruptible():
    """Around a call: a signal before its begin or after its end is not its own."""
    global _main_in_java
    if threading.get_ident() != _main:
        yield
        return
    with _lock:
        _take_arrived()
        _main_in_java = True
    try:
        yield
    finally:
        with _lock:
            _main_in_java = False
        Thread.interrupted()
