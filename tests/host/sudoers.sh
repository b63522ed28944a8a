#!/bin/bash
# What each sudo that Debian serves makes of a sudoers fragment. PROGRAM is bookworm/sudo, trixie/sudo or
# trixie/sudo-rs; each runs in a throw-away root of its own release, whatever this machine has.
#   sudoers.sh PROGRAM FRAGMENT                what its visudo -c says, and whose word that is
#   sudoers.sh PROGRAM FRAGMENT TREE COMMAND…  with FRAGMENT in force and TREE (an installed tree) laid over
#                                              that root: COMMAND as bob, a tenant; assignments may precede it
#   sudoers.sh --fetch                         only makes sure that the programs are here
# They come through this machine's apt, which neither learns of them nor installs anything.
set -euo pipefail
umask 022 # of what gets unpacked; sudo refuses files that others can write
script=$(readlink -f "$0")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/xen-shell
# holds the keys of all releases that Debian still signs; bookworm's knows trixie's since 2023.3+deb12u2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "sudoers: $*" >&2; }
die() { say "$*"; exit 1; }

# fetch RELEASE PACKAGE…: $build/RELEASE.tar, a root with these and what they depend on.
fetch() {
    local release=$1 apt=$build/$1.apt root=$build/$1 sources package
    shift
    say "fetching $* of Debian $release"
    # Where this machine gets Debian from, with another release in its release's place. The machine's own settings
    # (proxies, clock checks) stay in force; its hooks, pins and lists do not, and nothing unsigned is taken.
    # shellcheck disable=SC2016 # the $(…) are for apt-get
    sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        sed -nE "s#^([^ ]+) [a-z]+(-updates|-security)? main\$#deb [arch=$(dpkg --print-architecture) signed-by=$keyring] \1 $release\2 main#p" | sort -u)
    [ -n "$sources" ] || die "this machine's apt knows no Debian; add a source and run apt-get update"
    mkdir -p "$apt"/{state/lists,cache/archives} "$root"/usr/{bin,sbin,lib,lib64}
    echo "$sources" >"$apt/sources.list"
    # nothing is installed there, so all that is needed comes along (perl too, without usr-is-merged)
    : >"$apt/status"
    cat >"$apt/apt.conf" <<END
#clear APT::Update;
#clear APT::Default-Release;
#clear DPkg;
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::AllowInsecureRepositories "false";
APT::Get::AllowUnauthenticated "false";
APT::Update::Error-Mode "any";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "true";
END
    {
        apt-get -c "$apt/apt.conf" -q update &&
            apt-get -c "$apt/apt.conf" -q -y --download-only install "$@" busybox-static usr-is-merged
    } >"$apt/log" 2>&1 ||
        die "Debian $release cannot be had: $(grep -m1 '^E: ' "$apt/log" || tail -n 1 "$apt/log")"
    for link in bin sbin lib lib64; do ln -s "usr/$link" "$root/$link"; done
    for package in "$apt"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$root"
    done
    for package in "$@"; do
        dpkg-deb -f "$apt/cache/archives/${package}"_*.deb Version >"$root/$package.version"
    done
    [ ! -e "$root/usr/lib/cargo/bin/sudo" ] || chmod 4755 "$root/usr/lib/cargo/bin/sudo" # its postinst's work
    # an archive, as a folder would be old programs with root's setuid bit, lying about
    tar -C "$root" --exclude=./usr/share/{doc,locale,man} -cf "$build/$release.tar" .
}

# --- outside
if [ "${1-}" != --inside ]; then
    case ${1-} in
    --fetch) ;;
    bookworm/sudo | trixie/sudo | trixie/sudo-rs)
        [ $# = 2 ] || [ $# -ge 4 ] || { say "usage: sudoers.sh PROGRAM FRAGMENT [TREE COMMAND…]"; exit 2; }
        [ -f "$2" ] || die "$2 is no file"
        [ -d "${3-/}" ] || die "$3 is no folder"
        ;;
    *) die "'${1-}': there are bookworm/sudo, trixie/sudo and trixie/sudo-rs" ;;
    esac
    [ "$(id -u)" = 0 ] || die "a throw-away root takes root"
    roots=$cache/sudoers-$(sha256sum <"$script" | cut -c1-16)
    mkdir -p "$cache"
    exec 9>"$cache/sudoers.lock"
    flock 9
    if [ ! -d "$roots" ]; then
        [ -e "$keyring" ] || die "$keyring is missing; apt-get install debian-archive-keyring"
        build=$(mktemp -d)
        trap 'rm -rf "$build"' EXIT
        chmod 755 "$build" # apt fetches as a user of its own
        fetch bookworm sudo
        fetch trixie sudo sudo-rs
        rm -rf "$cache"/sudoers-*
        mkdir "$roots.new" "$roots.new/root"
        mv "$build"/*.tar "$roots.new"
        mv "$roots.new" "$roots"
        rm -rf "$build"
    fi
    exec 9>&-
    [ "$1" != --fetch ] || exit 0
    # its mounts and processes end with it, however it ends
    exec unshare --mount --pid --uts --ipc --fork --kill-child=KILL -- "$script" --inside "$roots" "$@"
fi

# --- inside: namespaces of its own, still on the machine's files
roots=$2 release=${3%/*} package=${3#*/} fragment=$4 tree=${5-}
root=$roots/root
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

shift 5
# shellcheck disable=SC2016 # for the shell in there
exec chroot --userspec=2001:100 --groups=100,990 . \
    /bin/busybox sh -c 'umask 002; cd /tmp; exec /bin/busybox env -i "$@"' sh PATH=/usr/bin:/bin TERM=xterm "$@"
