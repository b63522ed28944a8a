#!/bin/bash
# Builds and installs xen-shell, or shows it on a private demo host. `./install.sh --help` says how.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

usage() {
    cat <<'EOF'
./install.sh --demo [-- ARGUMENTS]  see it run: a private host with three guests, no Xen, no root
./install.sh                        install on this host (as root)
./install.sh --uninstall            remove it again; configuration, grants and records stay
./install.sh --stage DIR            build and lay everything out below DIR, change nothing else
./install.sh --from DIR             install what --stage laid out, without building

Variables: PREFIX (/usr), DESTDIR (a root to install into, for packagers).
EOF
}

PREFIX=${PREFIX:-/usr}
DESTDIR=${DESTDIR:-}
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/xen-shell

say() { printf '%s\n' "$*" >&2; }
die() { say "install.sh: $*"; exit 1; }
wrong() { say "install.sh: $*; --help lists what there is"; exit 2; }
[[ $PREFIX == /?* ]] || wrong "PREFIX must be an absolute path"
[[ -z $DESTDIR || $DESTDIR == /?* ]] || wrong "DESTDIR must be an absolute path"

# The .NET SDK is not in Debian; what Debian has is installed when we may.
need_build_tools() {
    command -v dotnet >/dev/null || die "the .NET SDK 10 is missing; install it as https://learn.microsoft.com/dotnet/core/install/linux-debian says, then try again"
    local missing=()
    command -v gcc >/dev/null || missing+=(gcc libc6-dev)
    [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "missing: ${missing[*]}; try: sudo apt-get install ${missing[*]}"
    apt-get install -y -qq "${missing[@]}" >&2 || { apt-get update -qq && apt-get install -y -qq "${missing[@]}" >&2; }
}

# build OUT ROOT: publishes the three programs with ROOT and PREFIX as constants.
build() {
    local out=$1 root=$2 project log
    need_build_tools
    log=$(mktemp)
    for project in XenShell XenShell.Gate XenShell.Sim; do
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
    install -m 755 "$bin/xen-shell" "$bin/xen-shell-gate" "$bin/libMonoPosixHelper.so" "$lib"
    ln -sfn ../lib/xen-shell/xen-shell "$dest$PREFIX/bin/xen-shell"
    ln -sfn xen-shell "$dest$PREFIX/bin/xen-login-shell"
    for page in man/*.[1-8]; do
        install -D -m 644 "$page" "$dest$PREFIX/share/man/man${page##*.}/${page##*/}"
    done
    install -D -m 644 src/etc/xen-shell.conf "$dest$PREFIX/share/xen-shell/xen-shell.conf"
    install -D -m 644 src/etc/sshd-xen-shell.conf "$dest$PREFIX/share/xen-shell/sshd-xen-shell.conf"
    install -D -m 644 src/etc/logrotate "$dest$PREFIX/share/xen-shell/logrotate"
    install -D -m 644 sudoers.example "$dest$PREFIX/share/xen-shell/sudoers.example"
    sed -i "s|@PREFIX@|$PREFIX|g" "$dest$PREFIX/share/xen-shell/sshd-xen-shell.conf" "$dest$PREFIX/share/xen-shell/sudoers.example"
}

# The simulator, for the demo and for tests: nothing for a Domain 0.
lay_out_simulator() { install -m 755 "$1/xl-sim" "$2$PREFIX/lib/xen-shell"; }

# place SOURCE TARGET MODE: a configuration file; one that was changed stays, and the new one comes beside it.
place() {
    local source=$1 target=$2 mode=$3
    if [ ! -e "$target" ]; then
        install -D -m "$mode" "$source" "$target"
    elif ! cmp -s "$source" "$target"; then
        install -m "$mode" "$source" "$target.dist"
        left+=("$target was changed and is kept; compare it with $target.dist")
    fi
}

configure() {
    local dest=$1 share=$1$PREFIX/share/xen-shell
    left=()
    install -d -m 755 "$dest/etc/xen-shell" "$dest/etc/ssh/xen-shell-keys" "$dest/etc/ssh/sshd_config.d"
    install -d -m 700 "$dest/etc/xen-shell/grants.d" "$dest/var/log/xen-shell"
    place "$share/xen-shell.conf" "$dest/etc/xen-shell/xen-shell.conf" 644
    place "$share/logrotate" "$dest/etc/logrotate.d/xen-shell" 644
    if command -v visudo >/dev/null; then
        visudo -c -q -f "$share/sudoers.example" || die "visudo refuses the sudoers fragment; nothing of it was installed"
        install -d -m 755 "$dest/etc/sudoers.d"
        place "$share/sudoers.example" "$dest/etc/sudoers.d/xen-shell" 440
    else
        left+=("sudo is missing; install it, then run ./install.sh again")
    fi
    place "$share/sshd-xen-shell.conf" "$dest/etc/ssh/sshd_config.d/xen-shell.conf" 644
}

# What belongs to the running host and not to a tree: group, shells, sshd's opinion.
integrate() {
    getent group xenshell >/dev/null || groupadd --system xenshell
    touch /etc/shells
    for shell in "$PREFIX/bin/xen-shell" "$PREFIX/bin/xen-login-shell"; do
        grep -qxF "$shell" /etc/shells || echo "$shell" >>/etc/shells
    done
    if command -v /usr/sbin/sshd >/dev/null; then
        if ! message=$(/usr/sbin/sshd -t 2>&1); then
            mv /etc/ssh/sshd_config.d/xen-shell.conf /etc/ssh/sshd_config.d/xen-shell.conf.refused
            die "sshd refuses its configuration, so our snippet was put aside as xen-shell.conf.refused: $message"
        fi
        grep -qiE '^\s*Include\s+/etc/ssh/sshd_config.d' /etc/ssh/sshd_config ||
            left+=("put 'Include /etc/ssh/sshd_config.d/*.conf' at the top of /etc/ssh/sshd_config")
        left+=("let sshd read its new snippet: systemctl reload ssh")
    else
        left+=("install openssh-server, then run ./install.sh again")
    fi
    grep -q 'user_readenv=1' /etc/pam.d/sshd 2>/dev/null &&
        left+=("remove user_readenv=1 from /etc/pam.d/sshd, or give tenants homes that root owns: ~/.pam_environment can set LD_PRELOAD")
    [ -e /usr/sbin/xl ] || [ -e /usr/sbin/xm ] || left+=("there is no xl here: this is no Xen host yet")
    left+=("a customer: useradd -M -d /var/empty -G xenshell -s $PREFIX/bin/xen-login-shell bob, bob's public key into /etc/ssh/xen-shell-keys/bob (mode 644), and xen_shell = 'bob' in the guest's file")
}

uninstall() {
    [ "$(id -u)" = 0 ] || [ -n "$DESTDIR" ] || die "--uninstall needs root"
    [ -d "$DESTDIR$PREFIX/lib/xen-shell" ] || die "xen-shell is not installed below $DESTDIR$PREFIX"
    rm -f "$DESTDIR/etc/sudoers.d/xen-shell" "$DESTDIR/etc/ssh/sshd_config.d/xen-shell.conf" "$DESTDIR/etc/logrotate.d/xen-shell"
    rm -f "$DESTDIR$PREFIX/bin/xen-shell" "$DESTDIR$PREFIX/bin/xen-login-shell" "$DESTDIR$PREFIX"/share/man/man[158]/xen-shell*
    rm -rf "$DESTDIR$PREFIX/lib/xen-shell" "$DESTDIR$PREFIX/share/xen-shell"
    if [ -z "$DESTDIR" ]; then
        sed -i "\|^$PREFIX/bin/xen-\(login-\)\?shell\$|d" /etc/shells
    fi
    say "removed; /etc/xen-shell, /etc/ssh/xen-shell-keys, the group xenshell and /var/log/xen-shell stay"
    say "let sshd know: systemctl reload ssh"
}

demo() {
    local host=$cache/demo/host sources version
    PREFIX=/usr
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
    install -d -m 755 "$host/etc" "$host/etc/xen" "$host/etc/xen-shell" "$host/var" "$host/var/log" "$host/run"
    install -d -m 700 "$host/var/log/xen-shell" "$host/var/log/xen" "$host/var/log/xen/console" "$host/run/xen-shell" "$host/run/xen-sim"
    [ -e "$host/etc/xen-shell/xen-shell.conf" ] || cat >"$host/etc/xen-shell/xen-shell.conf" <<EOF
banner = xen-shell demo: three guests on a simulated Xen
toolstack_path = $host/usr/lib/xen-shell/xl-sim
EOF
    demo_guest "$host" web1 "xen_shell = '$user'" 7
    demo_guest "$host" db1 "xen_shell = '$user:operator'" 8
    demo_guest "$host" broken "xen_shell = '$user'
sim = 'panic'" 9
    chmod -R go-w "$host"
}

demo_guest() {
    [ -e "$1/etc/xen/$2.cfg" ] || cat >"$1/etc/xen/$2.cfg" <<EOF
name = '$2'
memory = 256
vcpus = 1
vif = [ 'mac=00:16:3e:00:00:0$4,ip=192.0.2.$4' ]
on_crash = 'destroy'
$3
EOF
}

main() {
    case ${1:-} in
    --demo)
        shift
        [ $# -eq 0 ] || [ "$1" = -- ] || wrong "'$1' behind --demo: what is for xen-shell follows '--'"
        [ $# -eq 0 ] || shift
        demo "$@"
        ;;
    --stage)
        [ -n "${2:-}" ] || die "--stage needs a folder"
        build "$cache/build" ""
        lay_out "$cache/build/bin" "$2"
        lay_out_simulator "$cache/build/bin" "$2"
        configure "$2"
        ;;
    --from)
        [ "$(id -u)" = 0 ] || die "installing needs root"
        [ -d "${2:-}$PREFIX/lib/xen-shell" ] || die "--from needs a folder that --stage made"
        cp -a --no-preserve=ownership "$2$PREFIX/." "$PREFIX/"
        rm -f "$PREFIX/lib/xen-shell/xl-sim"
        configure ""
        integrate
        ;;
    --uninstall) uninstall ;;
    "")
        [ "$(id -u)" = 0 ] || [ -n "$DESTDIR" ] || die "installing needs root; './install.sh --demo' shows it without"
        build "$cache/build" ""
        lay_out "$cache/build/bin" "$DESTDIR"
        configure "$DESTDIR"
        [ -z "$DESTDIR" ] || left+=("installed below $DESTDIR; on its host: the group xenshell, the two shells in /etc/shells, and 'sshd -t'")
        [ -n "$DESTDIR" ] || integrate
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
