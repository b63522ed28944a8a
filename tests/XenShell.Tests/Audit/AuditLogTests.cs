using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Native;

namespace XenShell.Tests.Audit;

/// <summary>TU: the record cannot be forged, split or filled.</summary>
public sealed class AuditLogTests
{
    private static readonly AuditSubject Bob = new("bob", 2000, "192.0.2.7", "SHA256:x");

    [Test]
    public void AttemptAndOutcomeAreOneLineEach()
    {
        using var host = new Scratch();
        var log = new AuditLog(host.Layout, Bob, ["boot", "web1"]);
        log.Act("/etc/xen/web1.cfg:10");
        log.Outcome(ExitCode.Done, "is running");
        var lines = Lines(host);

        Assert.That(lines.Select(line => line.GetProperty("event").GetString()), Is.EqualTo(new[] { "attempt", "outcome" }));
        Assert.That(lines[0].GetProperty("id").GetString(), Is.EqualTo(lines[1].GetProperty("id").GetString()));
        Assert.That(lines[0].GetProperty("words").GetString(), Is.EqualTo("boot web1"));
    }

    [Test]
    public void HostileWordsStayInTheirField()
    {
        using var host = new Scratch();
        var log = new AuditLog(host.Layout, Bob, ["refused", "x\"}\n{\"event\":\"attempt\",\"user\":\"root\"}\r\x1b]0;t\x07 %s%n \u202e" + new string('a', 1_000_000)]);
        log.Refusal("because\nnot");

        Assert.That(Lines(host), Has.Length.EqualTo(1));
        var text = File.ReadAllText(host.Layout.AuditLog);
        Assert.That(text, Has.Length.LessThan(1000));
        Assert.That(text.TrimEnd('\n'), Does.Match(@"\A[\x20-\x7e]*\z"));
    }

    // TU: a limit of the caller's, a full disk or a power cut may have left half a line
    [Test]
    public void HalfALineSwallowsNoOther()
    {
        using var host = new Scratch();
        File.WriteAllText(host.Layout.AuditLog, "{\"time\":\"2026");
        new AuditLog(host.Layout, Bob, ["boot"]).Act("");
        Assert.That(File.ReadAllLines(host.Layout.AuditLog)[1], Does.StartWith("{").And.EndWith("}"));
    }

    // rule 6: no record, no act
    [Test]
    public void WithoutItsFileAnAttemptFails()
    {
        using var host = new Scratch();
        Directory.Delete(host.At("var/log/xen-shell"), recursive: true);
        Assert.That(() => new AuditLog(host.Layout, Bob, ["boot"]).Act(""), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void ALinkInItsPlaceIsNotFollowed()
    {
        using var host = new Scratch();
        File.CreateSymbolicLink(host.Layout.AuditLog, host.At("elsewhere"));
        Assert.That(() => new AuditLog(host.Layout, Bob, ["boot"]).Act(""), Throws.InstanceOf<IOException>());
        Assert.That(File.Exists(host.At("elsewhere")), Is.False);
    }

    // TU: what only looks must not fail for want of room, nor take it
    [Test]
    public void WithoutTheFileALookGoesOn()
    {
        using var host = new Scratch();
        Directory.Delete(host.At("var/log/xen-shell"), recursive: true);
        var log = new AuditLog(host.Layout, Bob, ["status"]);
        Assert.That(() => log.Look("any tenant"), Throws.Nothing);
        Assert.That(log.HasAttempt);
        Assert.That(() => log.Outcome(ExitCode.Done, null), Throws.Nothing);
    }

    // TU: 1,000 characters a line, 34 lines a second
    [Test]
    public void ThreeHundredRefusalsAreThirtyLinesAndANumber()
    {
        using var host = new Scratch();
        for (var i = 0; i < 300; i++)
        {
            new AuditLog(host.Layout, Bob, ["refused", new string('x', 1000)]).Refusal("refused by the shell");
        }

        Assert.That(new FileInfo(host.Layout.AuditLog).Length, Is.LessThan(35 * 500));
        new AuditLog(host.Layout, Bob, ["boot", "web1"]).Act("");
        Assert.That(Lines(host)[^1].GetProperty("folded").GetInt32(), Is.EqualTo(300 - (Lines(host).Length - 1)));
    }

    [Test]
    public void TheFileHasRoomBehindItsEnd()
    {
        using var host = new Scratch();
        new AuditLog(host.Layout, Bob, ["boot"]).Act("");
        using var file = FileSystem.TryOpen(host.Layout.AuditLog)!;
        Assert.That(file.Status().Taken, Is.GreaterThan(1 << 19));
        Assert.That(file.Status().Size, Is.LessThan(1000));
    }

    private static JsonElement[] Lines(Scratch host) =>
        [.. File.ReadAllLines(host.Layout.AuditLog).Select(line => JsonDocument.Parse(line).RootElement)];
}
