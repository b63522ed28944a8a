using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Gate;

namespace XenShell.Tests.Gate;

/// <summary>CA: a slip in a guest's file, and nobody is told why the guest is gone.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProblemRecordTests : IDisposable
{
    private readonly Scratch host = new();

    public void Dispose() => host.Dispose();

    [Test]
    public void AProblemIsToldOnceForEachChangeOfItsFile()
    {
        var file = host.Guest("web1", "x");
        Tell(new FileProblem(file, $"{file}:2: x"));
        Tell(new FileProblem(file, $"{file}:2: x"));
        Assert.That(Told(), Is.EqualTo(new[] { $"{file}:2: x" }));

        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-5));
        Tell(new FileProblem(file, $"{file}:2: x"));
        Assert.That(Told(), Has.Length.EqualTo(2), "the file was changed");

        Tell();
        Tell(new FileProblem(file, $"{file}:2: x"));
        Assert.That(Told(), Has.Length.EqualTo(3), "it was mended and broken again");
    }

    [Test]
    public void OneMoreProblemTellsNoOtherAgain()
    {
        Tell(new FileProblem("/etc/xen/a.cfg", "a"));
        Tell(new FileProblem("/etc/xen/a.cfg", "a"), new FileProblem("/etc/xen/b.cfg", "b"));
        Assert.That(Told(), Is.EqualTo(new[] { "/etc/xen/a.cfg: a", "/etc/xen/b.cfg: b" }));
    }

    [Test]
    public void ANameOfSeveralLinesIsToldOnceAndInOne()
    {
        Tell(new FileProblem("/etc/xen/a\nb.cfg", "x"));
        Tell(new FileProblem("/etc/xen/a\nb.cfg", "x"));
        Assert.That(Told(), Has.Length.EqualTo(1));
    }

    [Test]
    public void AFolderFullOfThemDoesNotFillTheRecord()
    {
        Tell([.. Enumerable.Range(0, 5000).Select(i => new FileProblem($"/etc/xen/{i}.cfg", "x"))]);
        Assert.That(Told(), Has.Length.EqualTo(101));
        Assert.That(Told()[^1], Does.Contain("4900 more"));
    }

    private void Tell(params FileProblem[] problems) => ProblemRecord.OfGuests(host.Layout, problems);

    private string[] Told() =>
        [.. File.ReadAllLines(host.Layout.AuditLog)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "problem")
            .Select(line => line.GetProperty("reason").GetString()!)];
}
