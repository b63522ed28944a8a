#!/bin/bash
# Prints the folder with roots of Debian releases that this machine need not be: bookworm.tar and trixie.tar, with
# programs that our own have to get on with. Fetches them first if this script changed since.
# They come through this machine's apt, which neither learns of them nor installs anything.
set -euo pipefail
umask 022 # of what gets unpacked; sudo refuses files that others can write
script=$(readlink -f "$0")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/xen-shell
# holds the keys of all releases that Debian still signs; bookworm's knows trixie's since 2023.3+deb12u2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "releases: $*" >&2; }
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

[ "$(id -u)" = 0 ] || die "a root of another release takes root"
roots=$cache/releases-$(sha256sum <"$script" | cut -c1-16)
mkdir -p "$cache"
exec 9>"$cache/releases.lock"
flock 9
if [ ! -d "$roots" ]; then
    [ -e "$keyring" ] || die "$keyring is missing; apt-get install debian-archive-keyring"
    build=$(mktemp -d)
    trap 'rm -rf "$build"' EXIT
    chmod 755 "$build" # apt fetches as a user of its own
    fetch bookworm sudo
    fetch trixie sudo sudo-rs e2fsprogs libarchive13t64
    rm -rf "$cache"/releases-* "$cache"/releases-*.new
    mkdir "$roots.new"
    mv "$build"/*.tar "$roots.new"
    mv "$roots.new" "$roots"
fi
echo "$roots"
