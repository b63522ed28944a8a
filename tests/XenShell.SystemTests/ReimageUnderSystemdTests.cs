using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>Where systemd runs, a job is a service of its own, and what it starts of the guest's is none of it.</summary>
[OnLab]
public sealed class ReimageUnderSystemdTests(HostKind kind) : ReimageTest(kind)
{
    [Test]
    public void AJobIsAServiceOfItsOwnAndTheGuestOutlivesIt()
    {
        As("bob").Run("boot web1").Done();
        var before = DomainId("web1");
        var login = AgainAs("bob");
        var job = login.Run("reimage web1 slow --confirm web1 --shutdown").Done().Output.Split(' ')[1];
        login.Dispose();
        ExpectJob(job, "building");
        Assert.That(Host.Root("systemctl", "show", "-p", "Slice,CPUWeight,IOWeight,MemoryMax", $"xen-shell-job-{job}").Output.Trim().Split('\n'), Is.EquivalentTo(new[]
        {
            "Slice=xenshell.slice", "CPUWeight=20", "IOWeight=20", "MemoryMax=1073741824",
        }));
        Let();
        ExpectJob(job, "done");
        ExpectState("web1", "running");
        Wait.Until("the service is gone", Seconds(15), () => Host.Root("systemctl", "is-active", $"xen-shell-job-{job}").Output.Trim() != "active");
        var booted = DomainId("web1");
        Assert.That(booted, Is.Not.EqualTo(before));
        Assert.That(Host.RootShell($"debugfs -R 'cat /etc/issue' {Disk} 2>/dev/null").Output, Does.StartWith("A new system"));

        // xl's own process of the guest is what boots it again
        GivenRunning("web1");
        As("bob").Run("reboot web1", seconds: 120).Done();
        Wait.Until("another life", Seconds(20), () => DomainId("web1") is { } id && id != booted);
    }
}
