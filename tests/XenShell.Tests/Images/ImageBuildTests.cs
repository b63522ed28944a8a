using XenShell.Admin;
using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Images;

namespace XenShell.Tests.Images;

/// <summary>An archive that root has made: what a stand-in for mmdebstrap is told, and what becomes of what it makes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ImageBuildTests : IDisposable
{
    private readonly Scratch host = new();
    private readonly string source;

    public ImageBuildTests()
    {
        foreach (var folder in new[] { "srv", "etc/xen-shell/images.d" })
        {
            Directory.CreateDirectory(host.At(folder), (UnixFileMode)0b111_101_101);
        }

        source = host.At("srv/debian.tar");
        Image("");
    }

    public void Dispose() => host.Dispose();

    [Test]
    public void WhatIsMadeIsTheImageWhenItIsWhole()
    {
        Assert.That(Problem(), Does.EndWith($"source: {source} is not made yet; 'xen-shell-admin image build debian' makes it"));
        Assert.That(Build("echo \"$@\" >$HERE/words; echo whole >$SOURCE.new"), Is.EqualTo(ExitCode.Done));
        Assert.That(File.ReadAllText(source), Is.EqualTo("whole\n"));
        Assert.That(File.ReadAllText(host.At("srv/words")), Does.StartWith("--variant=minbase --format=tar --include=systemd-sysv,udev").And.EndWith($" trixie {source}.new\n"));
        Assert.That(ImageCatalog.Read(host.Layout, _ => []).TryFind("debian", out _), Is.True);
    }

    // CA: mmdebstrap that is ended leaves an archive that looks whole
    [Test]
    public void WhatIsNotWholeReplacesNothing()
    {
        File.WriteAllText(source, "before");
        Assert.That(Build("echo half >$SOURCE.new; exit 25"), Is.EqualTo(ExitCode.Failed));
        Assert.That((File.ReadAllText(source), File.Exists($"{source}.new")), Is.EqualTo(("before", false)));
    }

    // CA: what root runs, and where it puts what becomes root's on a guest, is nobody else's
    [Test]
    public void AFolderThatOthersCanWriteIsNotWorkedIn()
    {
        File.SetUnixFileMode(host.At("srv"), (UnixFileMode)0b111_111_111);
        Assert.That(() => Build("echo never >$SOURCE.new"), Throws.InstanceOf<IOException>());
        Assert.That(File.Exists($"{source}.new"), Is.False);
    }

    [TestCase("packages = openssh-server, linux-image-amd64", null)]
    [TestCase("packages = --option", "'--option' must be the name of a package")]
    [TestCase("packages = a;reboot", "must be the name of a package")]
    [TestCase("mirror = /etc/apt/sources.list", null)]
    [TestCase("mirror = -oDebug", "must be a http, https or file URL")]
    [TestCase("roles = x", "means nothing with method = mmdebstrap")]
    [TestCase("filesystem = xfs", "'xfs' must be one of ext2, ext3, ext4")]
    public void EveryWordThatRootsProgramGetsHasItsGrammar(string line, string? problem)
    {
        Image(line);
        if (problem is null)
        {
            Assert.That(() => ImageCatalog.Definition(host.Layout, "debian"), Throws.Nothing);
        }
        else
        {
            Assert.That(() => ImageCatalog.Definition(host.Layout, "debian"), Throws.TypeOf<ConfigurationException>().With.Message.Contain(problem));
        }
    }

    [Test]
    public void OnlyWhatIsMadeHereIsBuilt()
    {
        host.Write("etc/xen-shell/images.d/debian.conf", $"method = tar\nsource = {source}\n");
        Assert.That(Build("echo never >$SOURCE.new"), Is.EqualTo(ExitCode.Usage));
        Assert.That(File.Exists($"{source}.new"), Is.False);
    }

    [TestCase("nosuch", "nosuch: there is no such image")]
    [TestCase("../../passwd", "the name must be small letters")]
    public void AnImageThatIsNoneIsSaid(string name, string said) =>
        Assert.That(() => ImageBuildCommand.Run(host.Layout, name), Throws.TypeOf<ConfigurationException>().With.Message.Contain(said));

    private void Image(string line) => host.Write("etc/xen-shell/images.d/debian.conf", $"title = Debian\nmethod = mmdebstrap\ndist = trixie\nsource = {source}\n{line}\n");

    private string Problem() => ImageCatalog.Read(host.Layout, _ => []).Problems.Single().Reason;

    private ExitCode Build(string script)
    {
        var program = host.Write("srv/stand-in", $"#!/bin/sh\nHERE={host.At("srv")} SOURCE={source}\n{script}\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        return ImageBuildCommand.Run(host.Layout, "debian", program);
    }
}
