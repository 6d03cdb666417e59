"""Starts the JVM that runs inside this process, with Hawser on its class path."""

import importlib
import importlib.abc
import os
import sys

import jpype

JPYPE_JAR = "/usr/share/java/org.jpype.jar"

STAND_INS = {"_socket": "hawser_socket", "select": "hawser_select"}


def start():
    """Starts it. HAWSER_CLASSES and JAVA_HOME come from conformance/run."""
    jpype.startJVM(
        os.path.join(os.environ["JAVA_HOME"], "lib", "server", "libjvm.so"),
        # Signals are Python's.
        "-Xrs",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        classpath=[JPYPE_JAR, *os.environ["HAWSER_CLASSES"].split(os.pathsep)],
        convertStrings=True,
    )


class Refused(importlib.abc.MetaPathFinder):
    """Finds nothing, so that a module for which Hawser stands in cannot be loaded behind its back."""

    def find_spec(self, name, path, target=None):
        if name in STAND_INS:
            raise ImportError(f"CPython's own {name} is not to be used here")


def stand_in():
    """Makes `import _socket` and `import select` find Hawser. Nobody may have imported CPython's own before."""
    loaded = {"socket", "selectors", *STAND_INS} & sys.modules.keys()
    if loaded:
        raise ImportError(f"CPython's own modules are loaded already: {', '.join(sorted(loaded))}")
    sys.meta_path.insert(0, Refused())
    start()
    import signals

    signals.interrupt_the_main_thread()
    for module, stands_in in STAND_INS.items():
        sys.modules[module] = importlib.import_module(stands_in)
    # It stands on the C of _socket.
    sys.modules["_ssl"] = None
    sys.modules["select"].warm_up()


def calls_made():
    """How many calls each stand-in has made."""
    import translate

    return {module: translate.calls_of(stands_in) for module, stands_in in STAND_INS.items()}
