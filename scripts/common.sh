# What every script here starts with; sourced, never run. Works in the project's folder; $caller is
# where the user stood.
set -euo pipefail
caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A script's opening comment is its --help.
case "${1:-}" in
  -h | --help)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[1]}"
    exit 0
    ;;
esac

jobs=$(nproc)
# Enough for every preset; clones in other folders share it (CMakePresets.json sets CCACHE_BASEDIR).
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}
export PYTHONDONTWRITEBYTECODE=1

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}
