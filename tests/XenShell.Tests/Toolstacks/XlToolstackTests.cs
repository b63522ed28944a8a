using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>What xl of Xen 4.17 printed in the lab.</summary>
public sealed class XlToolstackTests
{
    private const string List = """
        Name                                        ID   Mem VCPUs	State	Time(s)
        Domain-0                                     0  1024     2     r-----      97.9
        web1                                         1    96     1     --p---       3.4
        web2                                        10     0     0     --p---       0.0
        db1                                          8    96     1     -b----       0.6
        a                                           11    96     1     ------       0.6
        b                                           12    96     1     ---s--       0.6
        c                                           13    96     1     ----c-       0.6
        d                                           14    96     1     -----d       0.6

        """;

    [Test]
    public void EachLineIsAGuestInItsState() =>
        Assert.That(
            XlToolstack.ParseList(List).Select(domain => $"{domain.Name}/{domain.Id}/{domain.Memory}/{domain.Vcpus}/{domain.State}"),
            Is.EqualTo(new[]
            {
                "web1/1/96/1/Paused", "web2/10/0/0/Starting", "db1/8/96/1/Running", "a/11/96/1/Running",
                "b/12/96/1/Down", "c/13/96/1/Crashed", "d/14/96/1/Dying",
            }));

    // TU: unpause, while an administrator's restore brings the memory in: it would run without its disks, and be lost
    [TestCase(28, 0, "0.0")]
    [TestCase(96, 1, "0.0")]
    [TestCase(0, 1, "0.1")]
    public void APausedDomainThatNeverRanIsBeingMade(long memory, int vcpus, string seconds) =>
        Assert.That(XlToolstack.ParseList($"Name ID Mem VCPUs State Time(s)\nweb1 5 {memory} {vcpus} --p--- {seconds}\n").Single().State, Is.EqualTo(DomainState.Starting));

    // OT: the name is another's, behind what xl says of each file from xm's days (xl_parse.c)
    [Test]
    public void WhatWentWrongIsFoundBehindWarnings()
    {
        const string error = "libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain 4:Domain with name \"web1\" already exists.";
        using var host = new Scratch();
        var xl = host.Write("xl", $"#!/bin/sh\necho 'Parsing config from /etc/xen/web1.cfg' >&2\nfor i in 1 2 3 4 5 6; do echo 'WARNING: specifying \"tsc_mode\" as an integer is deprecated. Please use the named parameter variant. native' >&2; done\necho '{error}' >&2\nexit 3\n");
        File.SetUnixFileMode(xl, (UnixFileMode)0b111_101_101);
        var thrown = Assert.Throws<ToolstackException>(() => new XlToolstack(xl, [xl, "top"], [xl, "xenstore-ls"]).Destroy(4))!;
        Assert.That((thrown.IsNameTaken, thrown.Detail, thrown.About("web1", "x").IsNameTaken), Is.EqualTo((true, error, true)));
    }

    [TestCase("")]
    [TestCase("Name ID Mem VCPUs State Time(s)\n(null) 5 0 0 --p--- 0.0 extra\n")]
    [TestCase("Name ID Mem VCPUs State Time(s)\nx -5 0 0 --p--- 0.0\n")]
    [TestCase("Name ID Mem VCPUs State Time(s)\nx 99999999999 0 0 --p--- 0.0\n")]
    public void WhatDoesNotFitTheColumnsIsLeftOut(string text) => Assert.That(XlToolstack.ParseList(text), Is.Empty);

    [Test]
    public void ANameThatWasGivenByHandMayHaveBlanks() => Assert.That(
        XlToolstack.ParseList("Name ID Mem VCPUs State Time(s)\nmy guest   47    96     1     -b----       1.5\n").Single(),
        Is.EqualTo(new Domain("my guest", 47, 96, 1, DomainState.Running, 1.5)));

    // Debian's wrapper without Xen, and after an upgrade that took the tools of the running version away
    [TestCase("ERROR:  Can't find hypervisor information in sysfs!", 1)]
    [TestCase("ERROR:  Can't find version 4.17 of xen utils (maybe xen-utils-4.17 was already removed before rebooting out of Xen 4.17), bailing out!", 127)]
    public void WithoutXenItDoesNotAnswer(string complaint, int code)
    {
        using var host = new Scratch();
        var xl = host.Write("xl", $"#!/bin/sh\necho \"{complaint}\" >&2\nexit {code}\n");
        File.SetUnixFileMode(xl, (UnixFileMode)0b111_101_101);
        Assert.That(() => new XlToolstack(xl, [xl, "top"], [xl, "xenstore-ls"]).List(), Throws.TypeOf<ToolstackException>().With.Property("IsSilent").True);
    }

    [Test]
    public void UptimesBecomeStartTimes() =>
        Assert.That(
            XlToolstack.ParseUptime("Name                                ID Uptime\nDomain-0                             0  0:02:19\nweb1                                 1  0:01:27\nold                                  2 12 days,  1:00:00\nmade by hand                         3  0:00:10\n2 days                               4 1 day,  0:00:00\n", 2_000_000),
            Is.EquivalentTo(new Dictionary<int, long> { [0] = 2_000_000 - 139, [1] = 2_000_000 - 87, [2] = 2_000_000 - (12 * 86400) - 3600, [3] = 2_000_000 - 10, [4] = 2_000_000 - 86400 }));
}
