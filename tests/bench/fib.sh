#!/bin/sh
# fib beside its rivals, in turn, the median of five runs each.
#
#   tests/bench/fib.sh BIN_DIR GMP_LOOP [COUNT]
#
# BIN_DIR holds fib, GMP_LOOP is the program made from gmp_loop.cpp. Prints a table: what runs, its
# median in seconds, and how many times as long as fib it takes. Every row includes the start of a
# shell, as the one of /bin/true shows. Python joins if it is installed, and takes half a minute a run;
# so does PARI/GP.
set -eu

fib=$1/fib
gmp_loop=$2
count=${3:-50000}
runs=5
python=$(command -v python3 || true)
gp=$(command -v gp || true)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
text=$scratch/numbers

cat > "$scratch/generator.py" <<'PYTHON'
import sys

def numbers(count):
    a, b = 1, 1
    for _ in range(count):
        yield a
        a, b = b, a + b

sys.set_int_max_str_digits(0)
for number in numbers(int(sys.argv[1])):
    print(number)
PYTHON

# Appends the wall time of one run of a shell command to the file of its name, in seconds.
run_once() {  # NAME COMMAND
  begin=$(date +%s%N)
  sh -c "$2"
  end=$(date +%s%N)
  echo "$begin $end" | awk '{ printf "%.6f\n", ($2 - $1) / 1e9 }' >> "$scratch/$1.times"
}

median() {  # NAME
  sort -n "$scratch/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

row() {  # NAME BASE LABEL
  awk -v label="$3" -v own="$(median "$1")" -v base="$(median "$2")" \
    'BEGIN { printf "%-44s %9.3f s %8.2f\n", label, own, own / base }'
}

# The rival for one huge number: mpz_fib_ui and mpz_get_str, by the same program.
huge=10000000

"$fib" "$count" > "$text"
"$gmp_loop" "$count" | cmp - "$text"  # A fast wrong answer is no answer.
"$gmp_loop" --nth "$huge" > "$scratch/huge"
"$fib" --nth "$huge" | cmp - "$scratch/huge"

i=0
while [ "$i" -lt "$runs" ]; do
  run_once fib "'$fib' $count > /dev/null"
  run_once fib_serial "'$fib' --backend serial $count > /dev/null"
  run_once gmp "'$gmp_loop' $count > /dev/null"
  run_once fib_pipe "'$fib' $count | cat > /dev/null"
  run_once cat_pipe "cat '$text' | cat > /dev/null"
  [ -z "$python" ] || run_once python "'$python' '$scratch/generator.py' $count > /dev/null"
  run_once nth "'$fib' --nth $huge > /dev/null"
  run_once gmp_nth "'$gmp_loop' --nth $huge > /dev/null"
  [ -z "$gp" ] || run_once gp_nth "echo 'print(fibonacci($huge))' | '$gp' -q -s 1G > /dev/null"
  run_once ten "'$fib' 10 > /dev/null"
  run_once nothing "/bin/true"
  run_once digits "'$fib' --digits 1000000 > /dev/null"
  run_once mod "'$fib' --mod 1000007 1000000 > /dev/null"
  run_once first "'$fib' --first 20 --nth 1000000000000000000 > /dev/null"
  run_once below "'$fib' --from -$count --count $count > /dev/null"
  run_once base "'$fib' --base 16 $count > /dev/null"
  i=$((i + 1))
done

printf 'first %s Fibonacci numbers, %s bytes\n' "$count" "$(wc -c < "$text")"
printf '%-44s %11s %8s\n' command median "to fib"
row fib fib "fib > /dev/null"
row fib_serial fib "fib --backend serial > /dev/null"
row gmp fib "GMP: mpz_add, mpz_out_str > /dev/null"
[ -z "$python" ] || row python fib "Python generator > /dev/null"
row fib_pipe fib_pipe "fib | cat > /dev/null"
row cat_pipe fib_pipe "cat FILE | cat > /dev/null"
row below fib "fib --from -$count --count $count"
row base fib "fib --base 16"
row nth nth "fib --nth $huge"
row gmp_nth nth "GMP: mpz_fib_ui, mpz_get_str"
[ -z "$gp" ] || row gp_nth nth "PARI/GP: print(fibonacci($huge))"
row ten ten "fib 10"
row nothing ten "/bin/true"
row digits digits "fib --digits 1000000"
row mod mod "fib --mod 1000007 1000000"
row first first "fib --first 20 --nth 10^18"
