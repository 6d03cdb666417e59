#!/bin/sh
# Tries .mvn/find-jdk.sh on made-up JDKs.
set -u
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_path "$tmp/bin" sh cat readlink
sh=$(command -v sh)

# Runs the finder in a world that has only what was made below $world; further arguments are its environment.
find_jdk() {
  env -i PATH="$tmp/bin" HOME="$world/home" HAWSER_JDK_ROOT="$world" "$@" "$sh" "$repo/.mvn/find-jdk.sh" 2>"$tmp/err"
}

new_world() {
  world=$tmp/$1
  mkdir -p "$world/home"
}

new_world empty
same 'nothing found: prints nothing' '' "$(find_jdk)"
find_jdk
same 'nothing found: exit code' 1 $?
holds 'nothing found: says what is needed' "$(cat "$tmp/err")" 'needs a JDK 25 or later'
holds 'nothing found: says how to get one' "$(cat "$tmp/err")" 'apt install openjdk-25-jdk'
holds 'nothing found: says that there is nothing' "$(cat "$tmp/err")" 'no Java at all'
find_jdk JAVA_HOME=/nonesuch
holds 'a wrong JAVA_HOME is named' "$(cat "$tmp/err")" '/nonesuch (JAVA_HOME)'

new_world system
make_jdk "$world/usr/lib/jvm/java-17" 17.0.15
make_jdk "$world/usr/lib/jvm/java-25" 25.0.9
make_jdk "$world/usr/lib/jvm/java-8" 1.8.0_292
make_jdk "$world/usr/lib/jvm/jre-30" 30 jre
mkdir "$world/usr/lib/jvm/java-31"
same 'the one that is new enough' "$world/usr/lib/jvm/java-25" "$(find_jdk)"
same 'an old JAVA_HOME does not stand in the way' "$world/usr/lib/jvm/java-25" \
  "$(find_jdk JAVA_HOME="$world/usr/lib/jvm/java-17")"
make_jdk "$world/home/.jdks/temurin" 25.0.10
same '25.0.10 is newer than 25.0.9' "$world/home/.jdks/temurin" "$(find_jdk)"
make_jdk "$world/home/.sdkman/candidates/java/26-open" 26-ea
same 'SDKMAN' "$world/home/.sdkman/candidates/java/26-open" "$(find_jdk)"
make_jdk "$world/home/.local/share/mise/installs/java/27" 27
same 'mise' "$world/home/.local/share/mise/installs/java/27" "$(find_jdk)"
make_jdk "$world/home/.asdf/installs/java/28" 28
same 'asdf' "$world/home/.asdf/installs/java/28" "$(find_jdk)"
make_jdk "$world/Library/Java/JavaVirtualMachines/29.jdk/Contents/Home" 29.0.1
same 'macOS' "$world/Library/Java/JavaVirtualMachines/29.jdk/Contents/Home" "$(find_jdk)"
same 'JAVA_HOME wins when it is new enough' "$world/usr/lib/jvm/java-25" \
  "$(find_jdk JAVA_HOME="$world/usr/lib/jvm/java-25")"
same 'a JAVA_HOME without javac is passed over' "$world/Library/Java/JavaVirtualMachines/29.jdk/Contents/Home" \
  "$(find_jdk JAVA_HOME="$world/usr/lib/jvm/jre-30")"

new_world path
make_jdk "$world/somewhere/jdk" 25.0.1
mkdir -p "$world/alternatives" "$world/bin"
ln -s "$world/somewhere/jdk/bin/java" "$world/alternatives/java"
ln -s ../alternatives/java "$world/bin/java"
same 'java on PATH, through two links' "$world/somewhere/jdk" "$(find_jdk PATH="$world/bin:$tmp/bin")"
make_jdk "$world/usr/lib/jvm/java-26" 26.0.1
same 'java on PATH wins when it is new enough' "$world/somewhere/jdk" "$(find_jdk PATH="$world/bin:$tmp/bin")"
make_jdk "$world/somewhere/jdk" 21.0.7
same 'an old java on PATH does not' "$world/usr/lib/jvm/java-26" "$(find_jdk PATH="$world/bin:$tmp/bin")"

# A shim has no release file beside it, so it is asked.
new_world shim
make_jdk "$world/hidden" 25.0.2
mkdir -p "$world/shims"
cat >"$world/shims/java" <<END
#!/bin/sh
printf 'Property settings:\n    java.home = %s\n    java.version = 25.0.2\n' '$world/hidden' >&2
END
chmod +x "$world/shims/java"
same 'a shim on PATH' "$world/hidden" "$(find_jdk PATH="$world/shims:$tmp/bin")"

new_world old
make_jdk "$world/usr/lib/jvm/java-21" 21.0.7
make_jdk "$world/usr/lib/jvm/jre-25" 25 jre
find_jdk
same 'only old ones: exit code' 1 $?
holds 'only old ones: lists them' "$(cat "$tmp/err")" "21.0.7  $world/usr/lib/jvm/java-21"
holds 'only old ones: says why a runtime will not do' "$(cat "$tmp/err")" 'jre-25, a runtime without javac'

report
