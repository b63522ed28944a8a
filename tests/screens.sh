#!/bin/bash
# screens.sh: logs in to a throw-away host over ssh, in a terminal of 80×24 (tmux), and writes what the
# full screen shows into man/screens and into README.md. As root; a few minutes.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
command -v tmux >/dev/null || apt-get install -y -qq tmux >&2
export LANG=C.UTF-8
work=$(mktemp -d)
terminal="tmux -L xen-shell-screens-$$ -f /dev/null"
trap '$terminal kill-server 2>/dev/null || true; exec 3>&-; wait; rm -rf "$work"' EXIT

./install.sh --stage "$work/stage"
mkfifo "$work/hold"
mkdir "$work/host"
tests/host/root.sh "$work/host" "$work/stage" <"$work/hold" >"$work/up" &
exec 3>"$work/hold" # the host lives until this closes
timeout 60 grep -q -m1 up <(exec tail -n +1 -s 0.1 -f "$work/up")

root() { tests/host/enter.sh "$work/host" "$@"; }

# log_in NAME: a terminal of its own
log_in() { $terminal new-session -d -s "$1" -x 80 -y 24 "ssh -o SendEnv=LANG -F '$work/host/ssh_config' $1@host"; }

type_as() { $terminal send-keys -t "$1" "${@:2}"; }

# until_shown NAME REGEX: waits for it
until_shown() {
    local i
    for ((i = 0; i < 600; i++)); do
        $terminal capture-pane -t "$1" -p | grep -Eq "$2" && return
        sleep 0.1
    done
    echo "screens.sh: $1 never saw $2:" >&2
    $terminal capture-pane -t "$1" -p >&2
    return 1
}

keep() { $terminal capture-pane -t "$1" -p >"man/screens/$2.txt"; }

for guest in web1=192.0.2.11 web2=192.0.2.12 db1=192.0.2.21; do
    root sed -i "\$a vif = [ 'ip=${guest#*=}' ]" "/etc/xen/${guest%%=*}.cfg"
done
log_in bob
until_shown bob 'b +boot'
type_as bob b
until_shown bob 'web1 is running'
type_as bob Escape
log_in alice
until_shown alice 'web2'
type_as alice End b
until_shown alice 'web2 is running'
type_as alice p
until_shown alice 'pause web2'
type_as alice y
until_shown alice 'web2 is paused'
type_as alice Escape Home
until_shown alice '^web1 .* [3-9][0-9]s'
keep alice dashboard
keep bob details
type_as bob R
until_shown bob 'reset web1\?'
keep bob confirm
type_as bob n l
until_shown bob 'console log of web1'
keep bob log
log_in staff
until_shown staff '^web1 .*▁▁▁'
keep staff staff

# README has them between marks
python3 - <<'END'
import re
text = open("README.md", encoding="utf-8").read()
for name in re.findall(r"<!-- screen (\w+) -->", text):
    shown = open(f"man/screens/{name}.txt", encoding="utf-8").read().rstrip("\n")
    text = re.sub(rf"(<!-- screen {name} -->\n).*?(<!-- /screen -->)", lambda m: f"{m[1]}```\n{shown}\n```\n{m[2]}", text, flags=re.S)
open("README.md", "w", encoding="utf-8").write(text)
END
