#!/bin/sh
# Tries how mvnw chooses a Maven, with made-up ones. (The whole build tries the chosen one.)
set -u
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_path "$tmp/bin" sh cat readlink dirname sed printf mkdir mktemp curl sha512sum shasum openssl tar gzip rm mv
make_jdk "$tmp/jdk" 25.0.1
mirror=${tmp%/*}/mirror # outside the directory with a space, which has no place in a URL

# A Maven at $1 of version $2, which tells the version by its core library or, if $3 is "ask", when asked.
make_maven() {
  mkdir -p "$1/bin" "$1/lib"
  [ "${3:-}" = ask ] || touch "$1/lib/maven-core-$2.jar"
  cat >"$1/bin/mvn" <<END
#!/bin/sh
[ "\$*" = '-B -v' ] && echo 'Apache Maven $2' && exit
echo "maven $2 at $1 on \$JAVA_HOME: \$*"
END
  chmod +x "$1/bin/mvn"
}

# Runs mvnw with nothing but what is named here; further arguments are its environment.
mvnw() {
  env -i PATH="$tmp/bin" HOME="$tmp/home" JAVA_HOME="$tmp/jdk" MVNW_REPOURL="file://$mirror" "$@" \
    "$repo/mvnw" -B 'a b' 2>"$tmp/err"
}

make_maven "$tmp/maven-3.8.7" 3.8.7
make_maven "$tmp/debian" 3.8.7 ask
make_maven "$tmp/maven-3.10.0" 3.10.0
same 'the mvn on PATH, by its core library' "maven 3.8.7 at $tmp/maven-3.8.7 on $tmp/jdk: -B a b" \
  "$(mvnw PATH="$tmp/maven-3.8.7/bin:$tmp/bin")"
mkdir "$tmp/links"
ln -s ../debian/bin/mvn "$tmp/links/mvn"
same 'the mvn on PATH, by asking it' "maven 3.8.7 at $tmp/debian on $tmp/jdk: -B a b" \
  "$(mvnw PATH="$tmp/links:$tmp/bin")"
same 'MAVEN_HOME comes first' "maven 3.10.0 at $tmp/maven-3.10.0 on $tmp/jdk: -B a b" \
  "$(mvnw PATH="$tmp/links:$tmp/bin" MAVEN_HOME="$tmp/maven-3.10.0")"

for version in 3.6.3 3.8.6 4.0.0; do
  make_maven "$tmp/maven-$version" "$version"
  mvnw PATH="$tmp/maven-$version/bin:$tmp/bin" >"$tmp/out"
  same "Maven $version on PATH: not taken" 1 $?
  holds "Maven $version on PATH: downloads one" "$(cat "$tmp/err")" "Downloading Maven "
done
holds 'a failed download says what to do' "$(cat "$tmp/err")" 'set MVNW_REPOURL to a mirror'

url=$(sed -n 's/^Downloading Maven .* from file:..//p' "$tmp/err")
mkdir -p "${url%/*}"
echo 'no Maven' >"$url"
mvnw >"$tmp/out"
same 'a wrong checksum: exit code' 1 $?
holds 'a wrong checksum: says so' "$(cat "$tmp/err")" 'is not the Maven that this project pins'
same 'a wrong checksum: nothing is left' '' "$(find "$tmp/home" -type f)"

pinned=${url##*/apache-maven-}
pinned=${pinned%-bin.tar.gz}
make_maven "$tmp/home/.m2/wrapper/dists/apache-maven-$pinned/0123abcd" "$pinned"
holds 'one that is already unpacked comes first' "$(mvnw PATH="$tmp/links:$tmp/bin")" "maven $pinned at $tmp/home/.m2"

report
