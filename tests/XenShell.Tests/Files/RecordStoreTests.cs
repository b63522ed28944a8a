using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Core.Json;

namespace XenShell.Tests.Files;

/// <summary>Root's own records: nothing is lost between two writers, nor by one that is ended.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordStoreTests : IDisposable
{
    private readonly Scratch host = new();

    public void Dispose() => host.Dispose();

    [Test]
    public void WhatWasWrittenIsRead()
    {
        Assert.That(Store().Names(), Is.Empty);
        Assert.That(Store().Find("a"), Is.Null);
        Store().Change("b", _ => new Count(1));
        Store().Change("a", before => before is null ? new Count(2) : null);
        Assert.That(Store().Names(), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((Store().Find("a"), Store().Find("b")), Is.EqualTo((new Count(2), new Count(1))));
        Store().Change("a", _ => null);
        Assert.That(Store().Names(), Is.EqualTo(new[] { "b" }));
        Assert.That((int)File.GetUnixFileMode(Path("b")), Is.EqualTo(0b110_000_000));
    }

    [Test]
    public void NoChangeOfTwoWritersIsLost()
    {
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Store().Change("a", before => new Count((before?.Number ?? 0) + 1)));
        Assert.That(Store().Find("a"), Is.EqualTo(new Count(100)));
    }

    [Test]
    public void AChangeThatFailsChangesNothing()
    {
        Store().Change("a", _ => new Count(1));
        Assert.That(() => Store().Change("a", _ => throw new IOException("no")), Throws.TypeOf<IOException>());
        Assert.That(Store().Find("a"), Is.EqualTo(new Count(1)));
    }

    [Test]
    public void WhatAWriterThatWasEndedLeftIsNoRecordAndGoes()
    {
        Store().Change("a", _ => new Count(1));
        File.WriteAllText(Path("a") + "." + Guid.NewGuid().ToString("N"), "{");
        Assert.That(Store().Names(), Is.EqualTo(new[] { "a" }));
        Store().Change("b", _ => new Count(1));
        Assert.That(Directory.GetFiles(host.At("records")).Select(System.IO.Path.GetFileName), Is.EquivalentTo(new[] { ".lock", "a.json", "b.json" }));
    }

    // TU: a record that somebody else wrote, or leads elsewhere
    [TestCase("chmod 666")]
    [TestCase("ln")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("large")]
    public void WhatCannotBeBelievedIsAnErrorAndNotMissing(string fault)
    {
        Store().Change("a", _ => new Count(1));
        switch (fault)
        {
            case "chmod 666":
                File.SetUnixFileMode(Path("a"), (UnixFileMode)0b110_110_110);
                break;
            case "ln":
                File.Delete(Path("a"));
                File.CreateSymbolicLink(Path("a"), "/nonexistent");
                break;
            case "large":
                File.WriteAllText(Path("a"), new string(' ', 1001));
                break;
            default:
                File.WriteAllText(Path("a"), fault);
                break;
        }

        Assert.That(() => Store().Find("a"), Throws.InstanceOf<IOException>());
        Assert.That(() => Store().Change("a", _ => new Count(2)), Throws.InstanceOf<IOException>());
    }

    // TU: as many as fit on the disk
    [Test]
    public void ItHasAnEnd()
    {
        Store().Change("a", _ => new Count(1));
        Store().Change("b", _ => new Count(1));
        Store().Change("c", _ => new Count(1));
        Assert.That(() => Store().Change("d", _ => new Count(1)), Throws.TypeOf<IOException>());
        Store().Change("c", _ => new Count(2));
        Assert.That(() => Store().Change("a", _ => new Count(1, new string('x', 1000))), Throws.TypeOf<IOException>());
        Assert.That(Store().Find("a"), Is.EqualTo(new Count(1)));
    }

    [TestCase("../a")]
    [TestCase("/etc/passwd")]
    [TestCase(".lock")]
    [TestCase("")]
    public void ANameIsOneWord(string name) => Assert.That(() => Store().Find(name), Throws.TypeOf<ArgumentException>());

    private string Path(string name) => host.At($"records/{name}.json");

    private RecordStore<Count> Store() => new(host.Layout.TrustedTree, host.At("records"), Count.Of, name => name.Length > 0, 1000, 3);

    internal sealed record Count(int Number, string? Note = null) : IJsonObject
    {
        internal static Count Of(JsonElement from) => new((int)from.Number("number"), from.TextOrNull("note"));

        public void Write(Utf8JsonWriter to)
        {
            to.Member("number", Number);
            to.Member("note", Note);
        }
    }
}
