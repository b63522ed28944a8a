using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Reimaging;

/// <summary>
/// Every place where power can fail: between any two renames. A guest's disk is the old one, the new one,
/// or named beside with both ways open. The numbers are Swap's.
/// </summary>
public sealed class SwapTests
{
    private const string Job = "abc234";
    private const int Renames = 4;
    private Scratch host = null!;
    private List<SwapStep> steps = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        Directory.CreateDirectory(host.At("srv"), (UnixFileMode)0b111_101_101);
        steps = [.. new[] { "disk", "swap" }.Select(Step)];
    }

    [TearDown]
    public void Clear() => host.Dispose();

    // 3
    [Test]
    public void FromAnyPlaceItGoesOnOrBack([Range(0, Renames)] int done, [Values] bool forward, [Values] bool twice)
    {
        Interrupted(done);
        Assert.That(Swap.State(), Is.EqualTo(done switch { 0 => SwapState.Untouched, Renames => SwapState.Done, _ => SwapState.Halfway }));

        for (var i = 0; i < (twice ? 2 : 1); i++)
        {
            if (forward)
            {
                Swap.Forward();
            }
            else
            {
                Swap.Back();
            }
        }

        Assert.That(Swap.State(), Is.EqualTo(forward ? SwapState.Done : SwapState.Untouched));
        Assert.That(Read("disk"), Is.EqualTo(forward ? "new disk" : "old disk"));
        Assert.That(Read("swap"), Is.EqualTo(forward ? "new swap" : "old swap"));
    }

    // 1
    [Test]
    public void AVolumeThatSomebodyElseMadeIsNotTouched([Values(0, 1, 3)] int done)
    {
        Interrupted(done);
        var name = File.Exists(host.At("srv/disk")) ? "disk" : "swap";
        File.Move(host.At($"srv/{name}"), host.At("srv/away"));
        host.Write($"srv/{name}", "somebody else's");
        Assert.That(Swap.State(), Is.EqualTo(SwapState.Foreign));
        Assert.That(() => Swap.Forward(), Throws.TypeOf<VolumeException>());
        Assert.That(() => Swap.Back(), Throws.TypeOf<VolumeException>());
        Assert.That(Read(name), Is.EqualTo("somebody else's"));
        Assert.That(File.Exists(host.At("srv/away")), Is.True);
    }

    // 4, CA: xendomains booted the guest after a power cut, on one new and one old disk
    [TestCase(true)]
    [TestCase(false)]
    public void WhileAnythingIsOnItsWayTheSystemsPlaceIsEmpty(bool forward)
    {
        Interrupted(forward ? 0 : Renames);
        var watched = new List<string>();
        using var watch = new FileSystemWatcher(host.At("srv")) { EnableRaisingEvents = true };
        using var all = new CountdownEvent(Renames);
        watch.Renamed += (_, renamed) =>
        {
            watched.Add($"{renamed.OldName} {renamed.Name}");
            all.Signal();
        };
        (forward ? (Action)Swap.Forward : Swap.Back)();
        Assert.That(all.Wait(TimeSpan.FromSeconds(10)), Is.True);
        Assert.That((watched[0].StartsWith("disk ", StringComparison.Ordinal), watched[^1].EndsWith(" disk", StringComparison.Ordinal)), Is.EqualTo((true, true)), string.Join(", ", watched));
    }

    // CA: the new disk was removed by hand while nobody knew which of the two it would be
    [Test]
    public void TheWayBackNeedsNoNewVolume()
    {
        Interrupted(1);
        File.Delete(host.At($"srv/disk.xs-new-{Job}"));
        Assert.That(() => Swap.Forward(), Throws.TypeOf<VolumeException>());
        Swap.Back();
        Assert.That((Read("disk"), Read("swap")), Is.EqualTo(("old disk", "old swap")));
    }

    // 2
    [Test]
    public void NothingThatStandsInTheWayIsReplaced()
    {
        host.Write($"srv/disk.xs-old-{Job}", "in the way");
        Assert.That(Swap.State(), Is.EqualTo(SwapState.Foreign));
        Assert.That(() => Swap.Forward(), Throws.TypeOf<VolumeException>());
        Assert.That(Read($"disk.xs-old-{Job}"), Is.EqualTo("in the way"));
        Assert.That(Read("disk"), Is.EqualTo("old disk"));
    }

    private Swap Swap => new(host.Layout, steps);

    private SwapStep Step(string name)
    {
        var (current, incoming) = (host.Write($"srv/{name}", $"old {name}"), host.Write($"srv/{name}.xs-new-{Job}", $"new {name}"));
        var kind = VolumeKind.Of(host.Layout, current)!;
        return new SwapStep(current, incoming, VolumeKind.NameBeside(current, "old", Job), kind.Find(current)!.Identity, kind.Find(incoming)!.Identity);
    }

    // what a swap has done when it is cut off after so many renames
    private void Interrupted(int renames)
    {
        foreach (var (from, to) in steps.Select(step => (step.Current, step.Outgoing)).Concat(steps.AsEnumerable().Reverse().Select(step => (step.Incoming, step.Current))).Take(renames))
        {
            File.Move(from, to);
        }
    }

    private string Read(string name) => File.ReadAllText(host.At($"srv/{name}"));
}
