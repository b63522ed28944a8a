#!/usr/bin/python3
"""Measures what a call of the gate costs on a host with many guests, against one with three.

Runs inside a throw-away host as root (tests/bench/run.sh). Every figure is the median of RUNS runs of bob's
sudo, taken with the files as they are on a host where nobody edits just now: what was read of them is in the gate's
index. They stand on a file system of their own, as the throw-away host's layers make each look at a file dearer.
"""
import os, statistics, subprocess, time

RUNS = 20
GATE = "/usr/lib/xen-shell/xen-shell-gate"
FOLDER = "/etc/xen"
COUNTS = [3, 100, 1000, 10000]
BOB = 2000
SETTLED = 2.5  # seconds after which a file's stamp is believed


def as_bob():
    os.initgroups("bob", 100)
    os.setgid(100)
    os.setuid(BOB)


def call():
    start = time.perf_counter()
    subprocess.run(["/usr/bin/sudo", "-n", GATE, "guests"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   preexec_fn=as_bob, env={"PATH": "/usr/bin:/bin"})
    return (time.perf_counter() - start) * 1000


def main():
    files = {name: open(f"{FOLDER}/{name}.cfg").read() for name in ("web1", "web2", "db1")}
    subprocess.run(["/usr/bin/mount", "-t", "tmpfs", "-o", "mode=755", "guests", FOLDER], check=True)
    for name, text in files.items():
        with open(f"{FOLDER}/{name}.cfg", "w") as file:
            file.write(text)
    body = files["web2"]
    base = None
    for count in COUNTS:
        for number in range(len(os.listdir(FOLDER)), count):
            with open(f"{FOLDER}/guest{number}.cfg", "w") as file:
                file.write(body.replace("'web2'", f"'guest{number}'"))
        first = call()
        time.sleep(SETTLED)
        call()
        figure = statistics.median(call() for _ in range(RUNS))
        base = base or figure
        print(f"gate: guests, of {count:6} files {figure:7.2f} ms {figure / base:6.2f} x {COUNTS[0]} files; all new {first:7.1f} ms")


main()
