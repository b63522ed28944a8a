using System.Text.RegularExpressions;
using XenShell.Core.Commands;

namespace XenShell.Tests.Documents;

/// <summary>What README and man page say of the full screen.</summary>
public sealed partial class ScreenCaptureTests
{
    private static IEnumerable<string> Captures => Directory.GetFiles(Repository.At("man/screens"), "*.txt");

    [Test]
    public void EveryCaptureIsOneScreen()
    {
        Assert.That(Captures.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(new[] { "dashboard", "details", "confirm", "log", "staff" }));
        foreach (var capture in Captures)
        {
            var lines = File.ReadAllLines(capture);
            Assert.That(lines, Has.Length.EqualTo(24), capture);
            Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(80), capture);
        }
    }

    [Test]
    public void TheReadmeShowsTheCaptures()
    {
        var shown = Shown().Matches(File.ReadAllText(Repository.At("README.md")));
        Assert.That(shown.Select(match => match.Groups[1].Value), Is.EquivalentTo(Captures.Select(Path.GetFileNameWithoutExtension)));
        foreach (Match match in shown)
        {
            Assert.That(match.Groups[2].Value, Is.EqualTo(File.ReadAllText(Repository.At($"man/screens/{match.Groups[1].Value}.txt")).TrimEnd('\n')), match.Groups[1].Value);
        }
    }

    [Test]
    public void TheManPageHasEveryKey()
    {
        var page = File.ReadAllText(Repository.At("man/xen-shell.1"));
        var described = Keys().Matches(page)
            .SelectMany(match => match.Groups[1].Value.Split(", ").Zip(match.Groups[2].Value.Split(" , ")))
            .Select(pair => $"{pair.First} {pair.Second}");
        Assert.That(described, Is.EquivalentTo(CommandTable.Product.ForPeople.Where(command => command.ScreenKey is not null).Select(command => $"{command.ScreenKey} {command.Name}")));
    }

    [GeneratedRegex(@"<!-- screen (\w+) -->\n```\n(.*?)\n```\n<!-- /screen -->", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"\.It ((?:\w, )+\w)\n\.Cm (.*)\n")]
    private static partial Regex Keys();
}
