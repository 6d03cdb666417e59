"""Runs the tests of one module of CPython's test suite, and writes what became of each as a line of JSON.

It is started by conformance/run, once with CPython's own _socket and once with Hawser in its place. A test that takes
too long ends this process, with the stacks of all threads on standard error; conformance/run starts another for the
rest.
"""

import argparse
import faulthandler
import importlib
import json
import os
import sys
import traceback
import unittest


class Recorder(unittest.TestResult):
    """Writes a line when a test begins, and one when it has ended."""

    def __init__(self, lines, limit_seconds, calls_made):
        super().__init__()
        self.lines = lines
        self.limit_seconds = limit_seconds
        self.calls_made = calls_made
        self.calls_told = calls_made()
        self.outcome = None

    def write(self, **line):
        print(json.dumps(line), file=self.lines, flush=True)

    def write_outcome(self, test, outcome, detail):
        before, self.calls_told = self.calls_told, self.calls_made()
        calls = {module: count - before[module] for module, count in self.calls_told.items()}
        self.write(test=test.id(), outcome=outcome, detail=detail, calls=calls)

    def startTest(self, test):
        super().startTest(test)
        self.outcome = None
        self.write(test=test.id(), outcome="running")
        self.watch()

    def watch(self):
        """What begins now has so much time: a test, or what is done between two, for a class or the module."""
        faulthandler.dump_traceback_later(self.limit_seconds, exit=True, file=sys.__stderr__)

    def stopTest(self, test):
        super().stopTest(test)
        self.watch()
        outcome, detail = self.outcome or ("passed", "")
        self.write_outcome(test, outcome, detail)

    def settle(self, test, outcome, detail):
        if self.testsRun and isinstance(test, unittest.TestCase):
            self.outcome = self.outcome or (outcome, detail)
        else:
            # setUpClass or setUpModule: there is no test that began.
            self.write_outcome(test, outcome, detail)

    def addFailure(self, test, err):
        self.settle(test, "failed", "".join(traceback.format_exception(*err)))

    def addError(self, test, err):
        self.addFailure(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(test, err)

    def addSkip(self, test, reason):
        self.settle(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        self.settle(test, "failed as CPython expects", "")

    def addUnexpectedSuccess(self, test):
        self.settle(test, "failed", "unexpected success")


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


def without_package(test):
    return test.id().removeprefix("test.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--over-hawser", action="store_true")
    parser.add_argument("--results", required=True)
    parser.add_argument("--limit-seconds", type=float, required=True)
    parser.add_argument("--leave-out", required=True, help="a file of names of tests and classes, one a line")
    parser.add_argument("--use", action="append", default=[], help="a resource, as `python3 -m test -u` has it")
    parser.add_argument("module")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()

    calls_made = dict
    if args.over_hawser:
        import jvm

        jvm.stand_in()
        calls_made = jvm.calls_made

    from test import support

    support.use_resources = args.use
    with open(args.leave_out, encoding="utf-8") as file:
        left_out = set(file.read().split())

    loader = unittest.TestLoader()
    module = importlib.import_module("test." + args.module)
    suite = unittest.TestSuite()
    for test in flatten(loader.loadTestsFromModule(module)):
        name = without_package(test)
        if left_out.isdisjoint({name, name.rpartition(".")[0]}) and (not args.names or wanted(name, args.names)):
            suite.addTest(test)

    with open(args.results, "a", encoding="utf-8") as lines:
        result = Recorder(lines, args.limit_seconds, calls_made)
        result.write(tests=suite.countTestCases())
        result.watch()
        suite.run(result)
        faulthandler.cancel_dump_traceback_later()
        result.write(finished=True)
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that a failed test has left behind must not keep the process.
    os._exit(0)


def wanted(name, names):
    return any(part in name for part in names)


if __name__ == "__main__":
    main()
