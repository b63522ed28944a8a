using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// The gate is killed, and its disk fails, at each call by which an exchange of disks or the way back changes anything: whatever
/// happens, the guest boots from the old disk or the new one.
/// </summary>
[OnSimulator]
public sealed class ReimageFaultTests(HostKind kind) : ReimageTest(kind)
{
    // what changes a file system, or makes a change last
    private static readonly string[] ChangingCalls = ["renameat2", "fsync", "unlinkat", "mkdirat", "write"];

    // and what a program can be killed at besides
    private static readonly string[] OpeningCalls = ["openat", "flock"];

    [Test]
    public void WhateverEndsAnExchangeTheGuestBoots([Values("reimage", "undo")] string what, [Values("KILL", "EIO")] string fault)
    {
        var file = Host.Read("/etc/xen/web1.cfg");
        var said = Host.RootShell($"{Script}\nfaults {what} {fault} {string.Join(' ', fault == "EIO" ? ChangingCalls : [.. ChangingCalls, .. OpeningCalls])}", seconds: 400).Output;
        TestContext.Out.WriteLine(said);
        Assert.That(said, Does.Match("\n[0-9]+ faults, 0 bad\n$"));
        Assert.That(said, Does.Match("\n[1-9][0-9]+ faults"), "they are injected");
        Assert.That(Host.Read("/etc/xen/web1.cfg"), Is.EqualTo(file), "not changed by a byte");
    }

    // A job that is built stands there as a copy; each fault begins from it. No boot is watched: what is on the disk tells.
    private static string Script => $$"""
        gate=/usr/lib/xen-shell/xen-shell-gate
        export SUDO_UID=$(id -u bob) SUDO_USER=bob
        unset SUDO_COMMAND
        greets() { debugfs -R 'cat /etc/issue' {{Disk}} 2>/dev/null | cut -d' ' -f1,2; }
        order() {
            rm -f /srv/images/go
            job=$($gate reimage web1 tiny --confirm=web1 </dev/null | cut -d' ' -f2)
            until grep -q '"stage":"Done"' /var/lib/xen-shell/jobs/$job.json; do sleep 0.1; done
        }
        # prepare WHAT: the host before the exchange
        prepare() {
            order
            if [ $1 = undo ]; then return; fi
            # back to where the worker stood before it handed over: both disks, and the record of that moment
            old=$(echo /srv/reimage/*.xs-old-*); new={{Disk}}.xs-new-$job
            mv {{Disk}} $new; mv $old {{Disk}}
            sed -i 's/"stage":"Done"/"stage":"Built"/; s/,"ended":[0-9]*,"result":"[^"]*"//; s/,"kept_until":[0-9]*//' /var/lib/xen-shell/jobs/$job.json
        }
        act() { if [ $1 = undo ]; then echo "reimage web1 --undo --confirm=web1"; else echo "reimage web1 --resume"; fi; }
        faults() {
            what=$1 fault=$2 bad=0 total=0
            shift 2
            calls=$*
            prepare $what
            rm -rf /srv/saved; mkdir /srv/saved
            cp -a /var/lib/xen-shell/jobs /srv/saved/
            mkdir /srv/saved/disks; ln /srv/reimage/* /srv/saved/disks # what is removed stays: the record knows the disks by their inodes
            for call in $calls; do
                n=0
                while [ $n -lt 200 ]; do
                    n=$((n + 1))
                    rm -rf /var/lib/xen-shell/jobs /run/xen-shell/rates /srv/reimage/*
                    cp -a /srv/saved/jobs /var/lib/xen-shell/
                    ln /srv/saved/disks/* /srv/reimage
                    if [ $fault = KILL ]; then how=signal=KILL; else how=error=EIO; fi
                    setsid strace -f -o /run/strace.out -e trace=$call -e inject=$call:$how:when=$n $gate $(act $what) </dev/null >/run/fault.out 2>&1
                    grep -q 'INJECTED\|killed by SIGKILL' /run/strace.out || break
                    total=$((total + 1))
                    state=$(ls /srv/reimage | tr '\n' ' ')
                    # the next command says what there is to do, and does it
                    if ! $gate boot web1 --no-wait </dev/null >/run/after.out 2>&1; then
                        grep -q 'cut off halfway' /run/after.out && $gate reimage web1 --resume </dev/null >>/run/after.out 2>&1 && $gate boot web1 --no-wait </dev/null >>/run/after.out 2>&1 || { bad=$((bad + 1)); echo "BAD $call $n: $state: $(cat /run/fault.out /run/after.out)"; }
                    fi
                    {{Xl}} destroy web1 >/dev/null 2>&1
                    greeting=$(greets)
                    [ "$greeting" = "A new" ] || [ "$greeting" = "The old" ] || { bad=$((bad + 1)); echo "BAD $call $n: boots '$greeting'"; }
                    xen-shell-admin reap >/dev/null 2>&1
                    count=$(ls /srv/reimage | grep -vc '^web1.img$')
                    [ $count -le 1 ] && ! ls /srv/reimage | grep -q 'xs-new' || { bad=$((bad + 1)); echo "BAD $call $n: left $(ls /srv/reimage | tr '\n' ' ')"; }
                done
            done
            rm -rf /srv/saved
            echo
            echo "$total faults, $bad bad"
        }
        """;

    private const string Xl = "/usr/lib/xen-shell/xl-sim";
}
