using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>A guest with a disk and one for swap, beside which a job has built new ones.</summary>
public abstract class ReimageVerbTest : VerbTest
{
    protected const string Id = "abc234";
    protected const string Undo = "reimage web1 --undo --confirm=web1";

    private Fd? worker; // that has built it, and waits for the gate

    protected ReimageVerbTest()
    {
        Configure("boot_watch = 1\nsupport = staff");
        foreach (var folder in new[] { "srv", "etc/xen-shell/images.d", "var/lib/xen/save" })
        {
            Directory.CreateDirectory($"{Layout.Root}/{folder}", (UnixFileMode)0b111_101_101);
        }

        Write("etc/xen-shell/images.d/tiny.conf", $"title = Tiny\nmethod = tar\nsource = {Write("srv/tiny.tar", "x")}\n");
        Store = new JobStore(Layout);
        (Root, Swapped) = (Step("root"), Step("swap"));
        GivenDisks("bob", Root.Current, Swapped.Current);
    }

    private protected JobStore Store { get; }

    private protected SwapStep Root { get; }

    private protected SwapStep Swapped { get; }

    // Another system in place of the one that the first order brought.
    private protected void GivenASecond(string id)
    {
        List<SwapStep> steps = [Step(Root.Current, id, "third root"), Step(Swapped.Current, id, "third swap")];
        new Swap(Layout, steps).Forward();
        Store.Create(JobRecovery.Finished(Store.Find(Id)! with { Id = id, Created = 2, Steps = steps }, "done", TimeSpan.FromHours(1)));
    }

    private protected void GivenDisks(string owner, params string[] disks) =>
        Grant($"xen_shell = '{owner}'\ndisk = [ {string.Join(", ", disks.Select((disk, at) => $"'file:{disk},xvda{disks.Length - at},w'"))} ]");

    private protected void Built(JobStage stage = JobStage.Built)
    {
        Built(boots: false, Root, Swapped);
        if (stage == JobStage.Done)
        {
            new Swap(Layout, [Root, Swapped]).Forward();
            Store.Write(JobRecovery.Finished(Store.Find(Id)!, "done", TimeSpan.FromHours(1)));
        }
        else
        {
            Store.Write(Store.Find(Id)! with { Stage = stage });
        }

        if (stage is JobStage.Swapping or JobStage.Done)
        {
            worker!.Dispose();
        }
    }

    [TearDown]
    public void EndWorker() => worker?.Dispose();

    private protected void Built(bool boots) => Built(boots, Root, Swapped);

    private protected void Built(bool boots, params SwapStep[] steps)
    {
        Store.Create(new Job(Id, JobKind.Reimage, "web1", "bob", 4001, 1)
        {
            Stage = JobStage.Built, Image = "tiny", Owners = ["bob"], Boots = boots, ShutsDown = boots, GuestFile = $"{Layout.Root}/etc/xen/web1.cfg", Steps = steps,
        });
        worker = Store.TryLock(Id);
    }

    private SwapStep Step(string name) => Step(Write($"srv/{name}", $"old {name}"), Id, $"new {name}");

    private SwapStep Step(string current, string id, string incoming)
    {
        var beside = Write($"srv/{Path.GetFileName(VolumeKind.NameBeside(current, "new", id))}", incoming);
        var kind = VolumeKind.Of(Layout, current)!;
        return new SwapStep(current, beside, VolumeKind.NameBeside(current, "old", id), kind.Find(current)!.Identity, kind.Find(beside)!.Identity);
    }

    private protected static string Read(string path) => File.ReadAllText(path);
}
