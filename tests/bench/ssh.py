#!/usr/bin/python3
"""ssh.py SSH_CONFIG: whole commands over ssh, from the client's start to its end; tests/bench/lab.sh calls it.

Every figure is the median of RUNS runs, taken in turn with its peer. Under emulation a login takes longer than
the second for which a snapshot of all states is good, so that each status asks the toolstack.
"""
import statistics, subprocess, sys, time

RUNS = 20
CASES = {
    "ssh root true": ("root", "true"),
    "ssh root sudo xl list": ("root", "sudo xl list"),
    "ssh bob status": ("bob", "status"),
    "ssh bob whoami": ("bob", "whoami"),
}


def once(user, command):
    start = time.perf_counter()
    subprocess.run(["ssh", "-F", sys.argv[1], f"{user}@host", command], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    once("root", "xl create /etc/xen/web1.cfg")
    times = {name: [] for name in CASES}
    for i in range(RUNS + 2):
        for name, case in CASES.items():
            took = once(*case)
            if i >= 2:  # the first two warm the caches
                times[name].append(took * 1000)
    peer = statistics.median(times["ssh root sudo xl list"])
    for name, all_of_it in times.items():
        middle = statistics.median(all_of_it)
        print(f"{name:24} {middle:8.0f} ms {middle / peer:6.2f} x ssh root sudo xl list")


main()
