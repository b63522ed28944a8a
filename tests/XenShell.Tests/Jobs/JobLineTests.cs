using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Jobs;

/// <summary>Whose new system is built next; the worker of each job here is alive unless told.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JobLineTests : IDisposable
{
    private const uint Bob = 2000, Alice = 2001, Carol = 2002;
    private readonly Scratch host = new();
    private readonly JobStore store;
    private readonly List<Fd> workers = [];

    public JobLineTests() => store = new JobStore(host.Layout);

    public void Dispose()
    {
        workers.ForEach(worker => worker.Dispose());
        host.Dispose();
    }

    [Test]
    public void WhoeverComesFirstIsBuiltFirst()
    {
        var (first, second, third) = (Ordered(Bob, 1), Ordered(Alice, 2), Ordered(Carol, 3));
        Assert.That(Places(most: 1, third, second, first), Is.EqualTo(new[] { 2, 1, 0 }));
        Assert.That(Places(most: 2, third, second), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(store.Find(second.Id)!.Stage, Is.EqualTo(JobStage.Building));
    }

    // a guest that takes an hour to shut down, or whose owner is asleep, would hold up all others
    [TestCase(JobStage.Built)]
    [TestCase(JobStage.Swapping)]
    public void WhatIsBuiltHoldsNoPlace(JobStage stage)
    {
        Ordered(Bob, 1, stage);
        Assert.That(Places(most: 1, Ordered(Alice, 2)), Is.EqualTo(new[] { 0 }));
    }

    // somebody re-images twenty guests by a script
    [Test]
    public void EverybodysFirstComesBeforeAnybodysSecond()
    {
        var bobs = Enumerable.Range(1, 20).Select(at => Ordered(Bob, at)).ToArray();
        var (alices, carols) = (Ordered(Alice, 21), Ordered(Carol, 22));
        Assert.That(Places(most: 1, carols, alices, bobs[1], bobs[0]), Is.EqualTo(new[] { 2, 1, 3, 0 }));
        store.Write(store.Find(bobs[0].Id)! with { Stage = JobStage.Done });
        Assert.That(Places(most: 1, carols, bobs[1]), Is.EqualTo(new[] { 2, 0 }), "the second one is the first now, and the oldest");
    }

    // the same with one that is building: it counts as well
    [Test]
    public void WhatIsBuildingCountsAmongTheLoginsOwn()
    {
        Ordered(Bob, 1, JobStage.Building);
        var (bobs, alices) = (Ordered(Bob, 2), Ordered(Alice, 3));
        Assert.That(Places(most: 1, bobs, alices), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(Places(most: 2, bobs, alices), Is.EqualTo(new[] { 1, 0 }));
    }

    [TestCase(JobStage.Waiting)]
    [TestCase(JobStage.Building)]
    public void AJobWhoseWorkerWasKilledHoldsUpNobody(JobStage stage)
    {
        Ordered(Bob, 1, stage);
        workers[0].Dispose();
        Assert.That(Places(most: 1, Ordered(Bob, 2)), Is.EqualTo(new[] { 0 }));
    }

    private int[] Places(int most, params Job[] jobs) => [.. jobs.Select(new JobLine(host.Layout, store, most).Enter)];

    private Job Ordered(uint uid, long at, JobStage stage = JobStage.Waiting)
    {
        var job = new Job(JobId.New(), JobKind.Reimage, $"web{at}", $"u{uid}", uid, at) { GuestFile = host.At("etc/xen/web.cfg"), Stage = stage };
        store.Create(job);
        workers.Add(store.TryLock(job.Id)!);
        return job;
    }
}
