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

# Each line of $FAKE/CPython and $FAKE/Hawser is a test and what becomes of it.
cat >"$checkout/conformance/lib/worker.py" <<'END'
import json, os, signal, sys, time
args = sys.argv[1:]
over_hawser = "--over-hawser" in args
left_out = open(args[args.index("--leave-out") + 1]).read().split()
tests = [line.split() for line in open(os.environ["FAKE"] + ("/Hawser" if over_hawser else "/CPython"))]
tests = [(name, outcome) for name, outcome in tests if name not in left_out]
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
        write(test="test." + name, outcome=outcome, detail="why " + name)
    write(finished=True)
END

run() {
  "$checkout/conformance/run" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
}

expect() {
  {
    printf '## Run with neither\n\n## Passed by CPython alone\n\n'
    for name; do
      # shellcheck disable=SC2016 # backquotes of Markdown
      printf '| `%s` | a reason |\n' "$name"
    done
  } >"$checkout/conformance/expected.md"
}

expect
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

expect
printf 'test_socket.A.one hangs\ntest_socket.A.two crashes\ntest_socket.B.three passed\n' >"$tmp/Hawser"
run test_socket
same 'a test hangs, another crashes: fails' 1 $?
holds 'the one that hangs is named' "$(cat "$tmp/out")" 'test_socket.A.one: hung'
holds 'the one that crashes is named' "$(cat "$tmp/out")" 'test_socket.A.two: ended the process by signal 9'
same 'the rest is run' '1 passed, 2 failed' "$(tail -n 1 "$tmp/out")"

printf '' >"$tmp/Hawser"
run test_socket
holds 'a test that is not run is lost' "$(cat "$tmp/out")" 'test_socket.A.one: not run'

printf '' >"$tmp/CPython"
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

for wrong in '' socket test_nothing '--limit 0 test_socket'; do
  # shellcheck disable=SC2086 # several arguments
  run $wrong
  same "wrong arguments '$wrong'" 2 $?
  holds "wrong arguments '$wrong': says so" "$(cat "$tmp/err")" 'conformance/run: '
done
holds 'the name of a module that is none is told' "$(run test_nothing || cat "$tmp/err")" 'has no test.test_nothing'
holds 'help' "$("$checkout/conformance/run" --help)" 'a module of CPython'

report
