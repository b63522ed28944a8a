using System.Diagnostics;
using System.Text.RegularExpressions;
using XenShell.Core.Commands;

namespace XenShell.Tests.Documents;

/// <summary>The man pages, held to what they describe.</summary>
public sealed partial class ManPageTests
{
    private static readonly string Shell = Plain(File.ReadAllText(Repository.At("man/xen-shell.1")));

    [Test]
    public void EveryCommandStandsThereWithItsUsageAndAliases()
    {
        foreach (var command in CommandTable.ForPeople)
        {
            Assert.That(Shell, Does.Contain($"\n.It Cm {command.Name}"), command.Name);
            var entry = Shell[Shell.IndexOf($"\n.It Cm {command.Name}", StringComparison.Ordinal)..];
            entry = entry[..(entry.IndexOf("\n.It ", 5, StringComparison.Ordinal) is > 0 and var next ? next : entry.Length)];
            var head = entry.Split('\n')[1];
            Assert.That(head.Contains("GUEST", StringComparison.Ordinal), Is.EqualTo(command.Guest != GuestArgument.None), command.Name);
            foreach (var option in command.Options)
            {
                Assert.That(head, Does.Contain($"-{option.Name}"), $"{command.Name} --{option.Name}");
            }

            Assert.That(Options().Count(head), Is.EqualTo(command.Options.Count), $"{command.Name} has no other options");
            foreach (var alias in command.Aliases)
            {
                Assert.That(entry, Does.Match($@"\.Cm {alias}\b"), $"{command.Name}, also {alias}");
            }
        }
    }

    [Test]
    public void NoCommandStandsThereThatIsNone()
    {
        var commands = Shell[Shell.IndexOf(".Sh COMMANDS", StringComparison.Ordinal)..Shell.IndexOf(".Sh CONSOLE", StringComparison.Ordinal)];
        Assert.That(Items().Matches(commands).Select(match => match.Groups[1].Value), Is.EqualTo(CommandTable.ForPeople.Select(command => command.Name)));
    }

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

    // "Fl -json" is "--json"; what separates arguments does not matter here
    private static string Plain(string page) => page.Replace("Fl -", "-", StringComparison.Ordinal);

    [GeneratedRegex(@" -[a-z]")]
    private static partial Regex Options();

    [GeneratedRegex(@"^\.It Cm (\S+)", RegexOptions.Multiline)]
    private static partial Regex Items();

    [GeneratedRegex(@"^# ([a-z_]+) =", RegexOptions.Multiline)]
    private static partial Regex Keys();
}
