using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using XenShell.Core.Audit;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Locks;
using XenShell.Core.Reports;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Reports;

/// <summary>What is written by hand is what the serializer would write, and reads back the same.</summary>
public sealed class JsonByHandTests
{
    private const string Odd = "b\u00f6b <'\">\\\n";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions Relaxed = new(Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly GuestReport Guest = new("web1", "running", "owner", 96, 1, 3.4, 88, new ConsoleHolder(Odd, 1_700_000_000));

    private static IEnumerable<TestCaseData<IJsonObject, Func<byte[], IJsonObject>>> Documents()
    {
        Func<byte[], IJsonObject> Of<T>(Func<JsonElement, T> of)
            where T : IJsonObject => json => JsonText.Read(json, of);

        yield return new(new StatusReport([Guest, new("web2", "off", "viewer")], [Odd]), StatusReport.Parse);
        yield return new(new StatusReport([]), StatusReport.Parse);
        yield return new(new OwnGuestsReport([new("web1", "owner"), new("web2", "support")]), OwnGuestsReport.Parse);
        yield return new(new InfoReport(Guest, ["boot", "log"], ["192.0.2.7"], 96, null), InfoReport.Parse);
        yield return new(new VersionReport("2.0", null), VersionReport.Parse);
        yield return new(new VersionReport("2.0", "4.17.7"), VersionReport.Parse);
        yield return new(new WatchReport([new(Guest, ["::1"], [Odd], ["log"], new LockHolder("bob", "boot", 7), 1, 2, 3, 4), new(Guest)], 8, 9, Odd, []), WatchReport.Parse);
        yield return new(new WatchReport([]), WatchReport.Parse);
        yield return new(new ConsoleHolder(Odd, -1), Of(ConsoleHolder.Of));
        yield return new(new LockHolder(Odd, "boot", long.MaxValue), Of(LockHolder.Of));
        yield return new(new LogHolding(["bob", "%noc"], 12, 34), Of(LogHolding.Of));
        yield return new(new Traffic("web1", 1, 2, null, 4), Of(Traffic.Of));
    }

    [TestCaseSource(nameof(Documents))]
    public void ADocumentOfTheGates(IJsonObject document, Func<byte[], IJsonObject> parse)
    {
        Assert.That(Text(document.Json()), Is.EqualTo(JsonSerializer.Serialize(document, document.GetType(), Relaxed)));
        Assert.That(Text(parse(document.Json()).Json()), Is.EqualTo(Text(document.Json())));
    }

    [Test]
    public void WhatPeopleReadWithAnotherProgram()
    {
        Assert.That(Text(new LogReport("web1", [Odd, ""]).Json(JavaScriptEncoder.Default)), Is.EqualTo(JsonSerializer.Serialize(new LogReport("web1", [Odd, ""]), Options)));
        Assert.That(Text(new WhoamiReport("bob").Json()), Is.EqualTo("""{"user":"bob"}"""));
    }

    [Test]
    public void ASnapshot()
    {
        var data = new SnapshotData<Domain>(1, 2, [new Domain("web1", 3, 96, 1, DomainState.Paused, 3.25, 1_700_000_000), new Domain("(null)\n", 4, 0, 2, DomainState.Running, 0)], null);
        Assert.That(Snapshot(data.Json()).Items, Is.EqualTo(data.Items));
        Assert.That(Snapshot((data with { Error = Odd, IsSilent = true }).Json()), Has.Property("Error").EqualTo(Odd).And.Property("IsSilent").True);
    }

    [TestCase("""{"guests":[{"name":null,"state":"off","role":"owner"}]}""")]
    [TestCase("""{"guests":[{"state":"off","role":"owner"}]}""")]
    [TestCase("""{"guests":{}}""")]
    [TestCase("""{"guests":[{"name":"web1","state":"off","role":"owner","vcpus":1.5}]}""")]
    [TestCase("""[]""")]
    [TestCase("""{}""")]
    [TestCase("")]
    public void WhatIsNoSuchDocumentIsSaidSo(string json) =>
        Assert.That(() => StatusReport.Parse(Encoding.UTF8.GetBytes(json)), Throws.InstanceOf<JsonException>());

    [Test]
    public void ALineOfTheRecord()
    {
        var record = new AuditRecord("2026-01-02T03:04:05.678Z", "0123", "attempt", "bob", 2000, null, "SHA256:+/x", "boot", "web1", "it's \"so\" \\ <&>", "permit", null, 3, null);
        Assert.That(Text(record.Json()), Is.EqualTo(JsonSerializer.Serialize(record, Relaxed)));
        var bare = new AuditRecord("", "", "outcome", null, 0, "::1", null, null, null, null, null, "r", null, 4);
        Assert.That(Text(bare.Json()), Is.EqualTo(JsonSerializer.Serialize(bare, Relaxed)));
    }

    // our own short cut for plain text writes what the library writes
    [TestCase("plain 'text' <&>+~")]
    [TestCase("a \"quoted\" back\\slash")]
    [TestCase("\t\n\r\u0000\u001b[31m\u007f\u0085\u009b")]
    [TestCase("Grüße, 漢字, \U0001F600, \u202e, \u2028, \ufeff, \ue000")]
    [TestCase("lone \ud800 and \udc00")]
    public void WhatIsNotPlainIsEscapedAsTheLibraryDoes(string text)
    {
        Assert.That(Text(new WhoamiReport(text).Json()), Is.EqualTo(JsonSerializer.Serialize(new { user = text }, Relaxed)));
        Assert.That(RelaxedEncoder.Instance.Encode(text), Is.EqualTo(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)));
        Assert.That(RelaxedEncoder.Instance.FindFirstCharacterToEncodeUtf8(Encoding.UTF8.GetBytes(text)), Is.EqualTo(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(Encoding.UTF8.GetBytes(text))));
    }

    [Test]
    public void WhatALoginHasUsedUp()
    {
        var counts = new RateCounts(new Taken(1.0 / 3, 5_000_000_000), new Taken(119.5, -1), 7);
        Assert.That(RateCounts.Parse(counts.Line), Is.EqualTo(counts));
    }

    [TestCase("")]
    [TestCase("1 2 3 4 5")]
    [TestCase("1 2 3 4\n")]
    [TestCase("NaN 2 3 4 5\n")]
    [TestCase("1 2 3 4 -5\n")]
    [TestCase("{\"refusals\":{\"count\":1,\"at\":2}}\n")]
    public void WhatIsNoSuchLineIsNothing(string line) => Assert.That(RateCounts.Parse(line), Is.Null);

    private static SnapshotData<Domain> Snapshot(byte[] json) => JsonText.Read(json, from => SnapshotData<Domain>.Of(from, Domain.Of));

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
