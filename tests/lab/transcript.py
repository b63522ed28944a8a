#!/usr/bin/python3
"""Types a customer's session on the lab and prints it as it ran, for the README.

    tests/lab/transcript.py SSH_CONFIG       (tests/host/lab.sh leaves one in its RUNDIR)

Two things are cut: the kernel's boot log, which xenconsoled replays at the first attach, becomes one
line that counts its lines; and blank lines. Escape sequences and the keys' echo of line editing are left out.
"""
import os, pty, re, select, sys, time

FRESH = "\n\rxen-shell[web1]> "  # on a new line: xen-shell draws its line anew at each key
SESSION = [
    ("xen-shell[web1]> ", "status\r"),
    (FRESH, "boot\r"),
    (FRESH, "console\r"),
    ("web1:/# ", "\r"),
    ("web1:/# ", "uname -r\r"),
    ("web1:/# ", "\x1d"),
    ("else go on] ", "\x1d"),
    (FRESH, "reset\r"),
    (FRESH, "status\r"),
    (FRESH, "shutdown\r"),
    (FRESH, "exit\r"),
]
LIMIT = 120  # seconds for each step; emulation is slow


def plain(data):
    text = data.decode("utf-8", "replace")
    # what counts is the last drawing of each line
    text = re.sub(r"\rxen-shell\S*> [^\r\n]*(?=\rxen-shell)", "", text)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[>=]|\x1b\(B|\x0f", "", text)
    text = text.replace("\r\n", "\n").replace("\n\r", "\n").replace("\r", "\n")
    lines, boot = [], 0
    for line in text.split("\n"):
        if re.match(r"\[ *\d+\.\d{6}\] ", line):
            boot += 1
            continue
        if boot:
            lines.append(f"[ … {boot} lines of the kernel's boot log … ]")
            boot = 0
        if line.strip():
            lines.append(line.rstrip())
    return "\n".join(lines)


def main():
    pid, master = pty.fork()
    if pid == 0:
        os.execv("/usr/bin/ssh", ["ssh", "-tt", "-F", sys.argv[1], "bob@host", "xen-shell", "--prompt"])
    data, mark = b"", 0

    def read(until):
        nonlocal data
        while time.monotonic() < until and select.select([master], [], [], max(0, until - time.monotonic()))[0]:
            try:
                chunk = os.read(master, 65536)
            except OSError:
                return False
            if not chunk:
                return False
            data += chunk
            return True
        sys.exit(f"no answer in {LIMIT} s:\n{plain(data)}")

    for wait, keys in SESSION:
        until = time.monotonic() + LIMIT
        while wait.encode() not in data[mark:]:
            if not read(until):
                sys.exit(f"ended before {wait!r}:\n{plain(data)}")
        mark = len(data)
        os.write(master, keys.encode())
    while read(time.monotonic() + LIMIT):
        pass
    os.waitpid(pid, 0)
    print("$ ssh -t bob@dom0 xen-shell --prompt")
    print(plain(data).strip())


main()
