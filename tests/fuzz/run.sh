#!/bin/sh
# Runs a fuzz target for some seconds on a copy of its seeds: run.sh PROGRAM [SECONDS [FOLDER]]. What it finds of new
# inputs stays in FOLDER; crashers are written there too, and go into tests/fuzz/seeds/NAME once fixed. MTM_FUZZ_SEED is
# the seed of its random numbers; 0, or none, is another one each time.
set -eu
program=$1
seconds=${2:-60}
here=$(cd "$(dirname "$0")" && pwd)
name=$(basename "$program")
name=${name#fuzz_}
folder=${3:-}
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    given=no
fi
mkdir -p "$folder/corpus"
cp -n "$here/seeds/$name/"* "$folder/corpus/" 2>/dev/null || true
set -- -seed="${MTM_FUZZ_SEED:-0}" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=4096 -artifact_prefix="$folder/" -print_final_stats=1
if [ -f "$here/$name.dict" ]; then
    set -- "$@" -dict="$here/$name.dict"
fi
status=0
"$program" "$@" "$folder/corpus" || status=$?
if [ "$status" = 0 ] && [ "${given:-yes}" = no ]; then
    rm -r "$folder"
fi
exit "$status"
