using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>"xm list --long" of the xend era.</summary>
public sealed class XmToolstackTests
{
    private const string Long = """
        (domain
            (domid 0)
            (cpu_weight 256)
            (name Domain-0)
            (state r-----)
            (online_vcpus 2)
        )
        (domain
            (domid 3)
            (on_crash destroy)
            (uuid 2a1c7d2e-8ad5-bf01-6b6c-0b2e0c7c1c11)
            (memory 256)
            (name web1)
            (online_vcpus 1)
            (image (linux (kernel /boot/vmlinuz-2.6.26-2-xen-amd64) (args 'root=/dev/xvda2 ro')))
            (start_time 1263902400.51)
            (cpu_time 12.25)
            (state -b----)
            (device (vif (bridge eth0) (ip "192.0.2.7 192.0.2.8")))
        )
        (domain
            (on_crash destroy)
            (name off-but-managed)
            (state ------)
        )
        """;

    [Test]
    public void RunningDomainsAreRead()
    {
        var web1 = XmToolstack.ParseList(Long).Single();
        Assert.That(web1, Is.EqualTo(new Domain("web1", 3, 256, 1, DomainState.Running, 12.25, 1263902400)));
    }

    [TestCase("")]
    [TestCase(")))")]
    [TestCase("(domain (domid 3")]
    [TestCase("(domain (domid x) (name y))")]
    public void BrokenExpressionsAreNoDomains(string text) => Assert.That(XmToolstack.ParseList(text), Is.Empty);

    [Test]
    public void DeepNestingDoesNotEndTheProgram() =>
        Assert.That(() => XmToolstack.ParseList(new string('(', 100_000) + new string(')', 100_000)), Throws.Nothing);
}
