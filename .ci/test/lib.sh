# shellcheck shell=sh
# What the tests of the shell scripts share. Each test works in $tmp, a new directory whose name has a space in it.

# shellcheck disable=SC2034 # used by the tests
repo=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM HUP
tmp=$tmp/'a place'
mkdir "$tmp"
passed=0 failed=0

# A made-up JDK at $1 of version $2, without javac if $3 is "jre".
make_jdk() {
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
  printf '#!/bin/sh\nexit 9\n' >"$1/bin/java"
  chmod +x "$1/bin/java"
  [ "${3:-}" = jre ] || cp "$1/bin/java" "$1/bin/javac"
}

# A directory for PATH with the programs named, and nothing else: no java, no mvn.
make_path() {
  directory=$1
  shift
  mkdir -p "$directory"
  for program in "$@"; do
    if found=$(command -v "$program"); then
      ln -sf "$found" "$directory/$program"
    fi
  done
}

# same WHAT EXPECTED ACTUAL
same() {
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
  fi
}

# holds WHAT TEXT PART: does the text hold the part?
holds() {
  case $2 in
    *"$3"*) passed=$((passed + 1)) ;;
    *)
      failed=$((failed + 1))
      printf 'FAILED: %s\n  no "%s" in: %s\n' "$1" "$3" "$2"
      ;;
  esac
}

report() {
  printf '%s: %s passed, %s failed\n' "${0##*/}" "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
