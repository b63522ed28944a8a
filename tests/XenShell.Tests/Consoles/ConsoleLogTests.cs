using XenShell.Core.Consoles;
using XenShell.Core.Names;

namespace XenShell.Tests.Consoles;

public sealed class ConsoleLogTests
{
    private const string Log = "var/log/xen/console/guest-web1.log";

    [Test]
    public void TheTailIsBoundedAndPrintable()
    {
        using var host = new Scratch();
        host.Write(Log, string.Concat(Enumerable.Range(0, 200_000).Select(i => $"line {i}\n")) + "\x1b]0;x\x07\u009b31m\r\n" + new string('y', 5000) + "\n");
        var lines = Of(host).Tail(3, out _)!.ToList();

        Assert.That(lines, Has.Count.EqualTo(3));
        Assert.That(lines[0], Is.EqualTo("line 199999"));
        Assert.That(lines[1], Is.EqualTo("^[]0;x^G\\xc2\\x9b31m"));
        Assert.That(lines[2], Has.Length.LessThan(2100));
    }

    [Test]
    public void FollowingGoesOnFromWhereItWas()
    {
        using var host = new Scratch();
        host.Write(Log, "one\n");
        _ = Of(host).Tail(1, out var at);
        File.AppendAllText(host.At(Log), "two\nthr");
        Assert.That(Of(host).Next(ref at), Is.EqualTo(new[] { "two" }));
        File.AppendAllText(host.At(Log), "ee\n");
        Assert.That(Of(host).Next(ref at), Is.EqualTo(new[] { "three" }));
        host.Write(Log, "new\n"); // rotated
        Assert.That(Of(host).Next(ref at), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public void APromptThatWaitsIsShownAndComesAgainWhole()
    {
        using var host = new Scratch();
        host.Write(Log, "one\nlogin: ");
        Assert.That(Of(host).Tail(2, out var at), Is.EqualTo(new[] { "one", "login: " }));
        File.AppendAllText(host.At(Log), "bob\n");
        Assert.That(Of(host).Next(ref at), Is.EqualTo(new[] { "login: bob" }));
    }

    [Test]
    public void LinesAreWholeWhereverAPieceOfTheFileEnds()
    {
        using var host = new Scratch();
        var lines = Enumerable.Range(0, 30_000).Select(i => $"line {i} {new string('.', i % 97)}").ToList();
        host.Write(Log, string.Join('\n', lines) + "\n");
        foreach (var count in new[] { 1, 2, 500, 5000 })
        {
            Assert.That(Of(host).Tail(count, out _), Is.EqualTo(lines.TakeLast(count)));
        }
    }

    [Test]
    public void ALogWithoutAnyLineEndIsOneLineThatIsCut()
    {
        using var host = new Scratch();
        host.Write(Log, new string('x', 3 << 20));
        Assert.That(Of(host).Tail(10_000, out _), Is.EqualTo(new[] { new string('x', 2000) + "…" }));
    }

    [Test]
    public void EmptyLinesAreLines()
    {
        using var host = new Scratch();
        host.Write(Log, "one\n\n\ntwo\n");
        Assert.That(Of(host).Tail(3, out _), Is.EqualTo(new[] { "", "", "two" }));
        host.Write(Log, "");
        Assert.That(Of(host).Tail(3, out _), Is.Empty);
    }

    [Test]
    public void FollowingALogThatGrowsFasterThanItIsReadHoldsAPieceOfIt()
    {
        using var host = new Scratch();
        host.Write(Log, "one\n");
        _ = Of(host).Tail(1, out var at);
        File.AppendAllText(host.At(Log), string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")));
        var all = new List<string>();
        while (Of(host).Next(ref at) is { Count: > 0 } lines)
        {
            Assert.That(lines.Sum(line => line.Length), Is.LessThan(32 << 10));
            all.AddRange(lines);
        }

        Assert.That(all, Is.EqualTo(Enumerable.Range(0, 100_000).Select(i => $"{i}")));
    }

    [Test]
    public void NoLogIsNull()
    {
        using var host = new Scratch();
        Assert.That(Of(host).Tail(5, out _), Is.Null);
    }

    private static ConsoleLog Of(Scratch host) => new(host.Layout, GuestName.Parse("web1"));
}
