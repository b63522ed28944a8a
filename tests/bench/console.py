#!/usr/bin/python3
"""Measures what a console's output costs on its way: 67 MB through a PTY, plain and through the bridge.

Runs inside a throw-away host as root (tests/bench/run.sh). A stand-in toolstack whose "console" is cat
takes the guest's part, so that the bridge, sudo and the gate are what is measured. The bridge is
measured with and without sudo's own pseudo-terminal (use_pty): that is why sudoers.example has !use_pty.
"""
import os, pty, select, statistics, sys, time, tty

SIZE = 67_000_000
RUNS = 3
BIG = "/run/bench.big"
STANDIN = "/usr/lib/xen-shell/xl-bench"
SUDOERS = "/etc/sudoers.d/xen-shell"
CONF = "/etc/xen-shell/xen-shell.conf"


def write(path, text, mode):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def rate(argv):
    """MB a second that a program puts through a PTY of its own, to a reader that drops it."""
    pid, master = pty.fork()
    if pid == 0:
        os.initgroups("bob", 100)
        os.setgid(100)
        os.setuid(2000)
        tty.setraw(0)
        os.execve(argv[0], argv, {"PATH": "/usr/bin:/bin", "TERM": "xterm"})
    start = time.perf_counter()
    seen = 0
    while seen < SIZE:
        if not select.select([master], [], [], 20)[0]:
            sys.exit(f"{argv}: only {seen} bytes")
        try:
            chunk = os.read(master, 65536)
        except OSError:
            sys.exit(f"{argv}: ended after {seen} bytes")
        seen += len(chunk)
    took = time.perf_counter() - start
    os.close(master)
    os.waitpid(pid, 0)
    return seen / took / 1e6


def main():
    with open(BIG, "w") as file:
        line = "The quick brown fox jumps over the lazy dog, again and again.\n"
        file.write(line * (SIZE // len(line) + 1))
    write(STANDIN, f"""#!/bin/sh
case $1 in
list) echo 'Name ID Mem VCPUs State Time(s)'; echo 'web1 3 96 1 -b---- 3.4' ;;
uptime) echo 'Name ID Uptime'; echo 'web1 3 0:01:28' ;;
console) stty raw; cat {BIG}; sleep 1 ;;
esac
""", 0o755)
    write(CONF, f"toolstack_path = {STANDIN}\n", 0o644)
    sudoers = open(SUDOERS).read()
    bridge = ["/usr/bin/xen-shell", "-c", "console web1"]
    cases = {
        "cat on a PTY": (["/usr/bin/cat", BIG], "!use_pty"),
        "script(1)": (["/usr/bin/script", "-qc", f"cat {BIG}", "/dev/null"], "!use_pty"),
        "bridge": (bridge, "!use_pty"),
        "bridge, sudo with use_pty": (bridge, "use_pty"),
    }
    rates = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, (argv, option) in cases.items():
            write(SUDOERS, sudoers.replace("!use_pty", option), 0o440)
            rates[name].append(rate(argv))
    plain = statistics.median(rates["cat on a PTY"])
    for name, values in rates.items():
        middle = statistics.median(values)
        print(f"{name:28} {middle:7.1f} MB/s {middle / plain:6.2f} x cat")


main()
