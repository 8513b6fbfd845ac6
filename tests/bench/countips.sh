#!/bin/sh
# countips beside its rivals, in turn; prints a table for each case.
#
#   tests/bench/countips.sh BIN_DIR [CASE]...
#
# BIN_DIR holds countips and generate_log. The cases are plain (700 MB, seven days, 200,000 clients,
# some of them far more frequent than others), clients (1.4 GB, three days, every client comes once,
# a fifth of them IPv6, which is as hard as it gets for the sets), filters (the first log with what
# can be asked for besides), gzip (the first log as ten files) and start (a log of five lines);
# without one, all. LINES (default: 4000000) is the number of lines of the first; the second has
# twice as many. The logs lie in TMPDIR and warm in memory.
#
# Each command runs RUNS times (default: 5), but only once if it takes more than 20 seconds; the
# table has what runs, its median, how many times as long as wc -l that is, and its most memory.
# gawk, DuckDB, logswan and GoAccess join if they are installed; those that can answer the same
# question must give the same answer first. The last two cannot: logswan knows no days and
# estimates, GoAccess counts pairs of address and browser.
set -eu

bin=$1
shift
lines=${LINES:-4000000}
runs=${RUNS:-5}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
log=$scratch/access.log

cat >"$scratch/days.awk" <<'AWK'
BEGIN { split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names, " ")
        for (i in names) month[names[i]] = sprintf("%02d", i) }
{
  date = substr($4, 2, 11)
  ++requests[date]
  if (!((date, $1) in seen)) { seen[date, $1]; ++clients[date] }
}
END {
  for (date in requests) {
    day = substr(date, 8) "-" month[substr(date, 4, 3)] "-" substr(date, 1, 2)
    print day "\t" requests[date] "\t" clients[date] | "sort"
  }
}
AWK

cat >"$scratch/days.sql" <<SQL
COPY (
  SELECT strftime(strptime(split_part(split_part(line, '[', 2), ':', 1), '%d/%b/%Y'), '%Y-%m-%d') AS day,
         count(*), count(DISTINCT split_part(line, ' ', 1))
  FROM read_csv('$log', columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false)
  GROUP BY day ORDER BY day
) TO '/dev/stdout' (DELIMITER '\t', HEADER false);
SQL

# The commands, by name. Each reads the log and prints what it finds.
command_of() {
  case $1 in
    wc) echo "wc -l '$log'" ;;
    countips) echo "'$bin/countips' --format tsv --no-header '$log'" ;;
    countips_j1) echo "'$bin/countips' --format tsv --no-header -j1 '$log'" ;;
    countips_processes) echo "'$bin/countips' --format tsv --no-header --backend processes '$log'" ;;
    countips_serial) echo "'$bin/countips' --format tsv --no-header --backend serial '$log'" ;;
    countips_gzip) echo "'$bin/countips' --format tsv --no-header '$log.gz'" ;;
    igzip_countips) echo "sh -c \"igzip -dc '$log.gz' | '$bin/countips' --format tsv --no-header\"" ;;
    ten_gzip) echo "'$bin/countips' --format tsv --no-header '$scratch/ten'" ;;
    ten_gzip_j1) echo "'$bin/countips' --format tsv --no-header -j1 '$scratch/ten'" ;;
    time_and_status) echo "'$bin/countips' --since 2000 --status 200-599 '$log'" ;;
    path) echo "'$bin/countips' --path '^/api/' '$log'" ;;
    no_bots) echo "'$bin/countips' --bots exclude '$log'" ;;
    top_10) echo "'$bin/countips' --top 10 '$log'" ;;
    gawk) echo "gawk -f '$scratch/days.awk' '$log'" ;;
    duckdb) echo "duckdb :memory: -f '$scratch/days.sql'" ;;
    logswan) echo "logswan '$log'" ;;
    goaccess) echo "goaccess '$log' --log-format=COMBINED --no-progress -o '$scratch/goaccess.json'" ;;
  esac
}

is_slow() {  # NAME
  [ -f "$scratch/$1.times" ] && awk '$1 > 20 { slow = 1 } END { exit !slow }' "$scratch/$1.times"
}

# Appends the wall time of one run to the file of its name, in seconds, and its most memory in KiB.
run_once() {  # NAME
  begin=$(date +%s%N)
  /usr/bin/time -a -o "$scratch/$1.memory" -f %M sh -c "exec $(command_of "$1")" >/dev/null 2>&1
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >>"$scratch/$1.times"
}

median() {  # FILE
  sort -n "$scratch/$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

row() {  # NAME
  awk -v name="$1" -v own="$(median "$1.times")" -v base="$(median wc.times)" \
    -v memory="$(median "$1.memory")" \
    'BEGIN { printf "%-20s %9.4f s %8.2f %8.1f MiB\n", name, own, own / base, memory / 1024 }'
}

check_answer() {  # NAME
  sh -c "$(command_of "$1")" >"$scratch/$1.answer" 2>/dev/null
  if ! cmp -s "$scratch/countips.answer" "$scratch/$1.answer"; then
    echo "countips.sh: $1 gives another answer:" >&2
    diff "$scratch/countips.answer" "$scratch/$1.answer" >&2 || true
    exit 1
  fi
}

# Rivals that are installed, out of those named.
installed() {
  for name in "$@"; do
    if command -v "$name" >/dev/null; then echo "$name"; fi
  done
}

# Runs the commands in turn and prints their table.
measure() {  # TITLE NAME...
  title=$1
  shift
  rm -f "$scratch"/*.times "$scratch"/*.memory
  i=0
  while [ "$i" -lt "$runs" ]; do
    for name in "$@"; do is_slow "$name" || run_once "$name"; done
    i=$((i + 1))
  done
  printf '%s: %s bytes\n' "$title" "$(wc -c <"$log")"
  printf '%-20s %11s %8s %12s\n' command median "to wc -l" memory
  for name in "$@"; do row "$name"; done
  echo
}

# Bytes that one distinct pair of day and client may take, besides 64 MiB for everything else.
pairs() {
  pairs=$(awk '{ pairs += $3 } END { print pairs }' "$scratch/countips.answer")
  awk -v pairs="$pairs" -v memory="$(median countips.memory)" \
    'BEGIN { printf "%d pairs of day and client, %.1f bytes each besides 64 MiB\n", pairs,
             (memory > 65536 ? memory - 65536 : 0) * 1024 / pairs }'
}

make_log() {  # the options of generate_log
  "$bin/generate_log" "$@" >"$log"
}

make_plain_log() {
  make_log --lines "$lines" --clients 200000 --days 7
}

plain() {
  make_plain_log
  own="countips countips_processes countips_j1 countips_serial"
  same=$(installed gawk duckdb)
  for name in $own $same; do check_answer "$name"; done
  # shellcheck disable=SC2086,SC2046  # Lists of names.
  measure "$lines lines, 7 days, 200,000 clients, skewed" wc $own $same $(installed logswan goaccess)
}

filters() {
  make_plain_log
  check_answer countips
  measure "the same with filters" wc countips time_and_status path no_bots top_10
}

gzip_files() {
  make_plain_log
  gzip -1 -c "$log" >"$log.gz"
  mkdir "$scratch/ten"
  split -n l/10 -d "$log" "$scratch/ten/access.log."
  gzip -1 "$scratch"/ten/*
  for name in countips countips_gzip ten_gzip ten_gzip_j1 $(of_igzip); do check_answer "$name"; done
  # shellcheck disable=SC2046
  measure "the same as one gzip file and as ten" wc countips_gzip $(of_igzip) ten_gzip ten_gzip_j1
  rm -r "$log.gz" "$scratch/ten"
}

of_igzip() {
  if command -v igzip >/dev/null; then echo igzip_countips; fi
}

clients() {
  make_log --lines "$((2 * lines))" --clients "$((2 * lines))" --days 3 --skew 0 --ipv6 0.2
  same=$(installed gawk duckdb)
  for name in countips countips_processes countips_j1 $same; do check_answer "$name"; done
  # shellcheck disable=SC2086
  measure "$((2 * lines)) lines, 3 days, as many clients, shuffled, a fifth IPv6" \
    wc countips countips_processes countips_j1 $same
  pairs
}

start() {
  make_log --lines 5
  check_answer countips
  measure "five lines" wc countips
}

[ "$#" -gt 0 ] || set -- plain clients filters gzip start
for case in "$@"; do
  case $case in
    plain | clients | filters | start) "$case" ;;
    gzip) gzip_files ;;
    *)
      echo "countips.sh: no case '$case'" >&2
      exit 2
      ;;
  esac
done
