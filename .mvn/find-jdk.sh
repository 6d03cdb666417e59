#!/bin/sh
# Prints the home of a JDK that builds and runs Hawser, or says on stderr what to do and exits 1.
#
# JAVA_HOME wins when it is new enough, then the java on PATH: both are the user's choice. Otherwise the newest JDK in
# the usual places does. Versions are read from each JDK's release file, because starting a JVM takes far longer.
#
# HAWSER_JDK_ROOT is put before the system's directories, for tests.
set -u

needed=25
root=${HAWSER_JDK_ROOT:-}
seen=''
newline='
'
best='' best_rank=0

# Sets $version to that of the JDK at $1, as its release file has it; fails where there is none.
read_release() {
  version=''
  [ -r "$1/release" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version#\"}
        version=${version%\"*}
        ;;
    esac
  done <"$1/release"
  [ -n "$version" ]
}

# Sets $version and $home by asking a java that has no release file beside it: a shim, or an unusual package.
ask_java() {
  version='' home=''
  settings=$("$1" -XshowSettings:properties -version 2>&1 </dev/null) || return 1
  while read -r key equals value; do
    case $key$equals in
      java.home=) home=$value ;;
      java.version=) version=$value ;;
    esac
  done <<END
$settings
END
  [ -n "$version" ] && [ -n "$home" ]
}

# Sets $major, and $rank: a number that grows with $version (25.0.10 is newer than 25.0.9; 1.8.0_292 is Java 8).
rank_version() {
  numbers=${version#1.}
  numbers=${numbers%%[!0-9.]*}
  saved_ifs=$IFS
  IFS=.
  # shellcheck disable=SC2086 # split at the dots
  set -- $numbers
  IFS=$saved_ifs
  major=${1:-0}
  rank=$((major * 100000000 + ${2:-0} * 1000000 + ${3:-0} * 1000 + ${4:-0}))
}

# Looks at the JDK at $1, whose $version is known; $2 says how it was found. Succeeds if it will do.
examine() {
  case $newline$seen in *"$newline$1$newline"*) return 1 ;; esac
  seen=$seen$1$newline
  rank_version
  lacks=''
  if [ "$major" -ge "$needed" ]; then
    if [ -x "$1/bin/javac" ]; then
      return 0
    fi
    lacks=', a runtime without javac'
  fi
  found="${found:-}  $version  $1${2:+ ($2)}$lacks$newline"
  return 1
}

settle() {
  printf '%s\n' "$1"
  exit 0
}

# Keeps the newest that will do of the JDKs whose homes are the arguments.
consider() {
  for home in "$@"; do
    read_release "$home" || continue
    if examine "$home" '' && [ "$rank" -gt "$best_rank" ]; then
      best=$home best_rank=$rank
    fi
  done
}

# Sets $home to where the java at $1 lives, through any symbolic links.
home_of() {
  java=$1
  while [ -L "$java" ]; do
    link=$(readlink "$java") || break
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done
  home=$(CDPATH='' cd -P "${java%/*}/.." 2>/dev/null && pwd) || home=''
}

if [ -n "${JAVA_HOME:-}" ]; then
  case $JAVA_HOME in /*) ;; *) JAVA_HOME=$PWD/$JAVA_HOME ;; esac
  if read_release "$JAVA_HOME"; then
    examine "$JAVA_HOME" JAVA_HOME && settle "$JAVA_HOME"
  elif [ -x "$JAVA_HOME/bin/java" ] && ask_java "$JAVA_HOME/bin/java"; then
    examine "$JAVA_HOME" JAVA_HOME && settle "$JAVA_HOME"
  else
    found="  nothing  $JAVA_HOME (JAVA_HOME)$newline"
  fi
fi

java=$(command -v java) || java=''
case $java in
  /*)
    on_path=$java
    home_of "$java"
    # macOS has a /usr/bin/java that only offers to install one.
    if read_release "$home"; then
      examine "$home" 'java on PATH' && settle "$home"
    elif [ "$home" != /usr ] && ask_java "$on_path"; then
      examine "$home" 'java on PATH' && settle "$home"
    fi
    ;;
esac

consider "$root"/usr/lib/jvm/* "$root"/usr/java/* "$root"/usr/local/openjdk-* "$root"/opt/java/* "$root"/opt/jdk*
if [ -n "${HOME:-}" ]; then
  consider "${SDKMAN_CANDIDATES_DIR:-$HOME/.sdkman/candidates}"/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
    "${MISE_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/mise}"/installs/java/* \
    "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
fi
consider "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
  "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
  "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
[ -z "$best" ] || settle "$best"

cat >&2 <<END
Hawser needs a JDK $needed or later, and there is none in JAVA_HOME, on PATH, in the system's Java directories,
SDKMAN, ~/.jdks, mise or asdf. Found:
${found:-  no Java at all$newline}
To get one:
  SDKMAN          sdk install java $needed.0.3-tem    ("sdk list java" shows the newest)
  Debian, Ubuntu  apt install openjdk-$needed-jdk-headless
  otherwise       https://adoptium.net/temurin/releases/?version=$needed
then run this again, with JAVA_HOME set to it if it is in an unusual place.
END
exit 1
