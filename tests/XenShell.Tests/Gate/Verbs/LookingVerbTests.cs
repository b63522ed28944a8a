using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Domains;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>guests, list, status, uptime, info, version, watch and log.</summary>
public sealed class LookingVerbTests : VerbTest
{
    private static readonly string[] Own = ["web1"];

    [TestCase("guests")]
    [TestCase("list")]
    [TestCase("status")]
    [TestCase("uptime")]
    public void OnlyTheCallersOwnGuestsAreNamed(string verb)
    {
        Toolstack.Run("web1");
        Toolstack.Run("db1");
        var (code, words) = Run(verb);
        Assert.That(code, Is.EqualTo(ExitCode.Done), words);
        using var document = JsonDocument.Parse(words);
        Assert.That(document.RootElement.GetProperty("guests").EnumerateArray().Select(guest => guest.GetProperty("name").GetString()), Is.EqualTo(Own));
    }

    [Test]
    public void TheToolstackIsNotAskedForOnesGuests()
    {
        Toolstack.Failures["list"] = new("the toolstack did not answer", "", isSilent: true);
        Assert.That(Run("guests").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Run("status").Code, Is.EqualTo(ExitCode.ToolstackSilent));
    }

    [Test]
    public void StatusOfOneGuestIsItsDomains()
    {
        Toolstack.Run("web1", DomainState.Paused);
        using var document = JsonDocument.Parse(Run("status web1").Words);
        var guest = document.RootElement.GetProperty("guests")[0];
        Assert.Multiple(() =>
        {
            Assert.That(guest.GetProperty("state").GetString(), Is.EqualTo("paused"));
            Assert.That(guest.GetProperty("memory_mib").GetInt64(), Is.EqualTo(96));
        });
    }

    [Test]
    public void InfoNamesTheCommandsThatAreOpen()
    {
        Grant("xen_shell = 'bob:viewer'");
        using var document = JsonDocument.Parse(Run("info").Words);
        var commands = document.RootElement.GetProperty("commands").EnumerateArray().Select(command => command.GetString()).ToList();
        Assert.That(commands, Does.Contain("status").And.Not.Contain("boot"));
    }

    [Test]
    public void VersionIsTheProgramsAndXens()
    {
        using var document = JsonDocument.Parse(Run("version").Words);
        Assert.That(document.RootElement.GetProperty("xen").GetString(), Is.EqualTo("4.17"));
    }

    // TU: a screen that stands open goes on to show what was taken away
    [Test]
    public void AWatchEndsWhenItsCallerGoes()
    {
        Toolstack.Run("web1");
        var (code, words) = Run("watch", until: "web1", then: Caller.Dispose);
        Assert.That(code, Is.EqualTo(ExitCode.Done));
        Assert.That(words, Does.Contain("running"));
    }

    [Test]
    public void LogShowsTheLastLines()
    {
        Write("var/log/xen/console/guest-web1.log", "one\ntwo\nthree\n");
        Assert.That(Run("log web1 --lines=2"), Is.EqualTo((ExitCode.Done, "two\nthree\n")));
    }

    [Test]
    public void AGuestThatWasNeverBootedHasNoLog() => Assert.That(Run("log web1").Code, Is.EqualTo(ExitCode.Failed));

    // TU: the log of somebody else's guest
    [TestCase("status db1")]
    [TestCase("info db1")]
    [TestCase("log db1")]
    [TestCase("status nosuch")]
    public void AGuestOfSomebodyElsesIsNoGuest(string line)
    {
        Write("var/log/xen/console/guest-db1.log", "secret\n");
        var (code, words) = Run(line);
        Assert.That(code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(words, Does.EndWith("no such guest; 'list' shows yours\n"));
    }
}
