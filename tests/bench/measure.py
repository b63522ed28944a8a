#!/usr/bin/python3
"""Measures xen-shell against its peers in one run, as whole processes; prints medians and ratios.

Runs inside a throw-away host as root (tests/bench/run.sh brings one up). Every figure is the median of
RUNS runs, taken in turn with its peer so that a machine that changes its speed changes both.
"""
import os, pty, select, statistics, subprocess, sys, time

RUNS = 40
SHELL = "/usr/lib/xen-shell/xen-shell"
GATE = "/usr/lib/xen-shell/xen-shell-gate"
BOB = 2000


def as_bob():
    os.setgroups([])
    os.initgroups("bob", 100)
    os.setgid(100)
    os.setuid(BOB)


def run(argv, bob=True, env=None):
    """Seconds from start to end of a program."""
    start = time.perf_counter()
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   preexec_fn=as_bob if bob else None, env=env or {"PATH": "/usr/bin:/bin", "TERM": "xterm"})
    return time.perf_counter() - start


def until(argv, text):
    """Seconds from start until a program on a terminal of its own prints text."""
    start = time.perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        as_bob()
        os.execve(argv[0], argv, {"PATH": "/usr/bin:/bin", "TERM": "xterm", "PS1": "dash> "})
    seen = b""
    while text not in seen:
        if not select.select([master], [], [], 10)[0]:
            sys.exit(f"{argv}: no {text!r} within 10 s, but {seen!r}")
        seen += os.read(master, 4096)
    took = time.perf_counter() - start
    os.close(master)
    os.waitpid(pid, 0)
    return took


def in_turn(cases):
    times = {name: [] for name in cases}
    for i in range(RUNS + 2):
        for name, measure in cases.items():
            took = measure()
            if i >= 2:  # the first two warm the caches
                times[name].append(took * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    caller = {"SUDO_UID": str(BOB), "SUDO_USER": "bob", "PATH": "/usr/bin:/bin"}
    # A snapshot of all states serves every call for a second, so that most of these ask no toolstack: the
    # median is the gate's own share.
    figures = in_turn({
        "dash -c true": lambda: run(["/usr/bin/dash", "-c", "true"]),
        "xen-shell -c whoami": lambda: run([SHELL, "-c", "whoami"]),
        "dash, start to prompt": lambda: until(["/usr/bin/dash", "-i"], b"dash>"),
        "xen-shell, start to prompt": lambda: until([SHELL, "--prompt"], b"xen-shell"),
        "xen-shell, start to prompt with the guest": lambda: until([SHELL, "--prompt"], b"xen-shell[web1]>"),
        "gate: status, by itself": lambda: run([GATE, "status"], bob=False, env=caller),
        "sudo -n gate: status": lambda: run(["/usr/bin/sudo", "-n", GATE, "status"]),
        "sudo -n gate: refused (no policy read)": lambda: refused(),
        "xen-shell -c status": lambda: run([SHELL, "-c", "status"]),
    })
    for name, ms in figures.items():
        peer = figures["dash, start to prompt"] if "prompt" in name else figures["dash -c true"]
        print(f"{name:44} {ms:7.2f} ms {ms / peer:6.1f} x dash")


def refused():
    start = time.perf_counter()
    subprocess.run(["/usr/bin/sudo", "-n", GATE, "refused", "x"], stdin=subprocess.DEVNULL, preexec_fn=as_bob)
    return time.perf_counter() - start


main()
