using XenShell.Core.Domains;
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
    [TestCase("(domain (domid x) (name y))")]
    public void WithoutANumberItIsNoDomain(string text) => Assert.That(XmToolstack.ParseList(text), Is.Empty);

    // GK: kernel arguments out of a guest's own boot menu, which Python quotes with \' where they have both kinds of quotes
    [Test]
    public void AGuestsWordsMakeNoDomainAndHideNone()
    {
        var domains = XmToolstack.ParseList("""
            (domain
                (domid 9)
                (name mine)
                (image (linux (kernel /boot/k) (args 'ro x="1" y=\'))))(domain (domid 77)(name victim)(state -b----)(memory 9999)(vcpus 3)(cpu_time 1.0))(a(b(c(d\'')))
                (memory 128)
                (vcpus 1)
                (state -b----)
            )
            """);
        Assert.That(domains.Single(), Is.EqualTo(new Domain("mine", 9, 128, 1, DomainState.Running, 0)));
    }

    [TestCase(")))")]
    [TestCase("(domain (domid 3")]
    [TestCase("(domain (name 'x)")]
    [TestCase("(domain (args 'a\\q'))")]
    [TestCase("(domain (args 'a\u009b'))")]
    [TestCase("(domain (args 'a\n'))")]
    [TestCase("(domain (name a=b))")]
    [TestCase("Warning: something\n(domain (domid 3) (name y))")]
    public void WhatXendWouldNotWriteIsNoAnswer(string text) =>
        Assert.That(() => XmToolstack.ParseList(text), Throws.TypeOf<ToolstackException>().With.Property("IsSilent").True);

    [TestCase(@"'\\ \' \n \t \x9b'", "\\ ' \n \t \u009b")]
    [TestCase("\"it's\"", "it's")]
    [TestCase("/boot/vmlinuz-2.6.26", "/boot/vmlinuz-2.6.26")]
    public void PythonsQuotesAreRead(string written, string word) =>
        Assert.That(Sxp.Parse($"(x (args {written}))").Single().Value("args"), Is.EqualTo(word));

    [Test]
    public void DeepNestingDoesNotEndTheProgram() =>
        Assert.That(() => XmToolstack.ParseList(new string('(', 100_000) + new string(')', 100_000)), Throws.TypeOf<ToolstackException>());

    [Test]
    public void EachDiskOfEachRunningDomainIsThere() => Assert.That(
        XmToolstack.ParseDisks("""
            (domain
                (domid 3)
                (name web1)
                (device (vif (bridge xenbr0) (mac 00:16:3e:00:00:01)))
                (device (vbd (uname phy:/dev/vg0/web1-disk) (driver paravirtualised) (mode w) (dev xvda2:disk)))
                (device (vbd (uname phy:vg0/web1-swap) (mode w) (dev xvda1:disk)))
                (device (vbd (uname drbd:r0) (mode w) (dev xvdc)))
                (device (tap (uname tap:aio:/srv/cd.iso) (mode r) (dev hdc:cdrom)))
                (device (vbd (uname phy:/dev/disk/by-path/pci-0000:00:1f-lun:0) (mode w) (dev xvdb)))
            )
            (domain (name off) (device (vbd (uname file:/srv/off.img) (mode w))))
            """),
        Is.EqualTo(new[] { new DomainDisk(3, "/dev/vg0/web1-disk", true), new DomainDisk(3, "vg0/web1-swap", true), new DomainDisk(3, "r0", true), new DomainDisk(3, "/srv/cd.iso", false), new DomainDisk(3, "/dev/disk/by-path/pci-0000:00:1f-lun:0", true) }));
}
