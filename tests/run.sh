#!/bin/bash
# The one test command: unit, system, demo and lab tests. What it needs on Debian it installs when it
# is root; what it cannot run it names, with the reason. The closing line counts.
#   tests/run.sh [unit] [system] [demo] [lab]    all four unless told
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

layers=("$@")
[ $# -gt 0 ] || layers=(unit system demo lab)
wants() { [[ " ${layers[*]} " == *" $1 "* ]]; }
passed=0 failed=0 skipped=0
notes=()
work=$(mktemp -d)
lab=
# shellcheck disable=SC2317
cleanup() {
    [ -z "$lab" ] || tests/lab/stop.sh "$lab" || true
    rm -rf "$work"
}
trap cleanup EXIT

say() { printf '\n== %s\n' "$*"; }
skip() {
    skipped=$((skipped + 1))
    notes+=("skipped: $1: $2")
}
is_root() { [ "$(id -u)" = 0 ]; }

# need PACKAGE…: Debian packages, installed when we may.
need() {
    local package missing=()
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    is_root || { echo "missing: ${missing[*]}; try: sudo apt-get install ${missing[*]}" >&2; return 1; }
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
}

# count LOG NAME STATUS: adds up the closing line of dotnet test. One that crashed says "Passed!" of
# what it had run so far; only its status tells.
count() {
    local line before=$failed
    line=$(grep -E '(Passed|Failed|Skipped)! +- Failed:' "$1" | tail -n 1) || true
    if [[ $line =~ Failed:\ +([0-9]+),\ Passed:\ +([0-9]+),\ Skipped:\ +([0-9]+) ]]; then
        failed=$((failed + BASH_REMATCH[1]))
        passed=$((passed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
        [ $((BASH_REMATCH[1] + BASH_REMATCH[2])) -gt 0 ] || { failed=$((failed + 1)); notes+=("failed: $2 ran no test"); }
    else
        failed=$((failed + 1))
        notes+=("failed: $2 did not finish")
    fi
    if [ "$3" != 0 ] && [ "$failed" = "$before" ]; then
        failed=$((failed + 1))
        notes+=("failed: $2 was aborted")
    fi
}

# run NAME PROJECT [ARGUMENT…]: one layer through dotnet test.
run() {
    local name=$1 project=$2 status=0
    shift 2
    say "$name tests"
    dotnet test "$project" -c Release --nologo "$@" 2>&1 | tee "$work/$name.log" || status=$?
    count "$work/$name.log" "$name" "$status"
}

stage() {
    [ ! -d "$work/stage" ] || return 0
    say "building what gets installed"
    ./install.sh --stage "$work/stage"
}

demo() {
    say "demo"
    local home=$work/demo guests
    mkdir "$home"
    if XDG_CACHE_HOME=$home ./install.sh --demo -- -c 'status --json' >"$work/demo.json" &&
        guests=$(perl -MJSON::PP -0777 -ne 'print join " ", sort map { $_->{name} } @{decode_json($_)->{guests}}' "$work/demo.json") &&
        [ "$guests" = "broken db1 web1" ]; then
        echo "./install.sh --demo -- -c 'status --json' names its three guests"
        passed=$((passed + 1))
    else
        cat "$work/demo.json"
        failed=$((failed + 1))
        notes+=("failed: the demo's status --json does not name its three guests")
    fi
    # the same at a terminal, from what is built now
    XEN_SHELL_DEMO=$home run demo tests/XenShell.SystemTests --filter TestCategory=Demo
}

# unit: without a package only the tests that need it are left out.
unit() {
    local filter='TestCategory!=none'
    need mandoc || { filter+='&TestCategory!=Mandoc'; skip "unit: ManPageTests.MandocFindsNoFault" "mandoc is missing"; }
    need libxenmisc4.17 || { filter+='&TestCategory!=Oracle'; skip "unit: DifferentialTests" "the real libxlutil is missing (libxenmisc4.17)"; }
    { command -v npm >/dev/null || need npm; } && npm install --silent --no-audit --prefix "$work/xterm" @xterm/headless@6.0.0 >/dev/null ||
        { filter+='&TestCategory!=Xterm'; skip "unit: XtermTests" "npm's @xterm/headless cannot be had"; }
    XEN_SHELL_XTERM=$work/xterm run unit tests/XenShell.Tests --filter "$filter"
}

if wants unit; then
    unit
fi

if wants system; then
    if is_root && need openssh-server openssh-client sudo rsync perl gcc zlib1g-dev strace mmdebstrap; then
        stage
        filter='TestCategory=Simulator'
        tests/host/releases.sh >/dev/null 2>"$work/releases" ||
            { filter+='&TestCategory!=Releases'; skip "system: SudoersTests, TrixieToolsTests, RealDebianTests" "$(tail -n 1 "$work/releases")"; }
        XEN_SHELL_STAGE=$work/stage run system tests/XenShell.SystemTests --filter "$filter"
    else
        skip system "a throw-away root takes root and Debian packages"
    fi
fi

if wants demo; then
    demo
fi

if wants lab; then
    if is_root && need openssh-client gcc zlib1g-dev; then
        stage
        say "booting the lab"
        lab=$work/lab
        if tests/lab/start.sh "$lab"; then
            XEN_SHELL_STAGE=$work/stage XEN_SHELL_LAB=$lab run lab tests/XenShell.SystemTests --filter TestCategory=Lab
        else
            failed=$((failed + 1))
            notes+=("failed: the lab did not boot")
        fi
    else
        skip lab "building its image takes root"
    fi
fi

echo
[ ${#notes[@]} -eq 0 ] || printf '%s\n' "${notes[@]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
