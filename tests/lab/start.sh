#!/bin/bash
# start.sh RUNDIR: boots the lab's dom0 and returns when `xl list` works in it. Leaves in RUNDIR:
# lab.env (LAB_PORT, LAB_KEY, LAB_PID), ssh_config (ssh -F RUNDIR/ssh_config dom0 …), console.log.
# Nothing that happens in dom0 reaches the image. stop.sh ends it.
set -euo pipefail
readonly boot_limit=300     # seconds; 30 are usual, the rest is for a busy machine
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "lab: $*" >&2; }
[ $# = 1 ] || { say "usage: start.sh RUNDIR"; exit 2; }
mkdir -p "$1"
run=$(cd "$1" && pwd)
if [ -e "$run/qemu.pid" ]; then
    say "$run is in use, stop.sh ends what runs there"
    exit 1
fi
PATH=$PATH:/usr/sbin:/sbin
image=$("$here/image.sh")

fail() {
    say "$*"
    tail -n 40 "$run/console.log" >&2 || true
    "$here/stop.sh" "$run"
    exit 1
}

: >"$run/console.log"
# eager-fpu: with spec-ctrl=no alone Xen switches FPU state lazily and registers leak between dom0's
# processes. -smap: dom0 dies at once with it. The rest only saves time.
# snapshot=on writes to an unlinked file in TMPDIR. Host port 0: the kernel finds a free one.
TMPDIR=$run qemu-system-x86_64 -accel tcg,thread=multi -cpu max,-smap,-smep,-pku,-la57 \
    -m 2048 -smp 2 -nodefaults -no-reboot -daemonize -pidfile "$run/qemu.pid" \
    -display none -serial "file:$run/console.log" -monitor none \
    -kernel "$image/xen" \
    -append 'dom0_mem=1024M,max:1024M com1=115200,8n1 console=com1 smt=1 spec-ctrl=no,eager-fpu' \
    -initrd "$image/vmlinuz root=/dev/vda rw console=hvc0 net.ifnames=0 mitigations=off,$image/initrd" \
    -drive "file=$image/dom0.ext4,if=virtio,format=raw,cache=unsafe,snapshot=on" \
    -nic user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:0-:22 >&2
pid=$(cat "$run/qemu.pid")
port=$(ss -Hltnp | sed -n "s/.* 127\.0\.0\.1:\([0-9]*\) .*pid=$pid,.*/\1/p")
[ -n "$port" ] || fail "qemu forwards no port"

cat >"$run/ssh_config" <<END
Host dom0
    HostName 127.0.0.1
    Port $port
    User root
    IdentityFile $image/id_root
    IdentitiesOnly yes
    BatchMode yes
    StrictHostKeyChecking no
    UserKnownHostsFile /dev/null
    LogLevel ERROR
END

# dom0 says so itself (lab-ready.service); tail ends when qemu does
timeout "$boot_limit" grep -q -m1 'lab: dom0 is ready' \
    < <(exec tail -n +1 --pid="$pid" -s 0.2 -f "$run/console.log") ||
    fail "dom0 did not come up in $boot_limit s, its console ended with:"
timeout 60 ssh -F "$run/ssh_config" dom0 xl list >/dev/null || fail "dom0 is up, but ssh or xl fails there"

printf 'LAB_PORT=%s\nLAB_KEY=%s\nLAB_PID=%s\n' "$port" "$image/id_root" "$pid" >"$run/lab.env"
say "dom0 is up after $SECONDS s"
