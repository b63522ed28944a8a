#!/bin/bash
# run.sh: brings up a throw-away host with the installed programs and measures them there against
# their peers. Prints medians and ratios; judges nothing. As root.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
work=$(mktemp -d)
trap 'exec 3>&-; wait; rm -rf "$work"' EXIT
for package in python3-minimal dtach screen tmux; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
        apt-get install -y -qq --no-install-recommends "$package" >&2
done

./install.sh --stage "$work/stage"
mkfifo "$work/hold"
mkdir "$work/host"
tests/host/root.sh "$work/host" "$work/stage" <"$work/hold" >"$work/up" &
exec 3>"$work/hold" # the host lives until this closes
timeout 60 grep -q -m1 up <(exec tail -n +1 -s 0.1 -f "$work/up")
for name in ${1:-measure console screen guests reimage}; do
    echo "== $name"
    tests/host/enter.sh "$work/host" /usr/bin/python3 - <"tests/bench/$name.py" 3>&- # what it leaves running must not hold the host
done
