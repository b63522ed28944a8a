using System.Diagnostics;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

public sealed class XlLockTests
{
    private const string Lock = "use Fcntl; open(my $f, '>', $ARGV[0]) or die; my $l = pack('s s x4 q q i x4', F_WRLCK, 0, 0, 0, 0); fcntl($f, F_SETLK, $l) or die; $| = 1; print qq(held\n); <STDIN>";

    [Test]
    public void TheHolderIsWhoeverHasXlsLock()
    {
        using var scratch = new Scratch();
        var path = scratch.At("xl");
        Assert.That(XlLock.HolderOf(path), Is.Null, "no xl was ever run");
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/perl", ["-e", Lock, path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.That(holder.StandardOutput.ReadLine(), Is.EqualTo("held"));
        Assert.That(XlLock.HolderOf(path), Is.EqualTo(holder.Id));
        File.CreateSymbolicLink($"{path}.link", path);
        Assert.That(XlLock.HolderOf($"{path}.link"), Is.EqualTo(holder.Id), "where configuration management has put it");
        holder.StandardInput.Close();
        holder.WaitForExit();
        Assert.That(XlLock.HolderOf(path), Is.Null);
    }

    [TestCase("lockfile=\"/run/lock/other\"\n", "/run/lock/other")]
    [TestCase("autoballoon=\"on\"\n", "/var/lock/xl")]
    [TestCase("lockfile = [\n", "/var/lock/xl")]
    [TestCase(null, "/var/lock/xl")]
    public void ItsPlaceIsXlsOwn(string? configuration, string path)
    {
        using var scratch = new Scratch();
        if (configuration is not null)
        {
            scratch.Write("xl.conf", configuration);
        }

        Assert.That(XlLock.Path(scratch.At("xl.conf")), Is.EqualTo(path));
    }
}
