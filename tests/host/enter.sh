#!/bin/bash
# enter.sh RUNDIR [COMMAND…]: runs a command as root inside the host, without its sshd; a shell if none.
set -euo pipefail
[ $# -ge 1 ] || { echo "host: usage: enter.sh RUNDIR [COMMAND…]" >&2; exit 2; }
run=$1
shift
[ $# -gt 0 ] || set -- /bin/bash
# shellcheck source=/dev/null
. "$run/host.env"
if [ "$HOST_KIND" = lab ]; then
    exec ssh -F "$run/ssh_config" root@host "$(printf '%q ' "$@")"
fi
exec nsenter --target "$HOST_PID" --mount --pid --uts --ipc --root --wd -- \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" "$@"
