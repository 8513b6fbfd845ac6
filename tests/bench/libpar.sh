#!/bin/sh
# Measures libpar beside oneTBB, std, a pipe and Python, in turn in one run, and prints the median of
# nine rounds of each; writes them to BUILD_DIR/bench/libpar.tsv as well.
# usage: libpar.sh BUILD_DIR
set -eu

bench=$1/tests/bench/libpar_bench
table=$1/bench/libpar.tsv
[ -x "$bench" ] || { echo "libpar.sh: no $bench: install libbenchmark-dev and libtbb-dev" >&2; exit 2; }

echo "oneTBB $(dpkg-query -W -f '${Version}' libtbb-dev), $(nproc) processors; M items/s"
mkdir -p "$1/bench"
# The name of a benchmark is case/contender, then what Google Benchmark adds. Where a contender has
# two ways, the better counts.
"$bench" --benchmark_repetitions=9 --benchmark_report_aggregates_only=true \
  --benchmark_enable_random_interleaving=true --benchmark_format=csv 2>/dev/null |
  awk -F, '
    $1 ~ /_median"$/ && match($1, /^"[a-z_]+\/[a-zA-Z0-9_]+\/[a-z]+/) {
      split(substr($1, 2, RLENGTH - 1), part, "/")
      name = part[1] "/" part[2] "\t" part[3]
      if ($7 > best[name]) best[name] = $7
    }
    END { for (name in best) printf "%s\t%.0f\n", name, best[name] }' | sort >"$table"

printf '%-24s %10s %10s %10s %8s\n' case par tbb std ratio
awk -F'\t' '
  { rate[$1, $2] = $3; cases[$1] }
  END {
    for (name in cases) {
      if ((name, "python") in rate) continue;
      # A lock that nobody contends for is measured against the best there is.
      versus = (name, "tbb") in rate && name != "mutex/uncontended" ? "tbb" : "std"
      printf "%-24s %10s %10s %10s %8s\n", name, shown(name, "par"), shown(name, "tbb"),
             shown(name, "std"), ratio(name, versus)
    }
  }
  function ratio(name, versus) {
    if (!((name, versus) in rate)) return "-"
    return sprintf("%.2f", rate[name, "par"] / rate[name, versus])
  }
  function shown(name, who) {
    if (!((name, who) in rate)) return "-"
    return sprintf(rate[name, who] < 1e5 ? "%.5f" : "%.2f", rate[name, who] / 1e6)
  }' "$table" | sort

echo
printf '%-24s %10s %10s %10s %8s %8s\n' case par pipe python 'to pipe' 'to python'
awk -F'\t' '
  { rate[$1, $2] = $3; cases[$1] }
  END {
    for (name in cases) {
      if (!((name, "python") in rate)) continue;
      printf "%-24s %10s %10s %10s %8s %8s\n", name, shown(name, "par"), shown(name, "pipe"),
             shown(name, "python"), ratio(name, "pipe"), ratio(name, "python")
    }
  }
  function ratio(name, versus) {
    if (!((name, versus) in rate)) return "-"
    return sprintf("%.1f", rate[name, "par"] / rate[name, versus])
  }
  function shown(name, who) {
    return (name, who) in rate ? sprintf("%.3f", rate[name, who] / 1e6) : "-"
  }' "$table" | sort

echo
"$1/tests/bench/libpar_costs"
