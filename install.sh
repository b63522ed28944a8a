#!/bin/bash
# Builds and installs xen-shell, or shows it on a private demo host. `./install.sh --help` says how.
set -euo pipefail
umask 022 # what others can write grants nothing, and what others cannot read is missing for sshd and man
called_from=$PWD
cd "$(dirname "$(readlink -f "$0")")"

usage() {
    cat <<'EOF'
./install.sh --demo [-- ARGUMENTS]  see it run: a private host with three guests, no Xen, no root
./install.sh                        install on this host (as root)
./install.sh --uninstall            remove it again; what you changed, grants, keys and records stay
./install.sh --stage DIR            build and lay everything out below DIR, change nothing else
./install.sh --from DIR             install what --stage laid out, without building

Variables: PREFIX (/usr), DESTDIR (a root to install into, for packagers).
EOF
}

PREFIX=${PREFIX:-/usr}
DESTDIR=${DESTDIR:-}
PATH=$PATH:/usr/sbin:/sbin # su without '-' leaves them out, and visudo and groupadd are there
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/xen-shell

say() { printf '%s\n' "$*" >&2; }
die() { say "install.sh: $*"; exit 1; }
wrong() { say "install.sh: $*; --help lists what there is"; exit 2; }
[[ $PREFIX == /?* ]] || wrong "PREFIX must be an absolute path"
[[ -z $DESTDIR || $DESTDIR == /?* ]] || wrong "DESTDIR must be an absolute path"

# The .NET SDK is not in Debian; what Debian has is installed when we may.
need_build_tools() {
    # in this folder it also asks global.json
    dotnet --version >/dev/null 2>&1 || die "the .NET SDK 10 is missing; install it as https://learn.microsoft.com/dotnet/core/install/linux-debian says, then try again"
    local missing=()
    command -v gcc >/dev/null || missing+=(gcc libc6-dev)
    [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
    [ ${#missing[@]} -eq 0 ] && return
    { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } || die "missing: ${missing[*]}; try: sudo apt-get install ${missing[*]}"
    apt-get install -y -qq "${missing[@]}" >&2 || { apt-get update -qq && apt-get install -y -qq "${missing[@]}" >&2; }
}

# build OUT ROOT: publishes the programs with ROOT and PREFIX as constants.
build() {
    local out=$1 root=$2 project log
    need_build_tools
    log=$(mktemp)
    for project in XenShell XenShell.Screen XenShell.Gate XenShell.Worker XenShell.Admin XenShell.Sim; do
        say "building $project …"
        dotnet publish "src/$project" -c Release --nologo -v quiet --artifacts-path "$out/work" -o "$out/bin" \
            -p:XenShellRoot="$root" -p:XenShellPrefix="$PREFIX" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; die "the build failed"; }
    done
    rm -f "$log"
}

# lay_out BIN DEST: the installed tree without configuration.
lay_out() {
    local bin=$1 dest=$2 lib=$2$PREFIX/lib/xen-shell page
    install -d -m 755 "$dest$PREFIX/bin" "$lib"
    install -m 755 "$bin/xen-shell" "$bin/xen-shell-screen" "$bin/xen-shell-gate" "$bin/xen-shell-worker" "$lib"
    install -D -m 755 "$bin/xen-shell-admin" "$dest$PREFIX/sbin/xen-shell-admin"
    ln -sfn ../lib/xen-shell/xen-shell "$dest$PREFIX/bin/xen-shell"
    ln -sfn xen-shell "$dest$PREFIX/bin/xen-login-shell"
    for page in man/*.[1-8]; do
        install -D -m 644 "$page" "$dest$PREFIX/share/man/man${page##*.}/${page##*/}"
    done
    install -D -m 644 src/etc/xen-shell.conf "$dest$PREFIX/share/xen-shell/xen-shell.conf"
    install -D -m 644 src/etc/sshd-xen-shell.conf "$dest$PREFIX/share/xen-shell/sshd-xen-shell.conf"
    install -D -m 644 src/etc/logrotate "$dest$PREFIX/share/xen-shell/logrotate"
    install -D -m 644 sudoers.example "$dest$PREFIX/share/xen-shell/sudoers.example"
    install -D -m 644 src/etc/sudoers-direct "$dest$PREFIX/share/xen-shell/sudoers-direct"
    install -D -m 644 -t "$dest$PREFIX/lib/systemd/system" src/etc/xen-shell-reap.{service,timer}
    sed -i "s|@PREFIX@|$PREFIX|g" "$dest$PREFIX/share/xen-shell/"{sshd-xen-shell.conf,sudoers.example,sudoers-direct} "$dest$PREFIX/lib/systemd/system/xen-shell-reap.service"
}

# The simulator, for the demo and for tests: nothing for a Domain 0.
lay_out_simulator() { install -m 755 "$1/xl-sim" "$2$PREFIX/lib/xen-shell"; }

# place SOURCE DEST NAME MODE: a configuration file, DEST/NAME. One that nobody changed since we shipped it
# is brought up to date; a changed one stays, and the new one comes beside it, under a name that sudo,
# sshd and logrotate pass over.
place() {
    local source=$1 target=$2$3 name=$3 mode=$4
    if [ ! -e "$target" ] && [ ! -L "$target" ] || is_as_shipped "$target" "$name"; then
        install -D -m "$mode" "$source" "$target"
    fi
    if cmp -s "$source" "$target"; then
        rm -f "$target.dpkg-dist"
    else
        install -m "$mode" "$source" "$target.dpkg-dist"
        left+=("$target was changed and is kept; compare it with $target.dpkg-dist")
    fi
    shipped+=("$(sum "$source")  $name")
    printf '%s\n' "${shipped[@]}" | sort -u >"$(shipped_list "$2")"
}

sum() { sha256sum <"$1" | cut -d' ' -f1; }

# Files as this and earlier installations shipped them: "SHA256  /etc/NAME".
shipped=()
shipped_list() { printf '%s' "$1$PREFIX/share/xen-shell/shipped.sha256"; }
recall_shipped() { mapfile -t shipped < <(cat "$(shipped_list "$1")" 2>/dev/null); }

# is_as_shipped FILE NAME: a file, no link, and every byte ours.
is_as_shipped() {
    [ -f "$1" ] && [ ! -L "$1" ] && grep -qxF "$(sum "$1")  $2" < <(printf '%s\n' "${shipped[@]}")
}

configure() {
    local dest=$1 share=$1$PREFIX/share/xen-shell
    install -d -m 755 "$dest/etc/xen-shell" "$dest/etc/xen-shell/images.d" "$dest/etc/ssh/xen-shell-keys" "$dest/etc/ssh/sshd_config.d"
    install -d -m 700 "$dest/etc/xen-shell/grants.d" "$dest/var/log/xen-shell"
    place "$share/xen-shell.conf" "$dest" /etc/xen-shell/xen-shell.conf 644
    place "$share/logrotate" "$dest" /etc/logrotate.d/xen-shell 644
    if command -v visudo >/dev/null; then
        visudo -c -q -f "$share/sudoers.example" || die "visudo refuses the sudoers fragment; nothing of it was installed"
        install -d -m 755 "$dest/etc/sudoers.d"
        place "$share/sudoers.example" "$dest" /etc/sudoers.d/xen-shell 440
        if ! command -v visudo-rs >/dev/null && visudo -c -q -f "$share/sudoers-direct" 2>/dev/null; then
            place "$share/sudoers-direct" "$dest" /etc/sudoers.d/xen-shell-direct 440
        elif is_as_shipped "$dest/etc/sudoers.d/xen-shell-direct" /etc/sudoers.d/xen-shell-direct; then
            rm -f "$dest/etc/sudoers.d/xen-shell-direct"
        elif [ -e "$dest/etc/sudoers.d/xen-shell-direct" ]; then
            left+=("remove $dest/etc/sudoers.d/xen-shell-direct, which was changed: sudo-rs refuses what it does not know")
        fi
    else
        left+=("sudo is missing; install it, then run ./install.sh again")
    fi
    place_sshd_snippet "$share/sshd-xen-shell.conf" "$dest"
}

# sshd judges all of its configuration and no file by itself: where it refuses, ours is again what it was.
place_sshd_snippet() {
    local name=/etc/ssh/sshd_config.d/xen-shell.conf target message before=
    target=$2$name
    if [ -e "$target" ] || [ -L "$target" ]; then
        before=$(mktemp -d)
        cp -a "$target" "$before/"
    fi
    place "$1" "$2" "$name" 644
    if [ -z "$2" ] && [ -x /usr/sbin/sshd ]; then
        [ -d /run/sshd ] || install -d -m 755 /run/sshd # sshd -t insists on it, and only a running ssh.service makes it
        if ! message=$(/usr/sbin/sshd -t 2>&1); then
            rm -f "$target"
            [ -z "$before" ] || mv "$before/${name##*/}" "$target"
            [ -z "$before" ] || rmdir "$before"
            die "sshd refuses its configuration, so our snippet was not put there: ${message//$'\n'/; }"
        fi
    fi
    [ -z "$before" ] || rm -r "$before"
}

# What belongs to the running host and not to a tree: group, shells, what else is there.
integrate() {
    getent group xenshell >/dev/null || groupadd --system xenshell
    touch /etc/shells
    for shell in "$PREFIX/bin/xen-shell" "$PREFIX/bin/xen-login-shell"; do
        grep -qxF "$shell" /etc/shells || echo "$shell" >>/etc/shells
    done
    if [ -x /usr/sbin/sshd ]; then
        grep -qiE '^\s*Include\s+/etc/ssh/sshd_config.d' /etc/ssh/sshd_config ||
            left+=("put 'Include /etc/ssh/sshd_config.d/*.conf' at the top of /etc/ssh/sshd_config")
        left+=("let sshd read its new snippet: systemctl reload ssh")
    else
        left+=("install openssh-server, then run ./install.sh again")
    fi
    grep -q 'user_readenv=1' /etc/pam.d/sshd 2>/dev/null &&
        left+=("remove user_readenv=1 from /etc/pam.d/sshd, or give tenants homes that root owns: ~/.pam_environment sets variables (our sshd snippet keeps the loader's empty)")
    [ -e /usr/sbin/xl ] || [ -e /usr/sbin/xm ] || left+=("there is no xl here: this is no Xen host yet")
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload && systemctl enable --quiet --now xen-shell-reap.timer || left+=("enable the timer that removes old disks: systemctl enable --now xen-shell-reap.timer")
    else
        left+=("let cron run '$PREFIX/sbin/xen-shell-admin reap' every hour: there is no systemd")
    fi
    left+=("a customer: useradd -M -d /var/empty -G xenshell -s $PREFIX/bin/xen-login-shell bob, bob's public key into /etc/ssh/xen-shell-keys/bob (mode 644), and xen_shell = 'bob' in the guest's file")
}

uninstall() {
    [ "$(id -u)" = 0 ] || [ -n "$DESTDIR" ] || die "--uninstall needs root"
    [ -d "$DESTDIR$PREFIX/lib/xen-shell" ] || die "xen-shell is not installed below $DESTDIR$PREFIX"
    recall_shipped "$DESTDIR"
    # First what lets tenants in. Where it was changed it stays under a name that nobody reads.
    retire /etc/sudoers.d/xen-shell
    retire /etc/sudoers.d/xen-shell-direct
    retire /etc/ssh/sshd_config.d/xen-shell.conf
    retire /etc/logrotate.d/xen-shell
    if is_as_shipped "$DESTDIR/etc/xen-shell/xen-shell.conf" /etc/xen-shell/xen-shell.conf; then
        rm "$DESTDIR/etc/xen-shell/xen-shell.conf"
    fi
    rm -f "$DESTDIR/etc/xen-shell/xen-shell.conf.dpkg-dist"
    if [ -z "$DESTDIR" ] && [ -d /run/systemd/system ]; then
        systemctl disable --quiet --now xen-shell-reap.timer || true
    fi
    rm -f "$DESTDIR$PREFIX/bin/xen-shell" "$DESTDIR$PREFIX/bin/xen-login-shell" "$DESTDIR$PREFIX/sbin/xen-shell-admin" "$DESTDIR$PREFIX"/lib/systemd/system/xen-shell-reap.* "$DESTDIR$PREFIX"/share/man/man[158]/xen-shell*
    rm -rf "$DESTDIR$PREFIX/lib/xen-shell" "$DESTDIR$PREFIX/share/xen-shell" "$DESTDIR/run/xen-shell"
    for folder in etc/xen-shell/grants.d etc/xen-shell/images.d etc/xen-shell etc/ssh/xen-shell-keys var/log/xen-shell; do
        [ ! -d "$DESTDIR/$folder" ] || rmdir --ignore-fail-on-non-empty "$DESTDIR/$folder"
    done
    if [ -z "$DESTDIR" ]; then
        sed -i "\|^$PREFIX/bin/xen-\(login-\)\?shell\$|d" /etc/shells
        [ "$(getent group xenshell | cut -d: -f4)" ] || groupdel xenshell 2>/dev/null || true
    fi
    say "removed; what you changed below /etc, grants, keys, the group xenshell if it has members, and the records in /var/log/xen-shell stay"
    say "let sshd know: systemctl reload ssh"
}

# retire NAME: removes a configuration file that would go on working without us.
retire() {
    local target=$DESTDIR$1
    rm -f "$target.dpkg-dist"
    if is_as_shipped "$target" "$1"; then
        rm "$target"
    elif [ -e "$target" ] || [ -L "$target" ]; then
        mv --backup=numbered "$target" "$target.dpkg-old"
        left+=("$target was changed and is kept as $target.dpkg-old")
    fi
}

demo() {
    local host=$cache/demo/host sources version
    PREFIX=/usr
    # It becomes a constant of the build, a setting and a path of guests' files, which take no more than this.
    [[ $cache =~ ^/[A-Za-z0-9/._+@-]+$ ]] || die "the demo cannot live in $(printf '%q' "$cache"): set XDG_CACHE_HOME to an absolute path of letters, digits and /._+@-"
    # Built once for each state of the sources.
    sources=$(find src Directory.*.props -type f -not -path '*/obj/*' -not -path '*/bin/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
    version=$(cat "$cache/demo/version" 2>/dev/null || true)
    if [ "$version" != "$sources" ]; then
        install -d -m 700 "$cache" "$cache/demo" "$host" 2>/dev/null || die "$cache cannot be written; set XDG_CACHE_HOME to a folder of yours"
        say "The first run builds for a minute or two, into $cache/demo (400 MB; remove it when you are done)."
        build "$cache/demo" "$host"
        lay_out "$cache/demo/bin" "$host"
        lay_out_simulator "$cache/demo/bin" "$host"
        echo "$sources" >"$cache/demo/version"
    fi
    demo_host "$host"
    [ $# -gt 0 ] || say "Guests that you boot keep running when you leave, as on a real host: shut them down, or come back to them."
    exec "$host/usr/bin/xen-shell" "$@"
}

# Three guests, one of them broken; whoever runs the demo owns the first and the last and operates the second.
demo_host() {
    local host=$1 user
    user=$(id -un)
    install -d -m 700 "$host"
    install -d -m 755 "$host/etc" "$host/etc/xen" "$host/etc/xen-shell" "$host/var" "$host/var/log" "$host/run"
    install -d -m 700 "$host/var/log/xen-shell" "$host/var/log/xen" "$host/var/log/xen/console" "$host/run/xen-shell" "$host/run/xen-sim"
    [ -e "$host/etc/xen-shell/xen-shell.conf" ] || cat >"$host/etc/xen-shell/xen-shell.conf" <<EOF
banner = xen-shell demo: three guests on a simulated Xen
toolstack_path = $host/usr/lib/xen-shell/xl-sim
keep_free = 1
EOF
    demo_images "$host"
    demo_guest "$host" web1 "xen_shell = '$user'" 7
    demo_guest "$host" db1 "xen_shell = '$user:operator'" 8
    demo_guest "$host" broken "xen_shell = '$user'
sim = 'panic'" 9
    chmod -R go-w "$host/etc" "$host/usr" "$host/srv" # from an earlier time; below run and var guests are at work
}

# Two systems to put on a guest: one at once, and one that takes its time.
demo_images() {
    local images=$1/srv/images tree
    [ ! -e "$1/etc/xen-shell/images.d/slow-demo.conf" ] || return 0
    install -d -m 755 "$1/srv" "$images" "$1/srv/disks" "$1/etc/xen-shell/images.d"
    tree=$(mktemp -d)
    mkdir -p "$tree/etc/network" "$tree/root"
    echo 'Debian GNU/Linux 13 (a new one) \n \l' >"$tree/etc/issue"
    echo 'root:*:20000:0:99999:7:::' >"$tree/etc/shadow"
    : >"$tree/etc/network/interfaces"
    tar -C "$tree" -cf "$images/debian-demo.tar" .
    rm -r "$tree"
    cat >"$images/slow-demo" <<'EOF'
#!/bin/sh
# Takes its time, as a system does that is put together from packages.
set -e
echo phase unpacking
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
tar -C "$tree" -xf "${0%/*}/debian-demo.tar"
echo 'Slow Linux 1 \n \l' >"$tree/etc/issue"
tar -C "$tree" -xf "$XEN_SHELL_OVERLAY" --no-same-owner
for n in $(seq 20); do
    sleep 1
    [ "$n" != 6 ] || echo phase configuring packages
    echo percent $((n * 5))
done
/usr/sbin/mke2fs -q -F -t ext4 -E nodiscard -d "$tree" "$XEN_SHELL_DISK"
EOF
    chmod 755 "$images/slow-demo"
    cat >"$1/etc/xen-shell/images.d/debian-demo.conf" <<EOF
title = Debian, for the demo
description = Takes a second or two.
method = tar
source = $images/debian-demo.tar
EOF
    cat >"$1/etc/xen-shell/images.d/slow-demo.conf" <<EOF
title = A slow one, for the demo
description = Takes half a minute: time to leave, and to look how far it is.
method = command
program = $images/slow-demo
EOF
}

# 32 MiB with the system that came with the guest.
demo_disk() {
    local tree
    tree=$(mktemp -d)
    mkdir "$tree/etc"
    echo 'Debian GNU/Linux 12 \n \l' >"$tree/etc/issue"
    truncate -s 32M "$1"
    /usr/sbin/mke2fs -q -F -t ext4 -d "$tree" "$1"
    chmod 600 "$1"
    rm -r "$tree"
}

demo_guest() {
    [ -e "$1/srv/disks/$2.img" ] || demo_disk "$1/srv/disks/$2.img"
    [ -e "$1/etc/xen/$2.cfg" ] || cat >"$1/etc/xen/$2.cfg" <<EOF
name = '$2'
memory = 256
vcpus = 1
vif = [ 'mac=00:16:3e:00:00:0$4,ip=192.0.2.$4/24' ]
disk = [ 'file:$1/srv/disks/$2.img,xvda1,w' ]
on_crash = 'destroy'
$3
EOF
}

may_install() {
    [ "$(id -u)" = 0 ] || [ -n "$DESTDIR" ] || die "installing needs root; './install.sh --demo' shows it without"
}

# The rest of an installation, once the programs are in place.
finish() {
    configure "$DESTDIR"
    if [ -n "$DESTDIR" ]; then
        left+=("installed below $DESTDIR; on its host: the group xenshell, the two shells in /etc/shells, and 'sshd -t'")
    else
        integrate
    fi
}

# We left the caller's folder at the start.
from_the_caller() { if [[ $1 == /* ]]; then printf '%s' "$1"; else printf '%s' "$called_from/$1"; fi; }

main() {
    local folder
    case ${1:-} in
    --demo)
        shift
        [ $# -eq 0 ] || [ "$1" = -- ] || wrong "'$1' behind --demo: what is for xen-shell follows '--'"
        [ $# -eq 0 ] || shift
        demo "$@"
        ;;
    --stage)
        [ -n "${2:-}" ] || die "--stage needs a folder"
        folder=$(from_the_caller "$2")
        build "$cache/build" ""
        recall_shipped "$folder"
        lay_out "$cache/build/bin" "$folder"
        lay_out_simulator "$cache/build/bin" "$folder"
        configure "$folder"
        ;;
    --from)
        may_install
        [ -n "${2:-}" ] || die "--from needs a folder that --stage made"
        folder=$(from_the_caller "$2")
        [ -d "$folder$PREFIX/lib/xen-shell" ] || die "--from needs a folder that --stage made, with the same PREFIX"
        recall_shipped "$DESTDIR"
        install -d -m 755 "$DESTDIR$PREFIX"
        # never into a file that is there: a program that runs from it, or whatever a link leads to
        cp -a --no-preserve=ownership --remove-destination "$folder$PREFIX/." "$DESTDIR$PREFIX/"
        rm -f "$DESTDIR$PREFIX/lib/xen-shell/xl-sim"
        finish
        ;;
    --uninstall) uninstall ;;
    "")
        may_install
        build "$cache/build" ""
        recall_shipped "$DESTDIR"
        lay_out "$cache/build/bin" "$DESTDIR"
        finish
        ;;
    *)
        [ "$1" = --help ] || wrong "'$1' is unknown"
        usage
        return
        ;;
    esac
    if [ "${#left[@]}" -gt 0 ]; then
        say "" "What is left to do:"
        printf '  - %s\n' "${left[@]}" >&2
    fi
}

left=()
main "$@"
