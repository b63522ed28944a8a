using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What somebody meets who wants to see it first: ./install.sh --demo, at a terminal.</summary>
[Category("Demo")]
public sealed class DemoTests
{
    private const string FolderVariable = "XEN_SHELL_DEMO";
    private const double BuildLimit = 600; // seconds; only the first run builds

    private static string Folder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{FolderVariable} is not set: it names a folder for the demo's cache; tests/run.sh sets it");

    [Test]
    public void TheScreenAppearsWithThreeGuests()
    {
        using var screen = Demo(Folder);
        screen.Shows("xen-shell demo: three guests", BuildLimit).Shows("broken").Shows("db1").Shows("web1");
        screen.Type("q");
        Assert.That(screen.ExitCode(), Is.Zero);
    }

    [Test]
    public void ThePromptIsThereToo()
    {
        using var screen = Demo(Folder, "--", "--prompt");
        screen.Expect("xen-shell demo: three guests", BuildLimit);
        screen.Expect("xen-shell> ");
        screen.Enter("status");
        screen.Expect("broken");
        screen.Expect("web1");
        screen.Expect("xen-shell> ");
        screen.Enter("quit");
        Assert.That(screen.ExitCode(), Is.Zero);
    }

    [Test]
    public void AGuestRunsOnBetweenTwoVisits()
    {
        using (var first = Demo(Folder, "--", "--prompt"))
        {
            first.Expect("xen-shell> ", BuildLimit);
            first.Enter("boot web1");
            first.Expect("web1 is running", 30);
            first.Expect("xen-shell> ");
            first.Enter("quit");
            Assert.That(first.ExitCode(), Is.Zero);
        }

        using var second = Demo(Folder, "--", "--prompt");
        second.Expect("xen-shell> ", 60);
        second.Enter("status web1");
        second.Expect("running");
        second.Enter("shutdown web1");
        second.Expect("web1 is off", 60);
        second.Enter("quit");
        Assert.That(second.ExitCode(), Is.Zero);
    }

    // the path becomes a constant, a setting and a part of guests' files' paths
    [TestCase("/tmp/a b")]
    [TestCase("/tmp/a:b")]
    [TestCase("/tmp/a\nb")]
    [TestCase("/tmp/d\u00e9mo")]
    [TestCase("/tmp/a;b=$(id)")]
    [TestCase("relative")]
    public void AnOddCacheFolderIsRefusedInOneLine(string folder)
    {
        using var screen = Demo(folder);
        Assert.That(screen.ExpectEnd().Trim(), Does.Match(@"\Ainstall\.sh: the demo cannot live in [^\n]*: set XDG_CACHE_HOME [^\n]*\z"));
        Assert.That(screen.ExitCode(), Is.EqualTo(1));
    }

    private static Screen Demo(string folder, params string[] arguments) => new(
        new PtyLine(
            200,
            24,
            "xterm",
            "/usr/bin/env",
            [$"XDG_CACHE_HOME={folder}", $"HOME={folder}", $"PATH={Environment.GetEnvironmentVariable("PATH")}", Path.Combine(Host.ScriptFolder(), "../../install.sh"), "--demo", .. arguments]),
        patience: 1,
        columns: 200);
}
