#!/usr/bin/python3
"""Measures xen-shell against its peers in one run, as whole processes; prints medians and ratios.

Runs inside a throw-away host as root (tests/bench/run.sh brings one up). Every figure is the median of
RUNS runs, taken in turn with its peer so that a machine that changes its speed changes both.
"""
import json, os, pty, select, statistics, subprocess, sys, time

RUNS = 40
SHELL = "/usr/lib/xen-shell/xen-shell"
GATE = "/usr/lib/xen-shell/xen-shell-gate"
XL = "/usr/lib/xen-shell/xl-sim"
BOB = 2000


def as_bob():
    os.setgroups([])
    os.initgroups("bob", 100)
    os.setgid(100)
    os.setuid(BOB)


class Runner:
    """A process that starts programs as somebody and times them, so that nothing of our own is timed but a vfork."""

    def __init__(self, become=lambda: None):
        orders, self.orders = os.pipe()
        self.answers, answers = os.pipe()
        if os.fork() == 0:
            become()
            os.close(self.orders)
            for line in os.fdopen(orders):
                argv, env, check = json.loads(line)
                start = time.perf_counter()
                subprocess.run(argv, check=check, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL, env=env)
                os.write(answers, f"{time.perf_counter() - start}\n".encode())
            os._exit(0)
        self.answers = os.fdopen(self.answers)

    def __call__(self, argv, env=None, check=True):
        """Seconds from start to end of a program."""
        os.write(self.orders, (json.dumps([argv, env or {"PATH": "/usr/bin:/bin", "TERM": "xterm"}, check]) + "\n").encode())
        return float(self.answers.readline())


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
    root, bob = Runner(), Runner(as_bob)
    caller = {"SUDO_UID": str(BOB), "SUDO_USER": "bob", "PATH": "/usr/bin:/bin"}
    # A snapshot of all states serves every call for a second, so that most of these ask no toolstack: the
    # median is the gate's own share.
    figures = in_turn({
        "dash -c true": lambda: bob(["/usr/bin/dash", "-c", "true"]),
        "xen-shell -c whoami": lambda: bob([SHELL, "-c", "whoami"]),
        "dash, start to prompt": lambda: until(["/usr/bin/dash", "-i"], b"dash>"),
        "xen-shell, start to prompt": lambda: until([SHELL, "--prompt"], b"xen-shell"),
        "xen-shell, start to prompt with the guest": lambda: until([SHELL, "--prompt"], b"xen-shell[web1]>"),
        "gate: status, by itself": lambda: root([GATE, "status"], env=caller),
        "sudo -n gate: status": lambda: bob(["/usr/bin/sudo", "-n", GATE, "status"]),
        "sudo -n gate: refused (no policy read)": lambda: bob(["/usr/bin/sudo", "-n", GATE, "refused", "x"], check=False),
        "xen-shell -c status": lambda: bob([SHELL, "-c", "status"]),
        "sudo -n xl list": lambda: root(["/usr/bin/sudo", "-n", XL, "list"]),
    })
    for name, ms in figures.items():
        peer = figures["dash, start to prompt"] if "prompt" in name else figures["dash -c true"]
        print(f"{name:44} {ms:7.2f} ms {ms / peer:6.1f} x dash {ms / figures['sudo -n xl list']:6.2f} x sudo xl list")


main()
