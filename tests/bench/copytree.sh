#!/bin/sh
# copytree beside its rivals, in turn; prints a table for each case.
#
#   tests/bench/copytree.sh BIN_DIR BARE_COPY [CASE]...
#
# BIN_DIR holds copytree, BARE_COPY is the program made from bare_copy.cpp. The cases are small, flat,
# large, start, update, calls, sparse, reflink and processes; without one, all. The first three are
# run on each of FILESYSTEMS (default: "ext4 tmpfs xfs btrfs"), RUNS times (default: 5), and the median
# counts.
#
# Every timed copy goes into a file system that was made just before, on a loop-mounted image: ext4
# is slow for minutes in reusing what was deleted. That needs root. The sources lie warm in memory;
# what is timed is the command alone, without a sync. TMPDIR says where sources and image lie (6 GiB).
set -eu

copytree=$1/copytree
bare=$2
shift 2
runs=${RUNS:-5}
filesystems=${FILESYSTEMS:-ext4 tmpfs xfs btrfs}

if [ "$(id -u)" -ne 0 ]; then
  echo "copytree.sh: skipped: needs root, every copy goes to a file system of its own" >&2
  exit 0
fi

scratch=$(mktemp -d)
image=$scratch/image
mounted=$scratch/mounted
sources=$scratch/source
clean_up() {
  umount "$mounted" 2> /dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
mkdir "$mounted"

has() { command -v "$1" > /dev/null; }

# Mounts a new, empty file system of a kind.
fresh() {  # KIND
  umount "$mounted" 2> /dev/null || true
  if [ "$1" = tmpfs ]; then
    mount -t tmpfs -o size=6G copytree-bench "$mounted"
    return
  fi
  rm -f "$image"
  truncate -s 5G "$image"
  case $1 in
    ext4) mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 "$image" ;;
    xfs) mkfs.xfs -q -f "$image" ;;
    btrfs) mkfs.btrfs -q -f "$image" ;;
  esac
  mount -o loop "$image" "$mounted"
  sync
}

can_have() {  # KIND
  [ "$1" = tmpfs ] || { has "mkfs.$1" && grep -qw "$1" /proc/filesystems; }
}

# Appends the wall time of a command, in seconds, to the file of its name.
timed() {  # NAME COMMAND...
  name=$1
  shift
  begin=$(date +%s%N)
  "$@" > /dev/null
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >> "$scratch/$name.times"
}

median() {  # NAME
  sort -n "$scratch/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

heading() {  # TITLE
  printf '\n%s\n%-44s %11s %11s\n' "$1" command median "to copytree"
}

row() {  # NAME LABEL
  [ -e "$scratch/$1.times" ] || return 0
  awk -v label="$2" -v own="$(median "$1")" -v base="$(median copytree)" \
    'BEGIN { printf "%-44s %9.3f s %11.2f\n", label, own, own / base }'
}

rows() {
  row copytree copytree
  row cp "cp -a"
  row rsync "rsync -a"
  row processes "copytree --backend=processes"
  row bare "bare loop: two threads, no attributes"
  rm -f "$scratch"/*.times
}

# rsync copies what is in a directory if the name ends in a slash, as the others do without it.
rsync_copy() { rsync -a "$1/" "$2/"; }

copy_once() {  # KIND NAME COMMAND...
  kind=$1
  name=$2
  shift 2
  fresh "$kind"
  find "$sources" -type f -exec cat {} + > /dev/null
  timed "$name" "$@" "$sources" "$mounted/copy"
}

compare() {  # TITLE KIND
  can_have "$2" || { echo "copytree.sh: no $2 here: $1 left out" >&2; return 0; }
  i=0
  while [ "$i" -lt "$runs" ]; do
    copy_once "$2" copytree "$copytree" -q
    copy_once "$2" cp cp -a
    copy_once "$2" bare "$bare"
    if has rsync; then copy_once "$2" rsync rsync_copy; fi
    i=$((i + 1))
  done
  heading "$1, $2"
  rows
}

compare_everywhere() {  # TITLE
  for kind in $filesystems; do compare "$1" "$kind"; done
}

# Makes the files 1 to COUNT of SIZE bytes in a directory.
make_files() {  # DIRECTORY COUNT SIZE
  mkdir -p "$1"
  head -c "$(($2 * $3))" /dev/urandom | (cd "$1" && split -a 6 -d -b "$3" - file)
}

make_directories() {  # COUNT FILES SIZE
  i=0
  while [ "$i" -lt "$1" ]; do
    make_files "$sources/directory$i" "$2" "$3"
    i=$((i + 1))
  done
}

small() {
  make_directories 400 100 4096
  compare_everywhere "40,000 files of 4 KiB in 400 directories"
}

flat() {
  make_files "$sources" 30000 4096
  compare_everywhere "30,000 files of 4 KiB in one directory"
}

large() {
  make_files "$sources" 4 400000000
  compare_everywhere "4 files of 400 MB"
}

# A hundred copies, since one takes no longer than the clock's noise.
copy_often() {  # COMMAND...
  n=0
  while [ "$n" -lt 100 ]; do
    "$@" "$sources" "$mounted/copy$n"
    n=$((n + 1))
  done
}

start() {
  make_files "$sources" 10 4096
  i=0
  while [ "$i" -lt "$runs" ]; do
    fresh tmpfs
    timed copytree copy_often "$copytree" -q
    fresh tmpfs
    timed cp copy_often cp -a
    i=$((i + 1))
  done
  heading "10 files of 4 KiB, a hundred times, tmpfs"
  rows
}

update() {
  make_directories 400 250 1024
  fresh ext4
  "$copytree" -q "$sources" "$mounted/copy"
  i=0
  while [ "$i" -lt "$runs" ]; do
    timed copytree "$copytree" -q --update -T "$sources" "$mounted/copy"
    timed cp cp -a -u -T "$sources" "$mounted/copy"
    if has rsync; then timed rsync rsync_copy "$sources" "$mounted/copy"; fi
    i=$((i + 1))
  done
  heading "nothing changed in 100,000 files, --update (cp -a -u), ext4"
  rows
}

# System calls of a command that copies a number of small files.
calls_for() {  # FILES COMMAND...
  files=$1
  shift
  rm -rf "$sources"
  make_files "$sources" "$files" 100
  fresh tmpfs
  strace -f -c -o "$scratch/calls" "$@" "$sources" "$mounted/copy"
  awk '$NF == "total" { print $4 }' "$scratch/calls"
}

calls_per_file() {  # LABEL COMMAND...
  label=$1
  shift
  few=$(calls_for 1000 "$@")
  many=$(calls_for 11000 "$@")
  awk -v label="$label" -v few="$few" -v many="$many" \
    'BEGIN { printf "%-44s %11.2f\n", label, (many - few) / 10000 }'
}

calls() {
  has strace || { echo "copytree.sh: no strace: system calls not counted" >&2; return 0; }
  printf '\n%-44s %11s\n' "system calls for a small new file" "per file"
  calls_per_file copytree "$copytree" -q
  calls_per_file "cp -a" cp -a
}

sparse() {
  mkdir "$sources"
  truncate -s 1T "$sources/file"
  i=0
  while [ "$i" -lt "$runs" ]; do
    fresh xfs
    timed copytree "$copytree" -q "$sources" "$mounted/copy"
    fresh xfs
    timed cp cp -a "$sources" "$mounted/copy"
    i=$((i + 1))
  done
  heading "a file of 1 TiB that is all hole, xfs"
  rows
}

reflink() {
  for kind in btrfs xfs; do
    can_have "$kind" || continue
    fresh "$kind"
    make_files "$mounted/source" 4 400000000
    sync
    i=0
    while [ "$i" -lt "$runs" ]; do
      timed copytree "$copytree" -q "$mounted/source" "$mounted/copy$i"
      timed cp cp -a --reflink=always "$mounted/source" "$mounted/rival$i"
      i=$((i + 1))
    done
    heading "4 files of 400 MB that can share their blocks (cp -a --reflink=always), $kind"
    rows
  done
}

compare_processes() {  # TITLE
  i=0
  while [ "$i" -lt "$runs" ]; do
    copy_once ext4 copytree "$copytree" -q
    copy_once ext4 processes "$copytree" -q --backend=processes
    i=$((i + 1))
  done
  heading "$1, ext4"
  rows
}

processes() {
  make_directories 400 100 4096
  compare_processes "40,000 files of 4 KiB in 400 directories"
  rm -rf "$sources"
  make_files "$sources" 4 400000000
  compare_processes "4 files of 400 MB"
}

[ "$#" -gt 0 ] || set -- small flat large start update calls sparse reflink processes
for case in "$@"; do
  case $case in
    small | flat | large | start | update | calls | sparse | reflink | processes) "$case" ;;
    *)
      echo "copytree.sh: no case '$case'" >&2
      exit 2
      ;;
  esac
  rm -rf "$sources"
done
