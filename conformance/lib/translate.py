"""Python's types and exceptions for Java's, and the other way round.

No rule of behaviour is in here: a value that is refused is refused by Hawser, and a call that fails has failed in
Hawser.
"""

import copy
import errno
import functools
import itertools
import os
from contextlib import contextmanager

from jpype import JArray, JByte, JClass, JException

from signals import interruptible, until_done

ByteBuffer = JClass("java.nio.ByteBuffer")
Constants = JClass("dev.hawser.socket.Constants")
Duration = JClass("java.time.Duration")

GaiException = JClass("dev.hawser.socket.GaiException")
HostException = JClass("dev.hawser.socket.HostException")
SocketClosedException = JClass("dev.hawser.socket.SocketClosedException")
SocketError = JClass("dev.hawser.socket.SocketError")
SocketInterruptedException = JClass("dev.hawser.socket.SocketInterruptedException")
TimedOutException = JClass("dev.hawser.socket.TimedOutException")

JavaBytes = JArray(JByte)

IllegalArgumentException = JClass("java.lang.IllegalArgumentException")

REFUSALS = {
    IllegalArgumentException: ValueError,
    JClass("java.nio.channels.ClosedSelectorException"): ValueError,
    JClass("java.lang.IllegalStateException"): RuntimeError,
    JClass("java.lang.IndexOutOfBoundsException"): ValueError,
    JClass("java.lang.OutOfMemoryError"): MemoryError,
}


class herror(OSError):
    pass


class gaierror(OSError):
    pass


# Exceptions


def of_errno(number):
    """The subclass of OSError is Python's own choice."""
    return OSError(number, os.strerror(number))


def exception(java):
    """The Python exception that says the same, with Hawser's own words as a note."""
    python = counterpart(java)
    if python is not java:
        python.add_note(f"{java.getClass().getName()}: {java.getMessage()}")
    return python


def counterpart(java):
    if isinstance(java, GaiException):
        return gaierror(int(java.code()), str(java.details().reason()))
    if isinstance(java, TimedOutException):
        return TimeoutError("timed out")
    if isinstance(java, SocketClosedException):
        return of_errno(errno.EBADF)
    if isinstance(java, SocketInterruptedException):
        return of_errno(errno.EINTR)
    if isinstance(java, HostException):
        return herror(int(java.code()), str(java.details().reason()))
    if isinstance(java, SocketError):
        return of_errno(int(java.errno())) if java.errno() else OSError(str(java.getMessage()))
    for refusal, python in REFUSALS.items():
        if isinstance(java, refusal):
            return python(str(java.getMessage()))
    return java


# How many calls each module has made.
_calls = {}


def calls_of(module):
    return next(copy.copy(_calls[module]))


def translated(function):
    """A function whose Java exceptions reach the caller as Python's. After a signal handler it is called again."""
    once = translated_once(function)

    @functools.wraps(function)
    def call(*args, **kwargs):
        return until_done(lambda _: once(*args, **kwargs), None)

    return call


def translated_once(function):
    """The same for one that tells of a signal handler by InterruptedError."""
    calls = _calls.setdefault(function.__module__, itertools.count())

    @functools.wraps(function)
    def call(*args, **kwargs):
        next(calls)
        try:
            with interruptible():
                return function(*args, **kwargs)
        except JException as e:
            python = exception(e)
        raise python

    return call


@contextmanager
def refused_as(python):
    """For what Hawser refuses as IllegalArgumentException, and Python by another type than ValueError."""
    try:
        yield
    except IllegalArgumentException as e:
        refusal = python(str(e.getMessage()))
    else:
        return
    raise refusal


# Bytes


def view(data):
    """The bytes of anything that has some."""
    try:
        return memoryview(data)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


def java_bytes(data):
    return JavaBytes(bytes(view(data)))


def native_bytes(data):
    """Bytes outside of Java's heap, as Python's are: Hawser cuts a long transfer from the heap."""
    array = java_bytes(data)
    return ByteBuffer.allocateDirect(len(array)).put(array).flip()


def writable(buffer):
    whole = view(buffer)
    if whole.readonly:
        raise TypeError(f"read-write bytes-like object expected, not {type(buffer).__name__}")
    return whole.cast("B")


# Time


def duration(seconds):
    """None, or a number of seconds: a part of a nanosecond is one more."""
    if seconds is None:
        return None
    whole = int(seconds // 1)
    return Duration.ofSeconds(whole).plusNanos(-int((whole - seconds) * 1_000_000_000 // 1))


def seconds(timeout):
    return None if timeout is None else timeout.toNanos() / 1e9


# Text


def text(value):
    """A name that is text in Java, and text or bytes in Python."""
    return value if value is None or isinstance(value, str) else bytes(view(value)).decode()
