using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The host itself: what the other tests stand on.</summary>
[OnSimulator]
public sealed class ThrowAwayHostTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void NothingThatHappensInItReachesTheMachine()
    {
        Host.RootShell("echo 1 | tee /etc/xen-shell-test /usr/bin/xen-shell-test /tmp/xen-shell-test /root/xen-shell-test /dev/shm/xen-shell-test").Done();
        Host.RootShell("useradd --no-create-home xenshelltest");

        foreach (var folder in new[] { "/etc", "/usr/bin", "/tmp", "/root", "/dev/shm" })
        {
            Assert.That(File.Exists(Path.Combine(folder, "xen-shell-test")), Is.False, folder);
        }

        Assert.That(File.ReadAllText("/etc/passwd"), Does.Not.Contain("xenshelltest"));
        Host.RootShell("userdel xenshelltest; rm /etc/xen-shell-test /usr/bin/xen-shell-test /tmp/xen-shell-test /root/xen-shell-test /dev/shm/xen-shell-test");
    }

    [Test]
    public void ItSeesNoProcessOfTheMachine() =>
        Assert.That(Host.Root("cat", "/proc/1/cmdline").Done().Output, Does.Contain("/run/host/host/init.sh"));

    [TestCase("bob", "xenshell")]
    [TestCase("alice", "xenshell")]
    [TestCase("staff", "noc xenshell")]
    [TestCase("mallory", "xenshell")]
    public void PeopleOwnNothingThere(string who, string groups)
    {
        var member = Host.Root("id", "-Gn", who).Done().Output.Split(' ', '\n').Where(group => group is "noc" or "xenshell" or "sudo").Order();
        Assert.That(member, Is.EqualTo(groups.Split(' ')));
        Assert.That(Host.Root("stat", "-c", "%U %a", $"/home/{who}").Output, Is.EqualTo("root 755\n"));
    }

    [Test]
    public void ItsLogIsKept()
    {
        Host.Root("logger", "-p", "authpriv.notice", "--socket-errors=on", "a line for the record");
        Wait.Until("the line is there", Seconds(5), () => Host.Read("/var/log/auth.log").Contains("a line for the record", StringComparison.Ordinal));
    }
}
