using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using XenShell.Core.Audit;
using XenShell.Core.Consoles;
using XenShell.Core.Limits;
using XenShell.Core.Reports;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Reports;

/// <summary>What is written by hand is what the serializer would write, and reads back the same.</summary>
public sealed class JsonByHandTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions Relaxed = new(Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public void AStatusReport()
    {
        var report = new StatusReport(
            [
                new GuestReport("web1", "running", "owner", 96, 1, 3.4, 88, new ConsoleHolder("b\u00f6b <'\">", 1_700_000_000)),
                new GuestReport("web2", "off", "viewer"),
            ],
            ["/etc/xen/a\"b.cfg"]);
        Assert.That(Text(report.Json()), Is.EqualTo(JsonSerializer.Serialize(report, Options)));
        Assert.That(Text(StatusReport.Parse(report.Json()).Json()), Is.EqualTo(Text(report.Json())));
        Assert.That(StatusReport.Parse(new StatusReport([]).Json()).RefusedFiles, Is.Null);
    }

    [Test]
    public void OnesOwnGuests()
    {
        var report = new OwnGuestsReport([new OwnGuest("web1", "owner"), new OwnGuest("web2", "support")]);
        Assert.That(Text(report.Json()), Is.EqualTo(JsonSerializer.Serialize(report, Options)));
        Assert.That(OwnGuestsReport.Parse(report.Json()).Guests, Is.EqualTo(report.Guests));
    }

    [Test]
    public void ASnapshot()
    {
        var data = new SnapshotData<Domain>(1, 2, [new Domain("web1", 3, 96, 1, DomainState.Paused, 3.25, 1_700_000_000), new Domain("(null)\n", 4, 0, 2, DomainState.Running, 0)], null);
        Assert.That(Text(DomainsJson.Bytes(data)), Does.StartWith("""{"asked_tick":1,"taken_tick":2,"items":[{"name":"web1","id":3,"memory":96,"vcpus":1,"state":"""));
        Assert.That(DomainsJson.Parse(DomainsJson.Bytes(data)).Items, Is.EqualTo(data.Items));
        Assert.That(DomainsJson.Parse(DomainsJson.Bytes(data with { Error = "no \"answer\"", IsSilent = true })), Has.Property("Error").EqualTo("no \"answer\"").And.Property("IsSilent").True);
    }

    [Test]
    public void ALineOfTheRecord()
    {
        var record = new AuditRecord("2026-01-02T03:04:05.678Z", "0123", "attempt", "bob", 2000, null, "SHA256:+/x", "boot", "web1", "it's \"so\" \\ <&>", "permit", null, 3, null);
        Assert.That(Text(record.Json()), Is.EqualTo(JsonSerializer.Serialize(record, Relaxed)));
        var bare = new AuditRecord("", "", "outcome", null, 0, "::1", null, null, null, null, null, "r", null, 4);
        Assert.That(Text(bare.Json()), Is.EqualTo(JsonSerializer.Serialize(bare, Options)));
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

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
