#!/bin/bash
# Init of the throw-away host, started by root.sh: log, accounts, sshd; ends with its standard input.
# $1 is the name that RUNDIR has outside; here it is /run/host/out.
set -euo pipefail
run=$1
out=/run/host/out
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LANG=C.UTF-8

# sudo and the programs write their record here
perl /run/host/host/syslog.pl /dev/log /var/log/auth.log </dev/null &
for log in wtmp btmp lastlog; do : >"/var/log/$log"; done

/run/host/host/provision.sh "$out/keys" /run/host/guests simulator </dev/null >&2

# --- sshd
install -d -m 755 /run/sshd
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
/usr/sbin/sshd -t
port=
for _ in {1..20}; do
    try=$((20000 + RANDOM % 12000))
    : >"$out/sshd.log"
    /usr/sbin/sshd -D -e -p "$try" -o ListenAddress=127.0.0.1 -o LogLevel=VERBOSE \
        </dev/null >/dev/null 2>"$out/sshd.log" &
    sshd=$!
    if timeout 20 grep -q -m1 'Server listening' < <(exec tail -n +1 --pid="$sshd" -s 0.05 -f "$out/sshd.log"); then
        port=$try
        break
    fi
done
[ -n "$port" ] || { echo "host: sshd found no port:" >&2; cat "$out/sshd.log" >&2; exit 1; }

/run/host/host/describe.sh "$run" 127.0.0.1 "$port" "$(cat /etc/ssh/ssh_host_ed25519_key.pub)" >"$out/ssh_config"
cat >"$out/host.env" <<END
HOST_KIND=simulator
HOST_NAME=127.0.0.1
HOST_PORT=$port
HOST_PID=$HOST_PID
HOST_XL=/usr/lib/xen-shell/xl-sim
END
echo "host: up on port $port"

# whoever started this holds the other end; with init goes everything else
cat >/dev/null <&0 &
wait -n "$!" "$sshd" || true
