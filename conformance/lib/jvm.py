"""Starts the JVM that runs inside this process, with Hawser on its class path."""

import os
import sys

import jpype

JPYPE_JAR = "/usr/share/java/org.jpype.jar"


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


def stand_in():
    """Makes `import _socket` find Hawser. Nobody may have imported CPython's own before."""
    if "_socket" in sys.modules or "socket" in sys.modules:
        raise ImportError("CPython's own socket module is loaded already")
    start()
    import hawser_socket
    import signals

    signals.interrupt_the_main_thread()
    sys.modules["_socket"] = hawser_socket
