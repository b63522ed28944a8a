using XenShell.Sim.Commands;
using XenShell.Sim.Domains;

namespace XenShell.Tests.Sim;

/// <summary>Byte for byte what xl 4.17 printed in the lab.</summary>
internal sealed class XlOutputTests
{
    private static readonly Domain zero = new()
    {
        Id = 0, Name = "Domain-0", MemoryKb = 1 << 20, MaxMemoryKb = 1 << 20, Vcpus = 2, Phase = DomainPhase.Running, CpuSeconds = 129.8,
    };

    private static readonly Domain web1 = new()
    {
        Id = 1, Name = "web1", MemoryKb = 98304, MaxMemoryKb = 98304, Vcpus = 1, Phase = DomainPhase.Idle, CpuSeconds = 3.4,
        Uuid = "ec91b7f9-dbaa-437d-9206-f4281bc23b17",
    };

    [Test]
    public void ListIsXlsTable() => Assert.That(ListCommand.Table([zero, web1], 0, verbose: false), Is.EqualTo(
        """
        Name                                        ID   Mem VCPUs	State	Time(s)
        Domain-0                                     0  1024     2     r-----     129.8
        web1                                         1    96     1     -b----       3.4

        """));

    [Test]
    public void VerboseListIsXlsTable() => Assert.That(ListCommand.Table([web1], 0, verbose: true), Does.EndWith(
        "web1                                         1    96     1     -b----       3.4 ec91b7f9-dbaa-437d-9206-f4281bc23b17        -                -\n"));

    [Test]
    public void DomainBeingBuiltHasNoMemory() => Assert.That(
        ListCommand.Table([web1 with { Id = 10, Phase = DomainPhase.Building, CpuSeconds = 0 }], 0, verbose: false),
        Does.EndWith("web1                                        10     0     0     --p---       0.0\n"));

    [Test]
    public void TopIsXentopsTable() => Assert.That(
        TopCommand.Table([zero, web1], 0, new Dictionary<int, double>(), TimeSpan.FromSeconds(1)).Split('\n')[2],
        Is.EqualTo("      web1 --b---          3    0.0      98304    0.1      99328       0.1     1    0        0        0    0        0        0        0          0          0    0"));

    [TestCase(0, 1, 28, " 0:01:28")]
    [TestCase(25, 0, 0, "1 day,  1:00:00")]
    [TestCase(72, 1, 28, "3 days,  0:01:28")]
    public void UptimeCountsDaysHoursMinutes(int hours, int minutes, int seconds, string text) =>
        Assert.That(UptimeCommand.Format(new TimeSpan(hours, minutes, seconds), seconds: true), Is.EqualTo(text));

    [Test]
    public void ProcessorTimeGrowsWhenBusyAndStandsWhenPaused()
    {
        Assert.That((web1 with { Phase = DomainPhase.Running }).CpuNow(2000), Is.EqualTo(5.4));
        Assert.That(web1.In(DomainPhase.Paused, 0).CpuNow(2000), Is.EqualTo(3.4));
    }

    [Test]
    public void LongListIsOneJsonDocument()
    {
        using var document = System.Text.Json.JsonDocument.Parse(LongList.Format([zero, web1 with { Name = "a\"b", CommandLine = "x" }]));
        var guest = document.RootElement[1].GetProperty("config");
        Assert.That(guest.GetProperty("c_info").GetProperty("name").GetString(), Is.EqualTo("a\"b"));
        Assert.That(guest.GetProperty("on_reboot").GetString(), Is.EqualTo("restart"));
    }
}
