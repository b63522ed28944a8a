using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>What the gate does when the disks of a job are whole.</summary>
public sealed class ReimageVerbTests : VerbTest
{
    // CA: the first disk is exchanged, and the second cannot be: on half of the new system the guest would write what an undo throws away
    [Test]
    public void AGuestIsNotBootedAgainOnHalfOfItsDisks()
    {
        Configure("boot_watch = 1\ntrial = reimage jobs");
        Directory.CreateDirectory($"{Layout.Root}/srv", (UnixFileMode)0b111_101_101);
        var (root, swap) = (Step("root"), Step("swap"));
        File.WriteAllText(swap.Outgoing, "in the way");
        Grant($"xen_shell = 'bob'\ndisk = [ 'file:{root.Current},xvda2,w', 'file:{swap.Current},xvda1,w' ]");
        var store = new JobStore(Layout);
        store.Create(new Job("abc234", JobKind.Reimage, "web1", "bob", 4001, 1)
        {
            Stage = JobStage.Built, Boots = true, ShutsDown = true, GuestFile = $"{Layout.Root}/etc/xen/web1.cfg", Steps = [root, swap],
        });
        using var worker = store.TryLock("abc234");
        Toolstack.Run("web1");
        var (code, words) = Run("reimage web1 --resume");
        Assert.That((code, words.Contains("please tell the administrator", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
        Assert.That(File.ReadAllText(root.Current), Is.EqualTo("new root"), "the first one was");
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1" }));
    }

    private SwapStep Step(string name)
    {
        var path = Write($"srv/{name}", $"old {name}");
        var beside = VolumeKind.NameBeside(path, "new", "abc234");
        Write($"srv/{Path.GetFileName(beside)}", $"new {name}");
        var kind = VolumeKind.Of(Layout, path)!;
        return new SwapStep(path, beside, VolumeKind.NameBeside(path, "old", "abc234"), kind.Find(path)!.Identity, kind.Find(beside)!.Identity);
    }
}
