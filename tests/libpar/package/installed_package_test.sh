#!/bin/sh
# Installs the build tree into an empty folder and builds a small program against the copy, once
# through CMake and once through pkg-config.
# usage: installed_package_test.sh BUILD_DIR COMPILER
set -eu

build=$1
compiler=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM

case $(cat "$build/CMakeCache.txt") in
  *-fsanitize=*|*--coverage*) echo "skipped: an instrumented build is not for installing"; exit 77 ;;
esac

cmake --install "$build" --prefix "$scratch/usr" >"$scratch/install.log" || {
  cat "$scratch/install.log"
  exit 1
}

fail() { echo "installed package: $1" >&2; exit 1; }

[ ! -e "$scratch/usr/bin/cp" ] || fail "there is a cp in bin"
for tool in copytree countips fib; do
  [ -x "$scratch/usr/bin/$tool" ] || fail "no bin/$tool"
  [ -f "$scratch/usr/share/man/man1/$tool.1" ] || fail "no man page of $tool"
  [ -f "$scratch/usr/share/bash-completion/completions/$tool" ] || fail "no completions of $tool"
done

cmake -S "$here/consumer" -B "$scratch/cmake" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$scratch/usr" -DCMAKE_CXX_COMPILER="$compiler" >"$scratch/configure.log" || {
  cat "$scratch/configure.log"
  exit 1
}
cmake --build "$scratch/cmake"
[ "$("$scratch/cmake/consumer")" = 30 ] || fail "the program built with CMake gave a wrong answer"
if [ -e "$build/libpar/libpar_processes.a" ]; then
  [ "$("$scratch/cmake/consumer_of_processes")" = 42 ] || fail "par::processes gave a wrong answer"
fi

PKG_CONFIG_PATH=$(dirname "$(find "$scratch/usr" -name par.pc)")
export PKG_CONFIG_PATH
# Flags are lists of words.
# shellcheck disable=SC2046
"$compiler" -std=c++20 "$here/consumer/main.cpp" -o "$scratch/by_pkg_config" \
  $(pkg-config --define-prefix --cflags --libs --static par)
[ "$("$scratch/by_pkg_config")" = 30 ] || fail "the program built with pkg-config gave a wrong answer"
