"""The extension module select on which CPython's selectors.py stands, with Hawser in the place of C.

Each function and method makes the call of the same name in Hawser. What is here is the shape that Python wants: names,
arguments, types, exceptions, and the life of a Python object. See translate.py.
"""

import errno
import math
import operator
import os
from functools import partial

from jpype import JClass, JInt

from addresses import signed, unsigned
from signals import in_main_thread, in_virtual_thread, method_handle, until_done
from translate import duration, refused_as, translated, translated_once

ArrayList = JClass("java.util.ArrayList")
Collection = JClass("java.util.Collection")
Duration = JClass("java.time.Duration")
Epoll = JClass("dev.hawser.select.Epoll")
Fd = JClass("dev.hawser.select.Fd")
Poll = JClass("dev.hawser.select.Poll")
Select = JClass("dev.hawser.select.Select")
SelectConstants = JClass("dev.hawser.select.SelectConstants")

error = OSError

# All that Hawser has, under their own names. Java's ints have a sign where C's have none.
CONSTANTS = {str(field.getName()): unsigned(field.getInt(None)) for field in SelectConstants.class_.getFields()}
globals().update(CONSTANTS)

# How many events epoll's poll tells at most, unless told.
FD_SETSIZE = 1024

# The events of poll(2) are an unsigned short, its timeout is an int of milliseconds.
USHRT_MAX = 0xFFFF
INT_MAX = 0x7FFFFFFF

SELECT = method_handle(Select, "select", Collection, Collection, Collection, Duration)
POLL = method_handle(Poll, "poll", Duration)
EPOLL = method_handle(Epoll, "poll", Duration, JInt)


@translated
def _fd(file):
    """A number, or what has a fileno() that gives one."""
    if isinstance(file, int):
        return Fd(file)
    try:
        number = file.fileno()
    except AttributeError:
        raise TypeError("argument must be an int, or have a fileno() method.") from None
    if not isinstance(number, int):
        raise TypeError("fileno() returned a non-integer")
    return Fd(number)


@translated_once
def _call(method, arguments):
    return method.invokeWithArguments(*arguments)


@translated_once
def _call_interruptibly(method, arguments):
    return in_virtual_thread(method, arguments)


def _wait(method, timeout, arguments):
    """A call that waits, None for as long as it takes, and goes on after a signal handler in the time left."""

    def attempt(left):
        return call(method, arguments(duration(left)))

    call = _call
    if in_main_thread() and (timeout is None or timeout > 0):
        ready = attempt(0)
        if not ready.isEmpty():
            return ready
        call = _call_interruptibly
    return until_done(attempt, timeout)


def _ready(list):
    return [(int(ready.fd()), unsigned(ready.events())) for ready in list]


# A static method is not bound to an object whose class has it as an attribute, just as a function of C is not.


@staticmethod
def select(rlist, wlist, xlist, timeout=None, /):
    lists = [[(file, _fd(file)) for file in files] for files in (rlist, wlist, xlist)]
    fds = [ArrayList([fd for _, fd in files]) for files in lists]
    ready = _wait(SELECT, timeout, lambda left: (*fds, left))
    found = ready.readers(), ready.writers(), ready.exceptional()
    return tuple(_given(files, fds) for files, fds in zip(lists, found))


def _given(files, ready):
    """The objects of Python for those that Hawser gives back, which come in the order in which they were given."""
    given = iter(files)
    return [next(file for file, fd in given if fd == one) for one in ready]


def _int(number):
    """An int of C, whose range is that of Java's. JPype cuts what does not fit."""
    if number > INT_MAX:
        raise OverflowError("timeout is too large")
    return number


def _why_refused(eventmask, otherwise=ValueError):
    """The type of Python for a refusal of Hawser that has one type there."""
    if eventmask < 0:
        return ValueError
    return OverflowError if eventmask > USHRT_MAX else otherwise


class _poll:
    __slots__ = ("_poll",)

    def __new__(cls):
        raise TypeError("cannot create 'select.poll' instances")

    @translated
    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        file = _fd(fd)
        with refused_as(_why_refused(eventmask)):
            self._poll.register(file, eventmask)

    @translated
    def modify(self, fd, eventmask, /):
        file = _fd(fd)
        with refused_as(_why_refused(eventmask, partial(OSError, errno.ENOENT))):
            self._poll.modify(file, eventmask)

    @translated
    def unregister(self, fd, /):
        file = _fd(fd)
        with refused_as(KeyError):
            self._poll.unregister(file)

    def poll(self, timeout=None, /):
        seconds = None if timeout is None or timeout < 0 else _int(math.ceil(timeout)) / 1000
        return _ready(_wait(POLL, seconds, lambda left: (self._poll, left)))


_poll.__name__ = _poll.__qualname__ = "poll"
_poll.__module__ = "select"


@staticmethod
def poll():
    made = object.__new__(_poll)
    made._poll = Poll()
    return made


class epoll:
    __slots__ = ("_epoll", "__weakref__")

    @translated
    def __new__(cls, sizehint=-1, flags=0):
        # A hint that Linux does not take any more, and the one flag that there is, which Hawser always sets.
        if operator.index(sizehint) != -1 and sizehint <= 0:
            raise ValueError("negative sizehint")
        if operator.index(flags) not in (0, EPOLL_CLOEXEC):
            raise OSError(errno.EINVAL, "invalid flags")
        return cls._of(Epoll())

    @classmethod
    def _of(cls, java):
        made = object.__new__(cls)
        made._epoll = java
        return made

    @classmethod
    @translated
    def fromfd(cls, fd, /):
        return cls._of(Epoll.adopt(operator.index(fd)))

    def __del__(self):
        self.close()

    def __enter__(self):
        self.fileno()
        return self

    def __exit__(self, *_exception):
        self.close()

    @translated
    def close(self):
        self._epoll.close()

    @property
    def closed(self):
        return int(self._epoll.fileno()) < 0

    def fileno(self):
        if self.closed:
            raise ValueError("I/O operation on closed epoll object")
        return int(self._epoll.fileno())

    @translated
    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        self._epoll.register(_fd(fd), signed(eventmask))

    @translated
    def modify(self, fd, eventmask):
        self._epoll.modify(_fd(fd), signed(eventmask))

    @translated
    def unregister(self, fd):
        self._epoll.unregister(_fd(fd))

    def poll(self, timeout=None, maxevents=-1):
        seconds = None if timeout is None or timeout < 0 else timeout
        most = FD_SETSIZE - 1 if maxevents == -1 else maxevents
        return _ready(_wait(EPOLL, seconds, lambda left: (self._epoll, left, JInt(most))))


epoll.__module__ = "select"


def warm_up():
    """Waits once in each way: the first calls of a JVM load classes, for longer than tests of time have patience."""
    reader, writer = os.pipe()
    try:
        for fd in reader, writer:
            with epoll() as by_epoll:
                by_poll = poll()
                by_epoll.register(fd)
                by_poll.register(fd)
                by_epoll.poll(0.001)
                by_poll.poll(1)
                select([fd], [fd], [fd], 0.001)
    finally:
        os.close(reader)
        os.close(writer)
