#!/usr/bin/python3
"""ssh.py RUNDIR: whole commands over ssh, from the client's start to its end; tests/bench/lab.sh calls it.

Every figure is the median of RUNS runs, taken in turn with its peers: root, and carol, an ordinary administrator
who may run xl through sudo. Each account has one session that stays, as whoever works on a host has: else root's,
which the lab keeps for itself, would be the only login for which systemd makes no slice and no run-time folder
(400 ms here, whoever it is). Under emulation a login takes longer than the second for which a snapshot of all
states is good, so that each status asks the toolstack.
"""
import contextlib, shutil, statistics, subprocess, sys, time

RUNS = 20
CASES = {
    "ssh root true": ("root", "true"),
    "ssh carol true": ("carol", "true"),
    "ssh bob whoami": ("bob", "whoami"),
    "ssh root sudo xl list": ("root", "sudo xl list"),
    "ssh carol sudo xl list": ("carol", "sudo xl list"),
    "ssh bob status": ("bob", "status"),
}
PEERS = ("ssh root sudo xl list", "ssh carol sudo xl list")
CAROL = """set -e
xl create /etc/xen/web1.cfg
useradd --create-home --shell /bin/bash carol
install -d -m 700 -o carol /home/carol/.ssh
install -m 600 -o carol /root/.ssh/authorized_keys /home/carol/.ssh/
echo 'carol ALL=(root) NOPASSWD: /usr/sbin/xl' >/etc/sudoers.d/carol"""


def ssh(user, *command):
    return ["ssh", "-F", f"{sys.argv[1]}/ssh_config", f"{user}@host", *command]


def once(user, command):
    start = time.perf_counter()
    subprocess.run(ssh(user, command), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@contextlib.contextmanager
def standing(user):
    """A session of `user` that has begun when this returns: its shell has answered."""
    held = subprocess.Popen(ssh(user), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        held.stdin.write(b"whoami\n")
        held.stdin.flush()
        held.stdout.read(1)
        yield
    finally:
        held.stdin.close()
        held.wait()


def main():
    once("root", CAROL)
    shutil.copy(f"{sys.argv[1]}/keys/root", f"{sys.argv[1]}/keys/carol")
    times = {name: [] for name in CASES}
    with standing("root"), standing("carol"), standing("bob"):
        for i in range(RUNS + 2):
            for name, case in CASES.items():
                took = once(*case)
                if i >= 2:  # the first two warm the caches
                    times[name].append(took * 1000)
    middle = {name: statistics.median(all_of_it) for name, all_of_it in times.items()}
    for name, took in middle.items():
        print(f"{name:24} {took:8.0f} ms", *(f"{took / middle[peer]:6.2f} x {peer}" for peer in PEERS))


main()
