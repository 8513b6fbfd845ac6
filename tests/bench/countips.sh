#!/bin/sh
# countips beside its rivals, in turn, the median of five runs each; of one run for what takes more
# than 20 seconds.
#
#   tests/bench/countips.sh BIN_DIR [LINES]
#
# BIN_DIR holds countips and generate_log. Makes two logs of LINES lines (4,000,000: 700 MB) in a
# temporary folder: one with 200,000 clients, some of them far more frequent than others, and one in
# which every client comes once, which is as hard as it gets for the sets. Prints for each a table:
# what runs, its median in seconds, and how many times as long as wc -l it takes. gawk, DuckDB,
# logswan and GoAccess join if they are installed; those that can answer the same question must give
# the same answer first. The last two cannot: logswan knows no days and estimates, GoAccess counts
# pairs of address and browser.
set -eu

bin=$1
lines=${2:-4000000}
runs=5

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
    countips_serial) echo "'$bin/countips' --format tsv --no-header --backend serial '$log'" ;;
    countips_gzip) echo "'$bin/countips' --format tsv --no-header '$log.gz'" ;;
    zcat_countips) echo "gzip -dc '$log.gz' | '$bin/countips' --format tsv --no-header" ;;
    gawk) echo "gawk -f '$scratch/days.awk' '$log'" ;;
    duckdb) echo "duckdb :memory: -f '$scratch/days.sql'" ;;
    logswan) echo "logswan '$log'" ;;
    goaccess) echo "goaccess '$log' --log-format=COMBINED --no-progress -o '$scratch/goaccess.json'" ;;
  esac
}

is_slow() {  # NAME
  [ -f "$scratch/$1.times" ] && awk '$1 > 20 { slow = 1 } END { exit !slow }' "$scratch/$1.times"
}

# Appends the wall time of one run to the file of its name, in seconds.
run_once() {  # NAME
  begin=$(date +%s%N)
  sh -c "$(command_of "$1")" >/dev/null 2>&1
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >>"$scratch/$1.times"
}

median() {  # NAME
  sort -n "$scratch/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

row() {  # NAME
  awk -v name="$1" -v own="$(median "$1")" -v base="$(median wc)" \
    'BEGIN { printf "%-20s %9.3f s %8.2f\n", name, own, own / base }'
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

compare() {  # TITLE, then the options of generate_log
  title=$1
  shift
  "$bin/generate_log" --lines "$lines" "$@" >"$log"
  gzip -1 -c "$log" >"$log.gz"
  own="countips countips_j1 countips_serial countips_gzip zcat_countips"
  same=$(installed gawk duckdb)
  names="wc $own $same $(installed logswan goaccess)"
  for name in $own $same; do check_answer "$name"; done

  rm -f "$scratch"/*.times
  i=0
  while [ "$i" -lt "$runs" ]; do
    for name in $names; do is_slow "$name" || run_once "$name"; done
    i=$((i + 1))
  done

  printf '%s: %s bytes\n' "$title" "$(wc -c <"$log")"
  printf '%-20s %11s %8s\n' command median "to wc -l"
  for name in $names; do row "$name"; done
}

compare "$lines lines, 7 days, 200,000 clients, skewed" --clients 200000 --days 7
echo
compare "$lines lines, 3 days, as many clients, shuffled, a fifth IPv6" \
  --clients "$lines" --days 3 --skew 0 --ipv6 0.2
