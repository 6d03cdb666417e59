#!/bin/sh
# Tries ./hawser with a made-up mvnw and JDK, which only write down how they were called.
set -u
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

checkout=$tmp/checkout
calls=$tmp/calls
export FAKE_CALLS="$calls"
mkdir -p "$checkout/.mvn" "$checkout/hawser-cli/src/main/java" "$checkout/hawser-net/src/main/java"
cp "$repo/hawser" "$checkout"
cp "$repo/.mvn/find-jdk.sh" "$checkout/.mvn"
touch "$checkout/pom.xml" "$checkout/hawser-cli/pom.xml" "$checkout/hawser-net/src/main/java/A.java"

cat >"$checkout/mvnw" <<'END'
#!/bin/sh
cat >/dev/null
echo "mvnw $*" >>"$FAKE_CALLS"
sleep "${FAKE_BUILD_SECONDS:-0}" &
trap 'kill $!; exit 143' TERM
wait $!
[ "${FAKE_BUILD_STATUS:-0}" = 0 ] || { echo 'the reason why'; exit "$FAKE_BUILD_STATUS"; }
app=hawser-cli/target/quick/app
mkdir -p "$app/lib" "$app/modules" hawser-net/target/quick
touch "$app/lib/cli.jar" "$app/lib/picocli.jar" "$app/modules/net.jar"
END
chmod +x "$checkout/mvnw"

fake_jdk() {
  make_jdk "$1" "$2"
  cat >"$1/bin/java" <<'END'
#!/bin/sh
case $1 in
  -XX:AOTCacheOutput=*)
    echo train >>"$FAKE_CALLS"
    [ -z "${FAKE_TRAINING_FAILS:-}" ] || exit 1
    touch "${1#*=}"
    exit
    ;;
esac
for arg; do
  case $arg in
    @*) cat "${arg#@}" ;;
    *) echo "$arg" ;;
  esac
done
echo "pid $$"
cat
exit "${FAKE_JAVA_STATUS:-0}"
END
}
fake_jdk "$tmp/jdk" 25.0.1
export JAVA_HOME="$tmp/jdk"

run() {
  "$checkout/hawser" "$@" 2>"$tmp/err" </dev/null
}

builds() {
  grep -c mvnw "$calls"
}

out=$(printf 'a line\n' | FAKE_JAVA_STATUS=7 "$checkout/hawser" demo 'two words' '*' 2>"$tmp/err")
same 'the exit code is that of java' 7 $?
holds 'the first run says that it builds' "$(cat "$tmp/err")" 'Building Hawser (once) '
holds 'and that it has built' "$(cat "$tmp/err")" ' done in '
holds 'the build leaves standard input alone' "$out" 'a line'
holds 'arguments arrive as they are' "$out" "
two words
*
"
holds 'the AOT cache is used' "$out" "-XX:AOTCache=$checkout/target/hawser/app."
holds 'native access is given to one module' "$out" '--enable-native-access=dev.hawser.posix'
holds 'paths with spaces are quoted' "$out" "lib/picocli.jar\""
same 'built once' 1 "$(builds)"

run >"$tmp/out"
same 'nothing changed: nothing built' 1 "$(builds)"
same 'nothing changed: nothing said' '' "$(cat "$tmp/err")"
(cd / && run >"$tmp/out")
mkdir "$tmp/bin"
ln -s ../checkout/hawser "$tmp/bin/relative"
ln -s "$tmp/bin/relative" "$tmp/bin/absolute"
out=$("$tmp/bin/absolute" through-links </dev/null 2>&1)
holds 'runs through links' "$out" through-links
same 'from elsewhere, through links: nothing built' 1 "$(builds)"
holds 'HAWSER_OPTS go to the JVM' "$(HAWSER_OPTS='-Xmx64m -Done=1' run x)" "
-Xmx64m
-Done=1
dev.hawser.cli.Main"

"$checkout/hawser" x >"$tmp/out" 2>&1 </dev/null &
launcher=$!
wait "$launcher"
holds 'java takes the place of the launcher, so that signals reach it' "$(cat "$tmp/out")" "pid $launcher"

echo change >>"$checkout/hawser-net/src/main/java/A.java"
run >"$tmp/out"
same 'a changed source: built again' 2 "$(builds)"
holds 'a changed source: says so' "$(cat "$tmp/err")" 'Rebuilding Hawser '
rm "$checkout/hawser-net/src/main/java/A.java"
run >"$tmp/out"
same 'a deleted source: built again' 3 "$(builds)"
touch "$checkout/hawser-cli/pom.xml"
run >"$tmp/out"
same 'a changed pom: built again' 4 "$(builds)"
same 'this build and the one before are kept' 2 "$(find "$checkout/target/hawser" -name 'app.*' | wc -l | tr -d ' ')"
fake_jdk "$tmp/jdk-26" 26
JAVA_HOME=$tmp/jdk-26 run >"$tmp/out"
same 'another JDK: built again' 5 "$(builds)"
fake_jdk "$tmp/jdk-26" 26.0.1
JAVA_HOME=$tmp/jdk-26 run >"$tmp/out"
same 'an upgraded JDK: built again' 6 "$(builds)"
run >"$tmp/out"

touch "$checkout/pom.xml"
out=$(FAKE_TRAINING_FAILS=yes run still-runs)
same 'no AOT cache: it runs' 0 $?
holds 'no AOT cache: with its arguments' "$out" still-runs
case $out in *AOTCache*) same 'no AOT cache: none is used' none "$out" ;; esac

touch "$checkout/pom.xml"
before=$(cat "$checkout/target/hawser/current")
out=$(FAKE_BUILD_STATUS=1 run x)
same 'a failed build: exit code' 1 $?
same 'a failed build: java does not run' '' "$out"
holds 'a failed build: says so' "$(cat "$tmp/err")" ' failed after '
holds 'a failed build: shows the end of the log' "$(cat "$tmp/err")" 'the reason why'
holds 'a failed build: names the log' "$(cat "$tmp/err")" "$checkout/target/hawser/build.log"
same 'a failed build: is not the current one' "$before" "$(cat "$checkout/target/hawser/current")"
touch "$checkout/hawser-net/target/quick/half-written"
run >"$tmp/out"
same 'after a failed build: runs' 0 $?
same 'after a failed build: what it left is gone' no \
  "$([ -e "$checkout/hawser-net/target/quick/half-written" ] && echo yes || echo no)"

touch "$checkout/pom.xml"
count=$(builds)
FAKE_BUILD_SECONDS=2 run one >"$tmp/one" &
first=$!
FAKE_BUILD_SECONDS=2 "$checkout/hawser" two >"$tmp/two" 2>/dev/null </dev/null
same 'two at once: the second runs' 0 $?
wait "$first"
same 'two at once: the first runs' 0 $?
same 'two at once: built once' $((count + 1)) "$(builds)"

touch "$checkout/pom.xml"
for signal in TERM INT; do
  # A shell has its background commands ignore SIGINT, but exec from a program that does not is as from a terminal.
  FAKE_BUILD_SECONDS=20 python3 -c '
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$checkout/hawser" x >"$tmp/out" 2>"$tmp/err" </dev/null &
  interrupted=$!
  sleep 1
  kill -s "$signal" "$interrupted"
  wait "$interrupted"
  status=$?
  [ "$signal" = TERM ] && same 'SIGTERM while building: exit code' 143 "$status"
  [ "$signal" = INT ] && same 'SIGINT while building: exit code' 130 "$status"
  holds "SIG$signal while building: says so" "$(cat "$tmp/err")" ' interrupted after '
done
started=$(date +%s)
run >"$tmp/out"
same 'after an interruption: builds and runs' 0 $?
same 'after an interruption: waits for nobody' yes "$([ $(($(date +%s) - started)) -lt 5 ] && echo yes)"

report
