#!/bin/bash
# keys.sh RUNDIR: makes RUNDIR/keys, a key pair for each person of provision.sh and for root.
set -euo pipefail
mkdir -p "$1/keys"
for who in bob alice staff mallory root; do
    [ -e "$1/keys/$who" ] || ssh-keygen -q -t ed25519 -N '' -C "$who@test" -f "$1/keys/$who"
done
