using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>TU: many sessions; the toolstack is asked at most once a second for the whole host.</summary>
public sealed class StateSnapshotTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void ManyReadersAskOnce()
    {
        var toolstack = new CountingToolstack();
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.That(new StateSnapshot(host.Layout, toolstack).Domains().Single().Name, Is.EqualTo("web1")));
        Assert.That(toolstack.Lists, Is.LessThanOrEqualTo(2), "one, or two where the machine took a second for it");
    }

    [Test]
    public void AnActMakesItForget()
    {
        var toolstack = new CountingToolstack();
        var states = new StateSnapshot(host.Layout, toolstack);
        states.Domains();
        states.Now(GuestName.Parse("web1"));
        Assert.That(toolstack.Lists, Is.EqualTo(2));
    }

    // TU: the answer to a question of before the act comes after it
    [Test]
    public void AnAnswerUnderWayIsNotTakenForTheStateAfterAnAct()
    {
        using var answers = new ManualResetEventSlim();
        var toolstack = new CountingToolstack { Answers = answers };
        var early = Task.Run(() => new StateSnapshot(host.Layout, toolstack).Domains());
        Assert.That(SpinWait.SpinUntil(() => toolstack.Lists == 1, TimeSpan.FromSeconds(10)));
        var states = new StateSnapshot(host.Layout, toolstack);
        states.Forget();
        var late = Task.Run(states.Domains);
        answers.Set();
        Assert.That(Task.WhenAll(early, late).Wait(TimeSpan.FromSeconds(30)));
        Assert.That(toolstack.Lists, Is.EqualTo(2));
    }

    [Test]
    public void StartTimesAreAskedForNewDomainsOnly()
    {
        var toolstack = new CountingToolstack();
        var states = new StateSnapshot(host.Layout, toolstack);
        Assert.That(states.Domains().Single().Started, Is.EqualTo(1000));
        File.WriteAllText(host.At("run/xen-shell/snapshot.json"), File.ReadAllText(host.At("run/xen-shell/snapshot.json")).Replace("\"taken_tick\":", "\"taken_tick\":-", StringComparison.Ordinal));
        Assert.That(states.Domains().Single().Started, Is.EqualTo(1000));
        Assert.That((toolstack.Lists, toolstack.Starts), Is.EqualTo((2, 1)));
    }

    // one that root made and never let go ("xl create -p") would be taken for one that is just being made, for ever
    [TestCase(96, 1000)]
    [TestCase(0, null)]
    public void WhatIsStartingHasAStartOnceItHasMemory(int memory, long? started)
    {
        var toolstack = new CountingToolstack { Domain = new Domain("web1", 1, memory, 1, DomainState.Starting, 0) };
        Assert.That(new StateSnapshot(host.Layout, toolstack).Domains().Single().Started, Is.EqualTo(started));
    }

    [Test]
    public void AFailureIsSharedToo([Values] bool isSilent)
    {
        var toolstack = new CountingToolstack { Failure = new ToolstackException("no", "", isSilent) };
        for (var i = 0; i < 5; i++)
        {
            Assert.That(() => new StateSnapshot(host.Layout, toolstack).Domains(), Throws.TypeOf<ToolstackException>().With.Property("IsSilent").EqualTo(isSilent));
        }

        Assert.That(toolstack.Lists, Is.EqualTo(1));
    }

    // what one caller's limits do must not be what all others see
    [Test]
    public void AFailureOfOneProcessAloneIsNot()
    {
        var toolstack = new CountingToolstack { Failure = new ToolstackException("no", "", isSilent: true) { IsLocal = true } };
        Assert.That(() => new StateSnapshot(host.Layout, toolstack).Domains(), Throws.TypeOf<ToolstackException>());
        Assert.That(new StateSnapshot(host.Layout, new CountingToolstack()).Domains(), Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    public void ABrokenFileIsStale(string text)
    {
        host.Write("run/xen-shell/snapshot.json", text);
        Assert.That(new StateSnapshot(host.Layout, new CountingToolstack()).Domains(), Has.Count.EqualTo(1));
    }

    [Test]
    public void OnlyItsOwnerReadsTheFile()
    {
        new StateSnapshot(host.Layout, new CountingToolstack()).Domains();
        Assert.That((int)File.GetUnixFileMode(host.At("run/xen-shell/snapshot.json")), Is.EqualTo(0b110_000_000));
    }

    private sealed class CountingToolstack : ToolstackInMemory
    {
        private int lists, starts;

        internal ToolstackException? Failure { get; init; }

        internal ManualResetEventSlim? Answers { get; init; }

        internal Domain Domain { get; init; } = new("web1", 1, 96, 1, DomainState.Running, 3.4);

        internal int Lists => lists;

        internal int Starts => starts;

        public override IReadOnlyList<Domain> List()
        {
            Interlocked.Increment(ref lists);
            Answers?.Wait();
            return Failure is not null
                ? throw Failure
                : [Domain];
        }

        public override IReadOnlyDictionary<int, long> StartTimes()
        {
            Interlocked.Increment(ref starts);
            return new Dictionary<int, long> { [1] = 1000 };
        }
    }
}
