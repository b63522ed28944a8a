#!/bin/bash
# Prints the folder that holds the lab's dom0: xen, vmlinuz, initrd, dom0.ext4 and id_root. Builds it
# first if these scripts changed since (a minute or two, as root); otherwise it is there at once.
set -euo pipefail
release='bookworm xen-4.17'
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/xen-shell

say() { echo "lab: $*" >&2; }
die() { say "$*"; exit 1; }

hash=$({
    echo "$release"
    cd "$here" && find image.sh dom0.sh dom0 guest -type f -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum
} | sha256sum | cut -c1-16)
image=$cache/lab-$hash

mkdir -p "$cache"
exec 9>"$cache/image.lock"
flock -n 9 || { say "another image.sh is at work, waiting"; flock 9; }
if [ -d "$image" ]; then
    echo "$image"
    exit
fi

# --- what the host needs
need=()
have() { command -v "$1" >/dev/null || need+=("$2"); }
PATH=$PATH:/usr/sbin:/sbin
have qemu-system-x86_64 qemu-system-x86
have mmdebstrap mmdebstrap
have mke2fs e2fsprogs
have ssh-keygen openssh-client
have ss iproute2
if [ ${#need[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || die "missing: ${need[*]}; install them or run this as root"
    say "installing ${need[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${need[@]}" >&2
fi
[ "$(id -u)" = 0 ] || die "the image is not built yet, and building it takes root"

# --- where this machine gets Debian from, and how (proxies, clock checks)
# shellcheck disable=SC2016 # the $(…) are for apt-get
sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | grep -E ' bookworm(-updates|-security)? main$' | sort -u) ||
    die "this machine's apt knows no Debian bookworm; add a source and run apt-get update"

# one file system: /dev and /proc of the host may be mounted in there while a build runs
rm -rf --one-file-system "$cache"/build.*
build=$(mktemp -d "$cache/build.XXXXXX")
trap 'rm -rf --one-file-system "$build"' EXIT
apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-)' >"$build/apt.conf" || true
echo "$sources" >"$build/sources.list"

say "building dom0 in $image, this takes a minute or two"
mkdir "$build/image"
export LAB_KEY=$build/image/id_root
ssh-keygen -q -t ed25519 -N '' -C xen-shell-lab -f "$LAB_KEY"

packages=(
    systemd-sysv libpam-systemd dbus linux-image-amd64 xen-hypervisor-4.17-amd64 xen-utils-4.17
    openssh-server sudo iproute2 ifupdown procps busybox-static cpio
    xen-tools lvm2 e2fsprogs bind9 bind9-dnsutils vnstat rsyslog
)
# its mounts end with it, however it ends
unshare --mount mmdebstrap --quiet --variant=minbase --include="${packages[*]}" \
    --aptopt="$build/apt.conf" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --essential-hook="cp -r --no-preserve=ownership '$here/dom0/.' \"\$1\"" \
    --customize-hook="cp -r --no-preserve=ownership '$here/dom0/.' \"\$1\"" \
    --customize-hook="'$here/dom0.sh' \"\$1\"" \
    bookworm "$build/root" "$build/sources.list" >&2

gunzip -c "$build"/root/boot/xen-4.17-amd64.gz >"$build/image/xen"
cp "$build"/root/boot/vmlinuz-* "$build/image/vmlinuz"
cp "$build"/root/boot/initrd.img-* "$build/image/initrd"
say "writing the disk"
# sparse; no journal, as every boot starts from this image again
truncate -s 6G "$build/image/dom0.ext4"
mke2fs -q -t ext4 -O ^has_journal -d "$build/root" "$build/image/dom0.ext4" >&2

mv "$build/image" "$image"
for old in "$cache"/lab-*; do
    [ "$old" = "$image" ] || rm -rf "$old"
done
say "built in $SECONDS s"
echo "$image"
