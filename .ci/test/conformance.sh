#!/bin/sh
# Tries conformance/run with a made-up build and made-up outcomes of the tests.
set -u
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

checkout=$tmp/checkout
mkdir -p "$checkout/.mvn" "$checkout/hawser-posix/src/main" "$checkout/hawser-net/src/main"
cp -R "$repo/conformance" "$checkout"
cp "$repo/.mvn/find-jdk.sh" "$checkout/.mvn"
make_jdk "$tmp/jdk" 25.0.1
export JAVA_HOME="$tmp/jdk" FAKE="$tmp"

cat >"$checkout/mvnw" <<'END'
#!/bin/sh
echo built >>"$FAKE/builds"
exit "${FAKE_BUILD_STATUS:-0}"
END
chmod +x "$checkout/mvnw"

# Each line of $FAKE/CPython and $FAKE/Hawser is a test and what becomes of it; $FAKE/calls has the stand-ins it calls.
cat >"$checkout/conformance/lib/worker.py" <<'END'
import json, os, signal, sys, time
args = sys.argv[1:]
over_hawser = "--over-hawser" in args
left_out = open(args[args.index("--leave-out") + 1]).read().split()
tests = [line.split() for line in open(os.environ["FAKE"] + ("/Hawser" if over_hawser else "/CPython"))]
module = next(arg for arg in args if arg.startswith("test_"))
tests = [(name, outcome) for name, outcome in tests if name.startswith(module + ".") and name not in left_out]
calls = open(os.environ["FAKE"] + "/calls").read().split() if over_hawser else []
with open(os.environ["FAKE"] + "/started", "a") as started:
    print(module, "Hawser" if over_hawser else "CPython", *(arg for arg in args if "--use" in arg), file=started)
with open(args[args.index("--results") + 1], "a") as results:
    def write(**line):
        print(json.dumps(line), file=results, flush=True)
    write(tests=len(tests))
    for name, outcome in tests:
        write(test="test." + name, outcome="running")
        if outcome == "hangs":
            os._exit(1)
        elif outcome == "crashes":
            os.kill(os.getpid(), signal.SIGKILL)
        elif outcome == "waits":
            open(os.environ["FAKE"] + "/waiting", "w").write(str(os.getpid()))
            time.sleep(60)
        end = outcome.partition("-then-")[2]
        outcome = outcome.partition("-then-")[0]
        write(test="test." + name, outcome=outcome, detail="why " + name, calls=dict.fromkeys(calls, 7))
        if end == "crashes":
            os.kill(os.getpid(), signal.SIGKILL)
        elif end == "fails":
            write(test="tearDownClass (test.test_socket.A)", outcome="failed", detail="why the end", calls={})
    write(finished=True)
END

run() {
  "$checkout/conformance/run" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
}

expect() {
  expect_in 'Passed by CPython alone' "$@"
}

expect_in() {
  {
    printf '## %s\n\n' "$1"
    shift
    for name; do
      # shellcheck disable=SC2016 # backquotes of Markdown
      printf '| `%s` | a reason |\n' "$name"
    done
  } >"$checkout/conformance/expected.md"
}

expect
echo _socket select >"$tmp/calls"
printf 'test_socket.A.one passed\ntest_socket.A.two passed\ntest_socket.B.three skipped\n' >"$tmp/CPython"
cp "$tmp/CPython" "$tmp/Hawser"
run test_socket
same 'no difference: succeeds' 0 $?
same 'no difference: the last line' '2 passed, 0 failed' "$(tail -n 1 "$tmp/out")"
same 'no classes, no sources: nothing to build' no "$([ -e "$tmp/builds" ] && echo yes || echo no)"

printf 'test_socket.A.one failed\ntest_socket.A.two passed\ntest_socket.B.three passed\n' >"$tmp/Hawser"
run test_socket
same 'a test is lost: fails' 1 $?
same 'a test is lost: the last line' '2 passed, 1 failed' "$(tail -n 1 "$tmp/out")"
holds 'a test is lost: its name' "$(cat "$tmp/out")" 'test_socket.A.one: failed'
holds 'a test is lost: why' "$(cat "$tmp/err")" 'why test_socket.A.one'
holds 'a test is won: its name' "$(cat "$tmp/out")" 'Passed over Hawser alone
  test_socket.B.three'

expect test_socket.A.one test_socket.A.two test_socket.C.gone test_other.D.four
run test_socket
same 'a reason is given: succeeds' 0 $?
same 'a reason is given: the last line' '2 passed, 0 failed' "$(tail -n 1 "$tmp/out")"
holds 'a reason is given: the test is named' "$(cat "$tmp/out")" 'test_socket.A.one: failed, as expected'
holds 'a test that passes after all is told' "$(cat "$tmp/out")" 'test_socket.A.two: passes'
holds 'a test that is no more is told' "$(cat "$tmp/out")" 'test_socket.C.gone: no such test'
same 'another module is not looked at' '' "$(grep test_other "$tmp/out")"

expect_in 'Run with CPython alone' test_socket.A.one
run test_socket
same 'not run over Hawser: succeeds' 0 $?
same 'not run over Hawser: the last line' '2 passed, 0 failed' "$(tail -n 1 "$tmp/out")"
holds 'not run over Hawser: the test is named' "$(cat "$tmp/out")" 'test_socket.A.one: not run, as expected'

expect_in 'Run with neither' test_socket.A.one
run test_socket
same 'run with neither: it is not named' '' "$(grep A.one "$tmp/out")"

expect
printf 'test_socket.A.one hangs\ntest_socket.A.two crashes\ntest_socket.B.three passed\n' >"$tmp/Hawser"
run test_socket
same 'a test hangs, another crashes: fails' 1 $?
holds 'the one that hangs is named' "$(cat "$tmp/out")" 'test_socket.A.one: hung'
holds 'the one that crashes is named' "$(cat "$tmp/out")" 'test_socket.A.two: ended the process by signal 9'
same 'the rest is run' '1 passed, 2 failed' "$(tail -n 1 "$tmp/out")"

expect test_socket.A.one test_socket.A.two
run test_socket
same 'no reason for a hang or a crash: fails' 1 $?
same 'no reason for a hang or a crash: the last line' '1 passed, 2 failed' "$(tail -n 1 "$tmp/out")"
expect

for place in A.one A.two; do
  sed "s/$place passed/$place passed-then-crashes/" "$tmp/CPython" >"$tmp/Hawser"
  run test_socket
  same "a crash after $place: fails" 1 $?
  holds "a crash after $place: is told" "$(cat "$tmp/out")" "after test_socket.$place: ended the process by signal 9"
  same "a crash after $place: the last line" '2 passed, 1 failed' "$(tail -n 1 "$tmp/out")"
done

sed 's/A.two passed/A.two passed-then-fails/' "$tmp/CPython" >"$tmp/Hawser"
run test_socket
same 'the end of a class fails: fails' 1 $?
holds 'the end of a class fails: is told' "$(cat "$tmp/out")" 'tearDownClass (test.test_socket.A): failed'
holds 'the end of a class fails: why' "$(cat "$tmp/err")" 'why the end'
cp "$tmp/Hawser" "$tmp/CPython"
run test_socket
same 'the end of a class fails on CPython too: succeeds' 0 $?

printf 'test_socket.A.one failed\ntest_socket.A.two passed\n' >"$tmp/CPython"
cp "$tmp/CPython" "$tmp/Hawser"
run test_socket
same 'what CPython does not pass is not compared' '1 passed, 0 failed' "$(tail -n 1 "$tmp/out")"
holds 'what CPython does not pass is told' "$(cat "$tmp/out")" 'Not compared, and what became of them on CPython
  test_socket.A.one: failed'

printf 'test_socket.A.one passed\ntest_socket.A.two passed\ntest_socket.B.three skipped\n' >"$tmp/CPython"
printf 'test_socket.A.two passed\n' >"$tmp/Hawser"
run test_socket
holds 'a test that is not run is lost' "$(cat "$tmp/out")" 'test_socket.A.one: not run'

cp "$tmp/CPython" "$tmp/Hawser"
echo select >"$tmp/calls"
run test_socket
same 'the stand-in is not called: cannot tell' 2 $?
holds 'the stand-in is not called: says so' "$(cat "$tmp/err")" 'has not called the stand-in for _socket'
run test_socket A.two
same 'of tests that were chosen, some need no stand-in' 0 $?

echo 'test_timeout.A.one passed' | tee "$tmp/CPython" >"$tmp/Hawser"
: >"$tmp/calls"
run test_timeout
same 'another module calls no stand-in: cannot tell' 2 $?
holds 'another module calls no stand-in: says so' "$(cat "$tmp/err")" 'test_timeout on Hawser has called no stand-in'
echo _socket >"$tmp/calls"
run test_timeout
same 'another module calls one stand-in: succeeds' 0 $?

all='test_socket test_select test_poll test_epoll test_selectors test_asyncore test_asynchat test_socketserver'
for module in $all; do
  echo "$module.A.one passed"
done | tee "$tmp/CPython" >"$tmp/Hawser"
echo _socket select >"$tmp/calls"
: >"$tmp/started"
run
same 'all modules: succeeds' 0 $?
same 'all modules: the last line' '8 passed, 0 failed' "$(tail -n 1 "$tmp/out")"
same 'all modules: one last line' 1 "$(grep -c ' failed$' "$tmp/out")"
for module in $all; do
  same "all modules: the row of $module" "$module 1 1 0 0 7 7" "$(grep "^$module " "$tmp/out" | xargs)"
  holds "all modules: $module over Hawser" "$(cat "$tmp/started")" "$module Hawser"
done
same 'all modules: the sum' 'all 8 8 0 0 56 56' "$(grep '^all ' "$tmp/out" | xargs)"
holds 'a module has its resources' "$(cat "$tmp/started")" 'test_socketserver Hawser --use=network'
same 'others do not' '' "$(grep 'test_socket .*network' "$tmp/started")"
holds 'progress is shown' "$(cat "$tmp/err")" 'test_poll on Hawser: 1 tests in '

sed 's/test_poll.A.one passed/test_poll.A.one failed/' "$tmp/CPython" >"$tmp/Hawser"
run
same 'one of all is lost: fails' 1 $?
same 'one of all is lost: the last line' '7 passed, 1 failed' "$(tail -n 1 "$tmp/out")"
holds 'one of all is lost: its name' "$(cat "$tmp/out")" 'test_poll.A.one: failed'

printf '' >"$tmp/CPython"
run test_socket A.one
same 'no such test: cannot tell' 2 $?
holds 'no such test: says so' "$(cat "$tmp/err")" 'no test of test_socket has this in its name: A.one'
run test_socket
same 'CPython passes nothing: cannot tell' 2 $?

printf 'test_socket.A.one waits\n' >"$tmp/CPython"
"$checkout/conformance/run" test_socket >"$tmp/out" 2>"$tmp/err" </dev/null &
runner=$!
until [ -s "$tmp/waiting" ]; do sleep 0.1; done
kill -TERM "$runner"
wait "$runner"
same 'interrupted: says so' 130 $?
same 'interrupted: no test goes on' gone "$(kill -0 "$(cat "$tmp/waiting")" 2>/dev/null || echo gone)"

touch "$checkout/hawser-net/src/main/A.java"
FAKE_BUILD_STATUS=1 run test_socket
same 'it does not compile: cannot tell' 2 $?
holds 'it does not compile: says so' "$(cat "$tmp/err")" 'it does not compile, see '

of_python() {
  /usr/bin/python3 -E -c "import sys; sys.path.insert(0, sys.argv[1]); $1" "$repo/conformance/lib" 2>&1
}
holds "CPython's own module is loaded already" "$(of_python 'import select, jvm; jvm.stand_in()')" 'loaded already: select'
for module in _socket select; do
  holds "CPython's own $module is refused" \
    "$(of_python "import jvm; sys.meta_path.insert(0, jvm.Refused()); import $module")" \
    "CPython's own $module is not to be used here"
done

mkdir "$tmp/module"
cat >"$tmp/module/test_slow_end.py" <<'END'
import time, unittest
class A(unittest.TestCase):
    def test_one(self):
        pass
    @classmethod
    def tearDownClass(cls):
        time.sleep(60)
END
# shellcheck disable=SC2016 # Python
of_worker='import runpy, test; test.__path__.append(sys.argv[2]); sys.argv[1:] = sys.argv[3:]; '
of_worker=$of_worker'runpy.run_path(sys.path[0] + "/worker.py", run_name="__main__")'
: >"$tmp/nothing"
/usr/bin/python3 -E -c "import sys; sys.path.insert(0, sys.argv[1]); $of_worker" "$repo/conformance/lib" "$tmp/module" \
  --results "$tmp/results" --limit-seconds 0.5 --leave-out "$tmp/nothing" test_slow_end 2>"$tmp/err"
same 'the end of a class takes too long: given up' 1 $?
holds 'the end of a class takes too long: where' "$(cat "$tmp/err")" 'in tearDownClass'
holds 'the end of a class takes too long: the test is told' "$(cat "$tmp/results")" '"outcome": "passed"'

for wrong in socket test_nothing '--limit 0 test_socket' '--limit inf test_socket'; do
  # shellcheck disable=SC2086 # several arguments
  run $wrong
  same "wrong arguments '$wrong'" 2 $?
  holds "wrong arguments '$wrong': says so" "$(cat "$tmp/err")" 'conformance/run: '
done
holds 'the name of a module that is none is told' "$(run test_nothing || cat "$tmp/err")" 'has no test.test_nothing'
holds 'help' "$("$checkout/conformance/run" --help)" 'a module of CPython'

report
