#!/bin/bash
# Runs fuzzers: tests/fuzz/run.sh BUILD_DIR SECONDS [NAME...]   (NAME as in fuzz_NAME.cpp; default all)
# Seeds are tests/corpus/NAME and, for sniff and probe, the sample pictures. New inputs stay in the
# build folder; what crashes is put into tests/corpus/NAME, where the unit tests find it.
set -euo pipefail

build=$(realpath "${1:?usage: run.sh BUILD_DIR SECONDS [NAME...]}")
seconds=${2:?usage: run.sh BUILD_DIR SECONDS [NAME...]}
shift 2
tests=$(realpath "$(dirname "$0")/..")

if [ $# -eq 0 ]; then
  for source in "$tests"/fuzz/fuzz_*.cpp; do
    name=$(basename "$source" .cpp)
    set -- "$@" "${name#fuzz_}"
  done
fi

# The probe fuzzer reads the format from the first byte: its place in domain::kFormats.
samples_for_probe() {
  local seeds=$1 sample place
  for sample in "$tests"/samples/*.*; do
    case $sample in
      *.jpg) place='\x00' ;; *.png) place='\x01' ;; *.gif) place='\x02' ;;
      *.webp) place='\x03' ;; *.avif) place='\x04' ;; *.svg) place='\x05' ;; *) continue ;;
    esac
    [ "$(stat -c %s "$sample")" -gt 65536 ] || { printf "%b" "$place"; cat "$sample"; } > "$seeds/$(basename "$sample")"
  done
}

samples_for_sniff() {
  local sample
  for sample in "$tests"/samples/*.*; do head -c 4096 "$sample" > "$1/$(basename "$sample")"; done
}

failed=0
for name in "$@"; do
  found="$build/fuzz/$name/found" seeds="$build/fuzz/$name/seeds" corpus="$tests/corpus/$name"
  mkdir -p "$found" "$seeds" "$corpus"
  case $name in probe) samples_for_probe "$seeds" ;; sniff) samples_for_sniff "$seeds" ;; esac
  echo "== $name: $seconds seconds"
  "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -max_len=65536 -print_final_stats=1 -artifact_prefix="$corpus/" \
    "$found" "$corpus" "$seeds" > "$build/fuzz/$name/log" 2>&1 \
    || { echo "$name found something: $build/fuzz/$name/log" >&2; failed=1; }
  grep -E "^stat::number_of_executed|cov:" "$build/fuzz/$name/log" | tail -2 || true
done
exit $failed
