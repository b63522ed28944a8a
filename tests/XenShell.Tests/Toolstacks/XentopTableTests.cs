using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>The header and the first line are from xentop 4.17 in the lab; the numbers of others are made up.</summary>
public sealed class XentopTableTests
{
    private const string Header =
        "      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS   VBD_OO   VBD_RD   VBD_WR  VBD_RSECT  VBD_WSECT SSID\n";

    [Test]
    public void TrafficIsSeenFromTheGuest()
    {
        var all = XentopTable.Parse(Header
            + "      web1 --b---          3    0.0      98304    4.7      99328       4.7     1    0        0        0    0        0        0        0          0          0    0\n"
            + "  a-longer-name --b---          3    0.0      98304    4.7   no limit       n/a     1    1      500       20    1        0        7        8       4000       6000    0\n");
        Assert.That(all, Is.EqualTo(new[] { new Traffic("web1", 0, 0, 0, 0), new Traffic("a-longer-name", 500, 20, 2000, 3000) }));
    }

    // Xen 3.x and 4.0 count requests and no sectors
    [Test]
    public void AnOlderHeaderTellsTheNetworkAndNoDisks() =>
        Assert.That(
            XentopTable.Parse("""
                      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS   VBD_OO   VBD_RD   VBD_WR SSID
                        g1 --b---          7    0.0    1048576    6.3    1049600       6.3     2    1      113       34    2        0     2495     1077    0
                """),
            Is.EqualTo(new[] { new Traffic("g1", 113, 34, null, null) }));

    [TestCase("")]
    [TestCase("Failed to initialize xenstat library\n")]
    [TestCase(Header + "web1\n")]
    [TestCase(Header + "web1 --b--- x x x x x x x x x x x x x x x x x\n")]
    public void WhatIsNoTableTellsNothing(string text) => Assert.That(XentopTable.Parse(text), Is.Empty);
}
