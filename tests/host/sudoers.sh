#!/bin/bash
# What each sudo that Debian serves makes of a sudoers fragment. PROGRAM is bookworm/sudo, trixie/sudo or
# trixie/sudo-rs; each runs in a throw-away root of its own release, whatever this machine has.
#   sudoers.sh PROGRAM FRAGMENT                what its visudo -c says, and whose word that is
#   sudoers.sh PROGRAM FRAGMENT TREE COMMAND…  with FRAGMENT in force and TREE (an installed tree) laid over
#                                              that root: COMMAND as bob, a tenant; assignments may precede it
# They come from releases.sh.
set -euo pipefail
umask 022 # of what gets unpacked; sudo refuses files that others can write
script=$(readlink -f "$0")

say() { echo "sudoers: $*" >&2; }
die() { say "$*"; exit 1; }

# --- outside
if [ "${1-}" != --inside ]; then
    case ${1-} in
    bookworm/sudo | trixie/sudo | trixie/sudo-rs)
        [ $# = 2 ] || [ $# -ge 4 ] || { say "usage: sudoers.sh PROGRAM FRAGMENT [TREE COMMAND…]"; exit 2; }
        [ -f "$2" ] || die "$2 is no file"
        [ -d "${3-/}" ] || die "$3 is no folder"
        ;;
    *) die "'${1-}': there are bookworm/sudo, trixie/sudo and trixie/sudo-rs" ;;
    esac
    [ "$(id -u)" = 0 ] || die "a throw-away root takes root"
    roots=$("${script%/*}/releases.sh")
    root=$(mktemp -d)
    trap 'rmdir "$root"' EXIT
    # its mounts and processes end with it, however it ends
    unshare --mount --pid --uts --ipc --fork --kill-child=KILL -- "$script" --inside "$roots" "$root" "$@"
    exit
fi

# --- inside: namespaces of its own, still on the machine's files
roots=$2 root=$3 release=${4%/*} package=${4#*/} fragment=$5 tree=${6-}
mount -t tmpfs -o mode=755 xen-shell-sudoers "$root" # its own, as the cache's file system may be nosuid
tar -C "$root" -xpf "$roots/$release.tar"
[ -z "$tree" ] || tar -C "$tree" --owner=0 --group=0 -cf - . | tar -C "$root" --no-overwrite-dir -xpf -
install -m 440 "$fragment" "$root/etc/sudoers.d/xen-shell"
hostname dom0
cd "$root"
printf '127.0.0.1 localhost dom0\n' >etc/hosts
printf '%s\n' root:x:0:0::/root:/bin/sh bob:x:2001:100::/home/bob:/usr/bin/xen-login-shell alice:x:2002:100::/home/alice:/bin/sh >etc/passwd
printf '%s\n' root:x:0: adm:x:4: users:x:100: xenshell:x:990:bob >etc/group
(umask 077 && printf '%s:*:20000::::::\n' root bob alice >etc/shadow)

if [ -z "$tree" ]; then
    case $package in sudo-rs) visudo=/usr/bin/visudo-rs ;; *) visudo=/usr/sbin/visudo ;; esac
    echo "$release/$package $(<"$package.version"): $(chroot . $visudo --version | head -n 1)"
    exec chroot . $visudo -c -f /etc/sudoers.d/xen-shell
fi

# --- what sudo itself needs
mkdir -p dev proc root run tmp home/{bob,alice} var/log
chmod 1777 tmp
for device in null zero urandom; do
    : >"dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mount -t proc proc proc
for kind in auth account session session-noninteractive; do
    echo "${kind%-*} required pam_unix.so" >"etc/pam.d/common-$kind" # as libpam-runtime's postinst does
done
if [ "$package" != sudo ]; then
    ln -sf "$package" usr/bin/sudo # as an administrator does who wants it in sudo's place
    rm -f etc/sudoers.d/xen-shell-direct # as install.sh does where it finds sudo-rs
fi

# --- a guest, for a tree with the gate itself
if [ -e usr/lib/xen-shell/xl-sim ]; then
    mkdir -p etc/xen
    echo 'toolstack_path = /usr/lib/xen-shell/xl-sim' >>etc/xen-shell/xen-shell.conf
    printf '%s\n' "name = 'web1'" "memory = 64" "xen_shell = 'bob'" >etc/xen/web1.cfg
fi

shift 6
# shellcheck disable=SC2016 # for the shell in there
exec chroot --userspec=2001:100 --groups=100,990 . \
    /bin/busybox sh -c 'umask 002; cd /tmp; exec /bin/busybox env -i "$@"' sh PATH=/usr/bin:/bin TERM=xterm "$@"
