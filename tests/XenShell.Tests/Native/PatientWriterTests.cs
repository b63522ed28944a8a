using System.Diagnostics;
using XenShell.Core.Native;

namespace XenShell.Tests.Native;

/// <summary>TU: a reader that stops reading must not hold up root.</summary>
public sealed class PatientWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static readonly byte[] Much = new byte[1 << 20];

    [Test]
    public void ATerminalThatNobodyReadsIsGivenUp()
    {
        using var pty = Pty.Open(WindowSize.Default);
        using var slave = pty.OpenSlave();
        GivesUp(new PatientWriter(slave, Patience, Limit));
    }

    [Test]
    public void APipeThatNobodyReadsIsGivenUp()
    {
        var (read, write) = Fd.Pipe();
        using (read)
        using (write)
        {
            GivesUp(new PatientWriter(write, Patience, Limit));
        }
    }

    [Test]
    public void APipeWithoutAReaderIsGivenUp()
    {
        var (read, write) = Fd.Pipe();
        read.Dispose();
        using (write)
        {
            GivesUp(new PatientWriter(write, Patience, Limit));
        }
    }

    [Test]
    public void WhatIsReadArrives()
    {
        var (read, write) = Fd.Pipe();
        using (read)
        using (write)
        {
            var writer = new PatientWriter(write, Patience, Limit);
            writer.Write("one"u8);
            writer.Write("two"u8);
            var bytes = new byte[16];
            Assert.That(bytes.AsSpan(0, read.Read(bytes)).SequenceEqual("onetwo"u8));
            Assert.That(writer.IsHeard);
        }
    }

    [Test]
    public void ASlowReaderGetsEverything()
    {
        using var ends = new PipeReadSlowly(chunk: 200_000, TimeSpan.FromMilliseconds(100)); // 0.6 s in all, no pause above Patience
        var writer = new PatientWriter(ends.Write, Patience, TimeSpan.FromSeconds(30));
        writer.Write(Much);
        Assert.That(writer.IsHeard);
    }

    [Test]
    public void AReaderThatTakesALittleNowAndThenIsGivenUp()
    {
        using var ends = new PipeReadSlowly(chunk: 5000, TimeSpan.FromMilliseconds(50)); // would take 10 s
        GivesUp(new PatientWriter(ends.Write, Patience, Limit));
    }

    // TU: an answer in pieces, each of which would be waited for anew
    [Test]
    public void AnAnswerInPiecesHasOneDeadline()
    {
        using var ends = new PipeReadSlowly(chunk: 5000, TimeSpan.FromMilliseconds(50));
        var writer = new PatientWriter(ends.Write, Patience, Limit);
        var whole = Stopwatch.StartNew();
        while (writer.IsHeard && whole.Elapsed < Limit * 3)
        {
            writer.Write(Much.AsSpan(0, 16 << 10), whole);
        }

        Assert.That(writer.IsHeard, Is.False);
    }

    [Test]
    public void AFileGrowsWhereItStands()
    {
        using var host = new Scratch();
        using var file = FileSystem.OpenToAppend(host.Write("out", "before "));
        new PatientWriter(file, Patience, Limit).Write("after"u8);
        Assert.That(File.ReadAllText(host.At("out")), Is.EqualTo("before after"));
    }

    private static void GivesUp(PatientWriter writer)
    {
        var watch = Stopwatch.StartNew();
        writer.Write(Much);
        Assert.That(writer.IsHeard, Is.False);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "a blocking write would wait for ever");
    }
}
