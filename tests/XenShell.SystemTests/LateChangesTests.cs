using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What changes between the judgement and the act: grants, and the bytes that were judged.</summary>
[OnSimulator]
public sealed class LateChangesTests(HostKind kind) : HostTest(kind)
{
    // TU: a slow act of alice's holds the guest, bob waits, is revoked, and his poweroff would happen seconds later
    [TestCase("poweroff")]
    [TestCase("pause")]
    [TestCase("reset")]
    [TestCase("shutdown")]
    [TestCase("sysreq s")]
    public void WhoIsRevokedWhileWaitingForTheGuestDoesNothing(string command)
    {
        GivenRunning("web1");
        var before = DomainId("web1");
        GivenGrants("web1", "bob");
        Host.RootShell($$"""
            rm -f /run/held
            setsid flock /run/xen-shell/lock/web1 sh -c '
                touch /run/held
                tail -n 0 -f /var/log/xen-shell/audit.log | grep -q -m1 permit
                sed -i "/^xen_shell =/d" /etc/xen/web1.cfg
            ' </dev/null >/dev/null 2>&1 &
            until [ -e /run/held ]; do sleep 0.05; done
            """).Done();
        Assert.That(As("bob").Run($"{command}").Refused(ExitCode.NotAllowed), Does.Contain("no such guest"));
        Assert.That(DomainId("web1"), Is.EqualTo(before));
        Assert.That(State("web1"), Is.EqualTo("running"));
    }

    // TU: the file is another guest's by the time that the toolstack reads it
    [Test]
    public void WhatWasJudgedIsWhatBoots()
    {
        GivenOff("web1");
        Host.RootShell("""
            cat >/usr/local/sbin/late <<'END'
            #!/bin/sh
            [ "$1" != create ] || sed -i 's/^memory.*/memory = 512/' /etc/xen/web1.cfg
            exec /usr/lib/xen-shell/xl-sim "$@"
            END
            chmod 755 /usr/local/sbin/late
            """).Done();
        GivenGuestSetting("web1", "sim", null); // so that the file comes back
        GivenConfiguration("sed -i 's|^toolstack_path.*|toolstack_path = /usr/local/sbin/late|' /etc/xen-shell/xen-shell.conf");
        As("bob").Run("boot").Done();
        Assert.That(Host.Read("/etc/xen/web1.cfg"), Does.Contain("memory = 512"));
        Assert.That(Host.RootShell($"{Host.Xl} list | awk '$1 == \"web1\" {{ print $3 }}'").Output.Trim(), Is.EqualTo("96"));
        Assert.That(Host.RootShell("ls /run/xen-shell/boot").Output, Is.Empty, "the copy is gone");
    }
}
