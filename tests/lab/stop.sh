#!/bin/bash
# stop.sh RUNDIR: ends the dom0 that start.sh booted there. Its disk was throw-away, so it is not asked
# to shut down; console.log stays for whoever wants to know what happened.
set -euo pipefail
[ $# = 1 ] || { echo "lab: usage: stop.sh RUNDIR" >&2; exit 2; }
run=$1
[ -e "$run/qemu.pid" ] || exit 0
pid=$(cat "$run/qemu.pid")

# the number may belong to somebody else by now
if grep -qsz qemu-system "/proc/$pid/cmdline" && grep -qsFz "$run/console.log" "/proc/$pid/cmdline"; then
    kill "$pid"
    timeout 10 tail --pid="$pid" -s 0.1 -f /dev/null || kill -KILL "$pid"
fi
rm -f "$run/qemu.pid" "$run/lab.env" "$run/ssh_config"
