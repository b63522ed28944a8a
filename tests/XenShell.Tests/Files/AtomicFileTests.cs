using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Tests.Files;

public sealed class AtomicFileTests
{
    private const int Writers = 8, Times = 200;

    private Scratch host = null!;

    private string Path => host.At("state/file");

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        Folders.Create(host.At("state"));
    }

    [TearDown]
    public void Clear() => host.Dispose();

    // with one name for what all of them write beside, each took away what another was about to rename
    [Test]
    public void WritersAtOnceDoNotDisturbEachOther()
    {
        var texts = Enumerable.Range(0, Writers).Select(i => new string((char)('a' + i), 100 + (10_000 * i))).ToArray();
        AtomicFile.Write(Path, Bytes(texts[0]));
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.That(texts, Does.Contain(File.ReadAllText(Path)), "old or new, and whole");
            }
        });
        Assert.That(() => Parallel.For(0, Writers * Times, i => AtomicFile.Write(Path, Bytes(texts[i % Writers]))), Throws.Nothing);
        done.Cancel();
        Assert.That(reader.Wait, Throws.Nothing);
        Assert.That(Folders.Names(host.At("state")), Is.EqualTo(new[] { "file" }), "nothing stays beside");
    }

    [Test]
    public void ItIsTheOwnersAlone([Values] bool lasts)
    {
        Write(lasts, "x");
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    // TU: a link in its place, to something that the writer may change and the link's maker may not
    [Test]
    public void ALinkInItsPlaceIsReplacedAndNotFollowed([Values] bool lasts)
    {
        var other = host.Write("other", "kept");
        File.CreateSymbolicLink(Path, other);
        Write(lasts, "new");
        Assert.That(File.ReadAllText(other), Is.EqualTo("kept"));
        Assert.That(File.ReadAllText(Path), Is.EqualTo("new"));
    }

    [Test]
    public void WhatCannotBeRenamedLeavesNothingBeside([Values] bool lasts)
    {
        Folders.Create(Path);
        Assert.That(() => Write(lasts, "new"), Throws.TypeOf<ErrnoException>());
        Assert.That(Folders.Names(host.At("state")), Is.EqualTo(new[] { "file" }));
    }

    private void Write(bool lasts, string text)
    {
        if (lasts)
        {
            AtomicFile.WriteToLast(Path, Bytes(text));
        }
        else
        {
            AtomicFile.Write(Path, Bytes(text));
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
