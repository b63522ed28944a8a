#!/bin/bash
# root.sh RUNDIR STAGE: a throw-away host. Lays an overlay over this machine's / in namespaces of its
# own, copies the installed tree STAGE (install.sh --stage) into it, gives it accounts and guests
# (provision.sh) and runs a real sshd on a loopback port. Nothing on the machine itself is written
# but RUNDIR, which gets:
#   host.env    HOST_KIND, HOST_NAME, HOST_PORT, HOST_PID (its init, for enter.sh), HOST_XL
#   ssh_config  ssh -F RUNDIR/ssh_config bob@host …
#   keys/       private keys of bob, alice, staff, mallory and root
#   sshd.log    what sshd said
# Prints one line when the host is up. It lives until its standard input ends or it is killed, by
# whatever signal; either way nothing stays behind.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "host: $*" >&2; }
die() { say "$*"; exit 1; }

# --- outside
if [ "${1-}" != --inside ]; then
    [ $# = 2 ] || { say "usage: root.sh RUNDIR STAGE"; exit 2; }
    [ "$(id -u)" = 0 ] || die "a throw-away root takes root"
    [ -d "$2/usr" ] || die "$2 is no installed tree; ./install.sh --stage DIR makes one"
    for file in /usr/sbin/sshd /usr/share/openssh/sshd_config /usr/bin/ssh /usr/bin/sudo /usr/bin/perl; do
        [ -e "$file" ] || die "$file is missing; apt-get install openssh-server openssh-client sudo perl-base"
    done
    mkdir -p "$1"
    run=$(cd "$1" && pwd)
    stage=$(cd "$2" && pwd)
    chmod 700 "$run"
    "$here/keys.sh" "$run"
    # The host goes when this process does: pdeathsig ends unshare, --kill-child ends its init, and
    # with a namespace's init go all its processes and mounts.
    setpriv --pdeathsig KILL \
        unshare --mount --pid --uts --ipc --fork --kill-child=KILL -- "$0" --inside "$run" "$stage" <&0 &
    namespace=$!
    # its init first, so that unshare still reaps it
    # shellcheck disable=SC2046,SC2317 # numbers, several; called by the trap
    end() { kill -KILL $(cat "/proc/$namespace/task/$namespace/children") 2>/dev/null || kill -KILL "$namespace" || true; }
    trap end TERM INT HUP
    status=0
    wait "$namespace" || status=$?
    while kill -0 "$namespace" 2>/dev/null; do wait "$namespace" || true; done
    exit "$status"
fi

# --- inside: init of the new namespaces, still on the machine's files
run=$2 stage=$3
read -r pid _ </proc/self/stat      # the machine's /proc, hence the machine's number
mkdir -p "$run/root"
mount -t tmpfs -o mode=755 xen-shell-host "$run/root"
cd "$run/root"
mkdir upper work root
if ! mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work xen-shell-host root 2>overlay.error; then
    say "no overlay over / here ($(cat overlay.error)): linking /usr and copying /etc instead"
    "$here/farm.sh" "$run/root/root"
fi
cd root
mkdir -p dev proc sys tmp run root home var/log srv

# --- private: devices, terminals, sockets, homes, logs
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do
    : >"dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
ln -s pts/ptmx dev/ptmx
for fd in fd: stdin:/0 stdout:/1 stderr:/2; do
    ln -s "/proc/self/fd${fd#*:}" "dev/${fd%:*}"
done
mount -t proc proc proc
mount --bind /sys sys
mount -o remount,bind,ro sys
mount -t tmpfs -o mode=1777 tmp tmp
for folder in run root home var/log srv; do
    mount -t tmpfs -o mode=755 tmpfs "$folder"
done
ln -sfn ../run var/run

# --- a fresh Debian, whatever the machine's administrator did to it
rm -rf etc/xen etc/xen-shell usr/bin/xen-* usr/lib/xen-shell var/lib/xen-shell etc/nologin
rm -rf etc/ssh/sshd_config.d etc/ssh/ssh_host_* etc/ssh/xen-shell-keys etc/sudoers.d/*
mkdir -p etc/ssh/sshd_config.d
cp /usr/share/openssh/sshd_config etc/ssh/sshd_config
# it cannot be set from within a namespace everywhere
sed -i '/pam_loginuid/s/required/optional/' etc/pam.d/sshd
printf '127.0.0.1 localhost dom0\n' >etc/hosts
echo dom0 >etc/hostname
cp -a --no-preserve=ownership "$stage/." .

# --- leave the machine's files for good
install -d -m 700 run/host run/host/out
cp -r "$here" "$here/../lab/guests" "$here/../../install.sh" run/host/
mount --bind "$run" run/host/out
mkdir .machine
pivot_root . .machine
cd /
umount -l /.machine
rmdir /.machine
hostname dom0
HOST_PID=$pid exec /bin/bash /run/host/host/init.sh "$run"
