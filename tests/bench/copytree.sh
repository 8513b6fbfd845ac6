#!/bin/sh
# copytree beside its rivals, in turn, the median of five runs each.
#
#   tests/bench/copytree.sh BIN_DIR BARE_COPY [small|flat|large]...
#
# BIN_DIR holds copytree, BARE_COPY is the program made from bare_copy.cpp. Without a case, all. Every timed copy goes
# into a file system that was made just before, on a loop-mounted image: ext4 is slow for minutes in
# reusing what was deleted. That needs root. The sources are warm in memory; what is timed is the
# command alone, without a sync. Prints a table for each case: what runs, its median in seconds, and
# how many times as long as copytree it takes. TMPDIR says where the sources and the image lie
# (5 GiB).
set -eu

copytree=$1/copytree
bare=$2
shift 2
runs=5

if [ "$(id -u)" -ne 0 ]; then
  echo "copytree.sh: skipped: needs root, every copy goes to a file system of its own" >&2
  exit 0
fi

scratch=$(mktemp -d)
image=$scratch/image
mounted=$scratch/mounted
clean_up() {
  umount "$mounted" 2> /dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
mkdir "$mounted"

fresh() {
  umount "$mounted" 2> /dev/null || true
  rm -f "$image"
  truncate -s 3G "$image"
  mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 "$image"
  mount -o loop "$image" "$mounted"
  sync
}

# Appends the wall time of one copy by a command to the file of its name, in seconds.
run_once() {  # NAME SOURCE COMMAND...
  name=$1
  source=$2
  shift 2
  fresh
  find "$source" -type f -exec cat {} + > /dev/null
  begin=$(date +%s%N)
  "$@" "$source" "$mounted/copy"
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >> "$scratch/$name.times"
}

median() {  # NAME
  sort -n "$scratch/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

row() {  # NAME LABEL
  awk -v label="$2" -v own="$(median "$1")" -v base="$(median copytree)" \
    'BEGIN { printf "%-44s %9.3f s %11.2f\n", label, own, own / base }'
}

# rsync copies what is in a directory if the name ends in a slash, as the others do without it.
rsync_copy() {
  rsync -a "$1/" "$2/"
}

compare() {  # TITLE SOURCE
  rm -f "$scratch"/*.times
  i=0
  while [ "$i" -lt "$runs" ]; do
    run_once copytree "$2" "$copytree" -q
    run_once cp "$2" cp -a
    run_once bare "$2" "$bare"
    if command -v rsync > /dev/null; then run_once rsync "$2" rsync_copy; fi
    i=$((i + 1))
  done
  printf '\n%s\n%-44s %11s %11s\n' "$1" command median "to copytree"
  row copytree "copytree"
  row cp "cp -a"
  if command -v rsync > /dev/null; then row rsync "rsync -a"; fi
  row bare "bare loop: two threads, no attributes"
}

# Makes the files 1 to COUNT of SIZE bytes in a directory.
make_files() {  # DIRECTORY COUNT SIZE
  mkdir -p "$1"
  head -c "$(($2 * $3))" /dev/urandom | (cd "$1" && split -a 6 -d -b "$3" - file)
}

small() {
  i=0
  while [ "$i" -lt 400 ]; do
    make_files "$scratch/source/directory$i" 100 4096
    i=$((i + 1))
  done
  compare "40,000 files of 4 KiB in 400 directories, ext4" "$scratch/source"
}

flat() {
  make_files "$scratch/source" 30000 4096
  compare "30,000 files of 4 KiB in one directory, ext4" "$scratch/source"
}

large() {
  make_files "$scratch/source" 4 400000000
  compare "4 files of 400 MB, ext4" "$scratch/source"
}

[ "$#" -gt 0 ] || set -- small flat large
for case in "$@"; do
  case $case in
    small | flat | large) "$case" ;;
    *)
      echo "copytree.sh: no case '$case'" >&2
      exit 2
      ;;
  esac
  rm -rf "$scratch/source"
done
