using System.Diagnostics;
using System.Text.RegularExpressions;
using XenShell.Core.Commands;

namespace XenShell.Tests.Documents;

/// <summary>The man pages, held to what they describe.</summary>
public sealed partial class ManPageTests
{
    [Test]
    public void CommandsStandThereAsTheyAre() =>
        Assert.That(CommandsPage.Faults(File.ReadAllText(Repository.At("man/xen-shell.1")), CommandTable.Product), Is.Empty);

    [Test]
    public void EveryKeyOfTheShippedFileIsDescribed()
    {
        var page = File.ReadAllText(Repository.At("man/xen-shell.conf.5"));
        var keys = Keys().Matches(File.ReadAllText(Repository.At("src/etc/xen-shell.conf"))).Select(match => match.Groups[1].Value).ToList();
        Assert.That(keys, Has.Count.GreaterThan(8));
        Assert.That(keys.Where(key => !page.Contains($"\n.It Cm {key}\n", StringComparison.Ordinal)), Is.Empty);
    }

    [Category("Mandoc")]
    [TestCase("xen-shell.1")]
    [TestCase("xen-shell.conf.5")]
    [TestCase("xen-shell-gate.8")]
    public void MandocFindsNoFault(string page)
    {
        Assert.That(File.Exists("/usr/bin/mandoc"), Is.True, "mandoc is missing: apt-get install mandoc (tests/run.sh does)");
        using var mandoc = Process.Start(new ProcessStartInfo("/usr/bin/mandoc", ["-T", "lint", "-W", "warning", Repository.At("man/" + page)]) { RedirectStandardOutput = true })!;
        Assert.That(mandoc.StandardOutput.ReadToEnd(), Is.Empty);
    }

    [GeneratedRegex(@"^# ([a-z_]+) =", RegexOptions.Multiline)]
    private static partial Regex Keys();
}
