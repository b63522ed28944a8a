#!/bin/bash
# lab.sh RUNDIR STAGE LAB: makes the dom0 that tests/lab/start.sh LAB booted a target host: installs
# STAGE there, provisions it, and leaves the same things in RUNDIR as root.sh does. Returns when done.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 3 ] || { echo "host: usage: lab.sh RUNDIR STAGE LAB" >&2; exit 2; }
mkdir -p "$1"
run=$(cd "$1" && pwd) stage=$2 lab=$3
[ -e "$lab/lab.env" ] || { echo "host: no lab runs in $lab; tests/lab/start.sh $lab boots one" >&2; exit 1; }
chmod 700 "$run"
"$here/keys.sh" "$run"
# shellcheck source=/dev/null
. "$lab/lab.env"
# shellcheck disable=SC2032,SC2033 # the argument is ssh's name for the host
dom0() { ssh -F "$lab/ssh_config" dom0 "$@"; }

dom0 'rm -rf /root/host && mkdir /root/host'
tar -C "$stage" --owner=0 --group=0 -cf - . | dom0 'tar -C / --no-overwrite-dir -xpf -'
tar -C "$here/.." -cf - host lab/guests | dom0 'tar -C /root/host -xf -'
tar -C "$run" -cf - --exclude='keys/*[^b]' keys | dom0 'tar -C /root/host -xf -'
# a restart returns when the new sshd listens, as it tells systemd; a reload may leave nobody listening
dom0 'bash /root/host/host/provision.sh /root/host/keys /root/host/lab/guests lab && sshd -t && systemctl restart ssh' >&2
key=$(dom0 cat /etc/ssh/ssh_host_ed25519_key.pub)

"$here/describe.sh" "$run" 127.0.0.1 "$LAB_PORT" "$key" >"$run/ssh_config"
cat >"$run/host.env" <<END
HOST_KIND=lab
HOST_NAME=127.0.0.1
HOST_PORT=$LAB_PORT
HOST_PID=
HOST_XL=/usr/sbin/xl
END
echo "host: the lab is up on port $LAB_PORT"
