#!/usr/bin/python3
"""Measures the full screen: its first frame, what an idle session costs, and 200 of them together.

Runs inside a throw-away host as root (tests/bench/run.sh brings one up) and makes accounts and guests
there. A session is xen-shell-screen with its sudo and its gate; memory is PSS, processor time comes from
the scheduler's own account (/proc/PID/schedstat, nanoseconds). What the toolstack takes is apart: all
sessions of a host share its answers.
"""
import fcntl, os, pty, pwd, select, statistics, struct, subprocess, sys, termios, time

SHELL = "/usr/lib/xen-shell/xen-shell"
CONF = "/etc/xen-shell/xen-shell.conf"
COUNTED = "/usr/lib/xen-shell/xl-counted"
CALLS = "/run/xl-calls"
TENANTS = 5  # the gate serves 48 requests of one tenant at a time
SESSIONS = 200
GUESTS = 500
RUNS = 30


def shell(line):
    subprocess.run(["/bin/sh", "-c", line], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Session:
    """A person at a terminal of 80×24 who does nothing."""

    def __init__(self, who, argv=(SHELL,)):
        self.start = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.closerange(3, 4096)  # the other sessions' terminals, which must hang up
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.setgroups([])
            os.initgroups(who, 100)
            os.setgid(100)
            os.setuid(pwd.getpwnam(who).pw_uid)
            os.execve(argv[0], argv, {"PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "dash> "})
        self.seen = b""

    def until(self, text):
        """Seconds from the start until it has shown text."""
        while text not in self.seen:
            if not select.select([self.master], [], [], 30)[0]:
                sys.exit(f"no {text!r} within 30 s, but {self.seen!r}")
            self.seen += os.read(self.master, 65536)
        return time.perf_counter() - self.start

    def drain(self):
        while select.select([self.master], [], [], 0)[0]:
            os.read(self.master, 65536)

    def end(self):
        os.close(self.master)
        os.waitpid(self.pid, 0)


def family(pid):
    """The process and all below it."""
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        children = [int(child) for child in f.read().split()]
    return [pid] + [below for child in children for below in family(child)]


def pss(pid):
    """MB of one process."""
    with open(f"/proc/{pid}/smaps_rollup") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("Pss:")) / 1024


def cpu(pid):
    """Seconds of one process, all its threads; and of its children that have ended, in the clock's ticks."""
    own = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as f:
            own += int(f.read().split()[0]) / 1e9
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(") ", 1)[1].split()
    return own, (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def name(pid):
    with open(f"/proc/{pid}/comm") as f:
        return f.read().strip()


def calls():
    with open(CALLS) as f:
        return sum(1 for line in f if line.strip() == "list")


def host_cpu():
    with open("/proc/stat") as f:
        fields = [int(x) for x in f.readline().split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def first_frame():
    cases = {
        "dash, start to prompt": (["/usr/bin/dash", "-i"], b"dash>"),
        "screen, start to first frame": ([SHELL], b"leave"),
        "screen, start to the guest's state": ([SHELL], b"owner"),
    }
    times = {case: [] for case in cases}
    for i in range(RUNS + 2):
        for case, (argv, text) in cases.items():
            session = Session("bob", argv)
            took = session.until(text)
            session.end()
            if i >= 2:  # the first two warm the caches
                times[case].append(took * 1000)
    peer = statistics.median(times["dash, start to prompt"])
    for case, values in times.items():
        print(f"{case:44} {statistics.median(values):7.2f} ms {statistics.median(values) / peer:6.1f} x dash")


def idle(who, what, seconds):
    session = Session(who)
    session.until(b"leave")
    time.sleep(10)
    session.drain()
    pids = family(session.pid)
    before = {pid: cpu(pid) for pid in pids}
    for _ in range(seconds):
        time.sleep(1)
        session.drain()
    used = {pid: [now - then for now, then in zip(cpu(pid), before[pid])] for pid in pids}
    memory = {pid: pss(pid) for pid in pids}
    for pid in pids:
        print(f"  {name(pid):24} {memory[pid]:5.1f} MB PSS {100 * used[pid][0] / seconds:6.2f} % of a core")
    own, children = (100 * sum(used[pid][i] for pid in pids) / seconds for i in (0, 1))
    print(f"{what:44} {sum(memory.values()):5.1f} MB PSS {own:6.2f} % of a core, and {children:.2f} % for the toolstack's programs")
    session.end()


def crowd(what, seconds):
    sessions = [Session(f"tenant{i % TENANTS}") for i in range(SESSIONS)]
    for session in sessions:
        session.until(b"leave")
    for _ in range(10):
        time.sleep(1)
        for session in sessions:
            session.drain()
    pids = [pid for session in sessions for pid in family(session.pid)]
    listed, used = calls(), host_cpu()
    start = time.perf_counter()
    for _ in range(seconds):
        time.sleep(1)
        for session in sessions:
            session.drain()
    took = time.perf_counter() - start
    print(f"{what:44} {sum(pss(pid) for pid in pids) / SESSIONS:5.1f} MB PSS each, "
          f"{(calls() - listed) / took:.2f} xl list/s, {100 * (host_cpu() - used) / took:.1f} % of a core (the whole machine)")
    for session in sessions:
        session.end()


def main():
    shell(f"printf '#!/bin/sh\\necho \"$1\" >>{CALLS}\\nexec /usr/lib/xen-shell/xl-sim \"$@\"\\n' >{COUNTED}; chmod 755 {COUNTED}; : >{CALLS}")
    shell(f"sed -i 's|^toolstack_path = .*|toolstack_path = {COUNTED}|' {CONF}")
    for i in range(TENANTS):
        shell(f"useradd --key UID_MIN=3000 --no-user-group --groups xenshell --shell /usr/bin/xen-login-shell --no-create-home tenant{i}")
        shell(f"sed \"s/^name = .*/name = 'own{i}'/\" /etc/xen/db1.cfg >/etc/xen/own{i}.cfg; echo \"xen_shell = 'tenant{i}'\" >>/etc/xen/own{i}.cfg")
        shell(f"/usr/lib/xen-shell/xl-sim create /etc/xen/own{i}.cfg >/dev/null 2>&1 </dev/null")
    shell("/usr/lib/xen-shell/xl-sim create /etc/xen/web1.cfg >/dev/null 2>&1 </dev/null")
    first_frame()
    idle("bob", "one idle session", 60)
    crowd(f"{SESSIONS} idle sessions", 30)
    shell(f"for i in $(seq {GUESTS}); do sed \"s/^name = .*/name = 'many$i'/\" /etc/xen/db1.cfg >/etc/xen/many$i.cfg; done")
    idle("staff", f"an idle session of staff, {GUESTS} guests", 30)
    crowd(f"{SESSIONS} idle sessions, {GUESTS} guests", 30)


sys.stdout.reconfigure(line_buffering=True)
main()
