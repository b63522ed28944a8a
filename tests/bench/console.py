#!/usr/bin/python3
"""Measures what a console costs on its way, through the bridge and through its peers: much output, much
input, and one key's echo.

Runs inside a throw-away host as root (tests/bench/run.sh). A stand-in toolstack whose "console" is a plain
program on a raw terminal takes the guest's part, so that the bridge, sudo and the gate are what is measured; the
same program runs below dtach, screen and tmux. The bridge is measured with and without sudo's own pseudo-terminal
(use_pty): that is why sudoers.example has !use_pty.
"""
import os, pty, random, select, signal, statistics, subprocess, sys, time, tty

SIZE = 67_000_000
INPUT = 8_000_000
KEYS = 2000
RUNS = 3
BIG = "/run/bench.big"
GUEST = "/run/bench.guest"
STANDIN = "/usr/lib/xen-shell/xl-bench"
SUDOERS = "/etc/sudoers.d/xen-shell"
CONF = "/etc/xen-shell/xen-shell.conf"
END = b"that was all"
READY = b"guest is ready"


def write(path, text, mode):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


class Terminal:
    """A program of bob's on a raw terminal of its own."""

    def __init__(self, argv):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.fchown(0, 2000, 5)  # as sshd does: the bridge opens its terminal anew, so as never to wait in a write
            os.initgroups("bob", 100)
            os.setgid(100)
            os.setuid(2000)
            tty.setraw(0)
            os.execve(argv[0], argv, {"PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": "/tmp", "SHELL": "/bin/sh"})
        self.argv = argv

    def until(self, text, feed=b""):
        """Reads until text is there, writing what is given meanwhile."""
        tail, left = b"", memoryview(feed)
        if feed:
            os.set_blocking(self.master, False)
        while text not in tail:
            readable, writable, _ = select.select([self.master], [self.master] if left else [], [], 60)
            if not readable and not writable:
                sys.exit(f"{self.argv}: stands still at {tail[-200:]!r}")
            if writable:
                try:
                    left = left[os.write(self.master, left[:65536]):]
                except BlockingIOError:
                    pass
            if readable:
                try:
                    tail = tail[-200:] + os.read(self.master, 65536)
                except OSError:
                    sys.exit(f"{self.argv}: ended with {tail[-200:]!r}")

    def close(self):
        os.kill(self.pid, signal.SIGTERM)
        os.close(self.master)
        os.waitpid(self.pid, 0)


def output(argv):
    """MB a second of a guest's output."""
    terminal = Terminal(argv)
    terminal.until(READY)
    start = time.perf_counter()
    terminal.until(END)
    took = time.perf_counter() - start
    terminal.close()
    return SIZE / took / 1e6


def typed(argv):
    """MB a second of input."""
    terminal = Terminal(argv)
    terminal.until(READY)
    start = time.perf_counter()
    terminal.until(END, b"The quick brown fox jumps.\n" * (INPUT // 27 + 1))
    took = time.perf_counter() - start
    terminal.close()
    return INPUT / took / 1e6


def echo(argv):
    """Milliseconds of each key from there and back."""
    terminal = Terminal(argv)
    terminal.until(READY)
    time.sleep(0.5)
    while select.select([terminal.master], [], [], 0)[0]:
        os.read(terminal.master, 65536)
    times = []
    for number in range(KEYS + 100):
        time.sleep(random.uniform(0.001, 0.004))
        start = time.perf_counter()
        os.write(terminal.master, b"abcdefgh"[number % 8:number % 8 + 1])
        if not select.select([terminal.master], [], [], 10)[0]:
            sys.exit(f"{argv}: no echo")
        took = time.perf_counter() - start
        while select.select([terminal.master], [], [], 0)[0]:
            os.read(terminal.master, 65536)
        if number >= 100:
            times.append(took * 1000)
    terminal.close()
    return times


GUESTS = {
    output: f"cat {BIG}; echo {END.decode()}; sleep 1",
    typed: f"head -c {INPUT} >/dev/null; echo {END.decode()}; sleep 1",
    echo: "exec cat",
}


def cases(kind):
    own = time.monotonic_ns()  # what outlives its terminal is not met again
    dtach = ["/usr/bin/dtach", "-c", f"/tmp/bench.{own}", "-E", "-z", "-r", "none", GUEST]
    screen = ["/usr/bin/screen", "-c", "/dev/null", GUEST]
    tmux = ["/usr/bin/tmux", "-L", f"bench{own}", "-f", "/dev/null", "new-session", GUEST]
    bridge = ["/usr/bin/xen-shell", "-c", "console web1"]
    return {
        "the guest itself": ([GUEST], "!use_pty"),
        "dtach": (dtach, "!use_pty"),
        # screen loses typed input that comes faster than it is read, and its guest waits for ever
        **({"screen": (screen, "!use_pty"), "tmux": (tmux, "!use_pty")} if kind is not typed else {}),
        "bridge": (bridge, "!use_pty"),
        "bridge, sudo with use_pty": (bridge, "use_pty"),
    }


def main():
    line = "The quick brown fox jumps over the lazy dog, again and again.\n"
    write(BIG, line * (SIZE // len(line) + 1), 0o644)
    write(STANDIN, f"""#!/bin/sh
case $1 in
list) echo 'Name ID Mem VCPUs State Time(s)'; echo 'web1 3 96 1 -b---- 3.4' ;;
uptime) echo 'Name ID Uptime'; echo 'web1 3 0:01:28' ;;
console) exec {GUEST} ;;
esac
""", 0o755)
    write(CONF, f"toolstack_path = {STANDIN}\n", 0o644)
    sudoers = open(SUDOERS).read()
    os.makedirs("/run/screen", 0o1777, exist_ok=True)
    os.chmod("/run/screen", 0o1777)
    for kind in (output, typed, echo):
        write(GUEST, f"#!/bin/sh\nstty raw -echo\necho {READY.decode()}\n{GUESTS[kind]}\n", 0o755)
        values = {name: [] for name in cases(kind)}
        for _ in range(RUNS):
            for name, (argv, option) in cases(kind).items():
                write(SUDOERS, sudoers.replace("!use_pty", option), 0o440)
                taken = kind(argv)
                values[name] += taken if kind is echo else [taken]
        peer = statistics.median(values["dtach"])
        for name, all_of_it in values.items():
            middle = statistics.median(all_of_it)
            if kind is echo:
                p99 = statistics.quantiles(all_of_it, n=100)[98]
                print(f"echo    {name:28} p50 {middle:7.3f} ms  p99 {p99:7.3f} ms {middle / peer:6.2f} x dtach")
            else:
                print(f"{kind.__name__:7} {name:28} {middle:7.1f} MB/s {middle / peer:6.2f} x dtach")


main()
