#!/bin/sh
# countips on logs in other formats than combined, and on packed ones. Medians of five runs each, in
# turn with what they are compared to.
#
#   tests/bench/countips_formats.sh BIN_DIR [CASE...]
#
# BIN_DIR holds countips and generate_log; without a CASE all are run:
#   formats     each text format beside combined, with the same requests
#   json        each JSON format, 400,000 lines
#   log_format  combined as a format given by its LogFormat and log_format strings
#   gzip        ten files with one and two threads; one file beside igzip -dc
#   start       a file of one line, and one that is no log
# LINES=N gives the number of lines of a log (1,200,000: 200 MB in combined). What runs must give
# the days, requests and clients of combined first.
set -eu

bin=$1
shift
lines=${LINES:-1200000}
runs=5

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

make_log() {  # FORMAT FILE LINES [OPTION...]
  format=$1
  file=$2
  count=$3
  shift 3
  "$bin/generate_log" --format "$format" --lines "$count" --clients 200000 --days 7 "$@" >"$file"
}

# Answers in the form that all cases compare.
answer_of() {  # COMMAND
  sh -c "$1" 2>"$scratch/errors" || { cat "$scratch/errors" >&2; return 1; }
}

check_same() {  # LABEL EXPECTED COMMAND
  answer_of "$3" >"$scratch/answer"
  cmp -s "$2" "$scratch/answer" && return
  echo "countips_formats.sh: $1 gives another answer:" >&2
  diff "$2" "$scratch/answer" >&2 || true
  exit 1
}

# Appends the wall time of one run to the file of its label, in seconds.
run_once() {  # LABEL COMMAND
  begin=$(date +%s%N)
  sh -c "$2" >/dev/null 2>&1 || true
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >>"$scratch/$1.times"
}

# The first in turn with the second.
run_both() {  # LABEL COMMAND LABEL COMMAND
  rm -f "$scratch"/*.times
  i=0
  while [ "$i" -lt "$runs" ]; do
    run_once "$1" "$2"
    run_once "$3" "$4"
    i=$((i + 1))
  done
}

median() {  # LABEL
  sort -n "$scratch/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

heading() {  # TITLE
  printf '\n%s\n%-22s %8s %10s %8s %9s\n' "$1" "" MB median GB/s "relative"
}

row() {  # LABEL FILE BASE
  awk -v name="$1" -v bytes="$(wc -c <"$2")" -v own="$(median "$1")" -v base="$(median "$3")" \
    'BEGIN { printf "%-22s %8.0f %8.3f s %8.2f %9.2f\n",
             name, bytes / 1e6, own, bytes / 1e9 / own, own / base }'
}

countips_on() {  # FILE [OPTION...]
  file=$1
  shift
  echo "'$bin/countips' --format tsv --no-header $* '$file'"
}

# Each format named beside combined with the same requests.
beside_combined() {  # LINES FORMAT...
  count=$1
  shift
  make_log combined "$scratch/combined.log" "$count"
  base=$(countips_on "$scratch/combined.log")
  answer_of "$base" >"$scratch/expected"
  for name in "$@"; do
    make_log "$name" "$scratch/$name.log" "$count"
    check_same "$name" "$scratch/expected" "$(countips_on "$scratch/$name.log")"
    run_both "$name" "$(countips_on "$scratch/$name.log")" combined "$base"
    row "$name" "$scratch/$name.log" combined
    rm "$scratch/$name.log"
  done
  row combined "$scratch/combined.log" combined
}

formats() {
  heading "$lines lines, 7 days, 200,000 clients, skewed; relative to combined"
  beside_combined "$lines" combined_user common vhost_combined host_combined port_combined \
    client_host_combined combined_iso traefik time_first npmplus syslog cri docker w3c cloudfront \
    zeek elb alb s3 haproxy haproxy_tcp squid ltsv envoy istio uwsgi nginx_proxy_manager
}

json() {
  heading "400,000 lines in JSON; relative to combined"
  beside_combined 400000 caddy nginx_json traefik_json
}

log_format() {
  log=$scratch/combined.log
  make_log combined "$log" "$lines"
  base=$(countips_on "$log")
  apache='%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\"'
  # shellcheck disable=SC2016 # These are variables of nginx.
  nginx='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent'
  nginx="$nginx \"\$http_referer\" \"\$http_user_agent\""
  answer_of "$base" >"$scratch/expected"
  heading "combined given by its string; relative to combined as it is recognised"
  for name in apache nginx; do
    [ "$name" = apache ] && text=$apache || text=$nginx
    own=$(countips_on "$log" --log-format "'$text'")
    check_same "$name" "$scratch/expected" "$own"
    run_both "$name" "$own" combined "$base"
    row "$name" "$log" combined
  done
  row combined "$log" combined
}

gzip_files() {  # How many, of how many lines
  i=0
  while [ "$i" -lt "$1" ]; do
    make_log combined "$scratch/packed.$i" "$2" --seed "$((i + 1))"
    gzip -6 "$scratch/packed.$i"
    i=$((i + 1))
  done
}

gzip_case() {
  gzip_files 10 400000
  two="'$bin/countips' --format tsv --no-header -j2 '$scratch'/packed.*.gz"
  one="'$bin/countips' --format tsv --no-header -j1 '$scratch'/packed.*.gz"
  answer_of "$one" >"$scratch/expected"
  check_same j2 "$scratch/expected" "$two"
  cat "$scratch"/packed.*.gz >"$scratch/all"
  heading "ten gzip files, two threads relative to one"
  run_both j2 "$two" j1 "$one"
  row j2 "$scratch/all" j1
  row j1 "$scratch/all" j1

  file=$scratch/packed.0.gz
  own=$(countips_on "$file")
  piped="igzip -dc '$file' | '$bin/countips' --format tsv --no-header"
  command -v igzip >/dev/null || piped="gzip -dc '$file' | '$bin/countips' --format tsv --no-header"
  answer_of "$own" >"$scratch/expected"
  check_same piped "$scratch/expected" "$piped"
  heading "one gzip file, relative to igzip -dc (or gzip -dc) into countips"
  run_both file "$own" piped "$piped"
  row file "$file" piped
  row piped "$file" piped
}

start() {
  make_log combined "$scratch/one" 1
  head -c 262144 /dev/urandom >"$scratch/junk"
  one="for i in 1 2 3 4 5 6 7 8 9 10; do '$bin/countips' '$scratch/one'; done"
  true="for i in 1 2 3 4 5 6 7 8 9 10; do /bin/true '$scratch/one'; done"
  heading "ten starts on one line, relative to /bin/true"
  run_both one "$one" true "$true"
  row one "$scratch/one" true
  row true "$scratch/one" true
  heading "256 KiB that are no log, relative to one line"
  run_both junk "'$bin/countips' '$scratch/junk'" one "'$bin/countips' '$scratch/one'"
  row junk "$scratch/junk" one
}

[ "$#" -gt 0 ] || set -- formats json log_format gzip start
for case in "$@"; do
  case $case in
    formats | json | log_format | start) "$case" ;;
    gzip) gzip_case ;;
    *)
      echo "countips_formats.sh: no case '$case'" >&2
      exit 2
      ;;
  esac
done
