#!/bin/bash
# lab.sh: boots real Xen, installs the programs there and measures what a customer's ssh takes beside
# an administrator's. Prints medians and ratios; judges nothing. As root.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
work=$(mktemp -d)
trap 'tests/lab/stop.sh "$work/lab" || true; rm -rf "$work"' EXIT
./install.sh --stage "$work/stage"
tests/lab/start.sh "$work/lab"
tests/host/lab.sh "$work/host" "$work/stage" "$work/lab"
python3 tests/bench/ssh.py "$work/host"
