using System.Text.RegularExpressions;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What a terminal library does by itself, and a login shell must not (TU: the tenant, by way of home, environment and keys).</summary>
[OnSimulator]
public sealed partial class ScreenTrapsTests(HostKind kind) : HostTest(kind)
{
    private const string Planted = "bash sh xclip xsel wl-copy wl-paste pbcopy pbpaste clip.exe powershell.exe which uname tput infocmp";

    [SetUp]
    public void GiveBobHisHome() => Host.RootShell("chown bob /home/bob").Done();

    [TearDown]
    public void TakeThePlantedAway() => Host.RootShell("rm -rf /home/bob/* /home/bob/.tui /tmp/planted.*; chown root /home/bob");

    [Test]
    public void PlantedProgramsDoNotRun()
    {
        Host.RootShell($"for p in {Planted}; do printf '#!/bin/sh\\ntouch /tmp/planted.$(basename $0)\\n' >/home/bob/$p; chmod 755 /home/bob/$p; done").Done();
        var screen = StockTerminal("-o", "SetEnv=PATH=/home/bob DISPLAY=:0 WAYLAND_DISPLAY=w WSL_DISTRO_NAME=x", "bob@host");
        screen.Shows("web1");

        // suspend, copy, paste, cut, and a paste that the terminal marks
        screen.Type("\u001a\u0018\u0016\u0019").Type(":whoami\u0003").Type(":who\u0018\u0016ami\r").Shows("Esc back").Type("\e").ShowsNo("Esc back").Type("\e[200~q:exit\r\e[201~").Shows("what is pasted is not taken as keys");
        screen.Type(":").Shows("Enter do it").Type("\e[200~version\rq\e[201~").Shows(":version").Type("\r").Shows("Xen 4");
        Assert.That(Host.RootShell("ls /tmp | grep planted || true").Output, Is.Empty);
        Assert.That(screen.Raw, Does.Not.Contain("\e]"), "no word to the terminal's clipboard or title");
    }

    [Test]
    public void ControlZStopsNothingAndStartsNothing()
    {
        var screen = As("bob").Terminal();
        screen.Shows("web1").Type("\u001a").Type(":whoami\r").Shows("bob");
        Assert.That(Host.RootShell("ps -o stat=,comm= -u bob").Output.Split('\n'), Has.None.StartsWith("T").And.None.EndsWith(" sh").And.None.EndsWith(" bash"));
    }

    // A FIFO hangs whoever opens it.
    [Test]
    public void ConfigurationFromHomeAndEnvironmentIsNotRead()
    {
        Host.RootShell("install -d -o bob /home/bob/.tui && mkfifo -m 666 /home/bob/.tui/config.json /home/bob/.tui/xen-shell-screen.config.json").Done();
        var screen = StockTerminal("-o", """SetEnv=TUI_CONFIG={"Application.DefaultQuitKey":"x"} HOME=/home/bob DOTNET_STARTUP_HOOKS=/home/bob/x.dll COLORTERM=truecolor""", "bob@host");
        screen.Shows("web1").Type("x").Type(":whoami\r").Shows("bob");
        var environment = Host.RootShell("tr '\\0' '\\n' </proc/$(pgrep -n -u bob -x xen-shell-scree)/environ | sort").Done().Output;
        Assert.That(environment, Does.Match(@"\ACOLORTERM=truecolor\nHOME=/nonexistent\nLANG=C\nLOGNAME=bob\nPATH=/nonexistent\nTERM=xterm-256color\nUSER=bob\nXEN_SHELL_KEY=SHA256:\S{43}\n\z"));
        Assert.That(Host.RootShell("readlink /proc/$(pgrep -n -u bob -x xen-shell-scree)/cwd").Output, Is.EqualTo("/\n"));
    }

    // GK: a hyperlink is an OSC whose words the guest chose, on the terminal of whoever reads its log
    [Test]
    public void AnAddressThatAGuestPrintedMakesNoHyperlink()
    {
        GivenRunning("web1");
        Host.RootShell($"printf 'visit https://evil.example/x?y=1\n# ' >>{ConsoleLog("web1")}").Done(); // and its prompt again
        var screen = As("staff").Terminal();
        screen.Shows("web1").Type(":log web1\r").Shows("https://evil.example/x?y=1");
        Assert.That(screen.Raw, Does.Not.Contain("\e]"));
    }

    // An answer is a way in for whoever holds the terminal, and arrives in what runs next.
    [Test]
    public void TheTerminalIsAskedNothing()
    {
        var screen = As("bob").Terminal();
        screen.Shows("web1").Type(":whoami\r").Shows("Esc back").Type("\e").ShowsNo("Esc back").Type("l").Shows("console log of web1").Type("\e").ShowsNo("console log of").Type("q").ExpectEnd();
        Assert.That(Sequences().Matches(screen.Raw).Select(match => match.Value).Where(sequence => !Known().IsMatch(sequence)).Distinct(), Is.Empty);
    }

    [Test]
    public void AnswersThatNobodyAskedForDoNothing()
    {
        var screen = As("bob").Terminal();
        screen.Shows("web1").Type("\e[?62;22c\e]10;rgb:ffff/ffff/ffff\a\eP1+r\e\\\e[12;40R\e[<0;10;10M\e[I\e[O").Type(":whoami\r").Shows("bob");
    }

    [TestCase("NO_COLOR=1 LANG=C.UTF-8", "", "●")]
    [TestCase("LANG=C.UTF-8", "\e[0;32m", "●")]
    [TestCase("COLORTERM=truecolor LANG=C.UTF-8", "\e[0;38;2;0;200;0m", "●")]
    [TestCase("COLORTERM=truecolor LANG=C LC_ALL=C", "\e[0;38;2;0;200;0m", "*")]
    public void ColoursAndGlyphsAreThoseOfTheTerminal(string environment, string green, string mark)
    {
        GivenRunning("web1");
        var screen = StockTerminal("-o", $"SetEnv={environment}", "bob@host");
        screen.Shows("web1  " + mark);
        Assert.That(screen.Raw, Does.Contain($"{green}{mark} running"));
        Assert.That(Colour().IsMatch(screen.Raw), Is.EqualTo(green.Length > 0));
        Assert.That(screen.Lines.SelectMany(line => line).Any(c => c > '~'), Is.EqualTo(mark != "*"));
    }

    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*[@-~]|[^\[])")]
    private static partial Regex Sequences();

    // cursor, erase, style, and the modes that TerminalReset and the alternate screen have
    [GeneratedRegex(@"^\e(\[[\d;]*[HJKmr]|\[\?[\d;]+[hl]|\[4l|\[<u|\[>4;?0?m|\[!p|[>=()78]|\(B|\[0 q|\\)")]
    private static partial Regex Known();

    [GeneratedRegex(@"\e\[[\d;]*;(3[0-7]|38;2;[\d;]+)m")]
    private static partial Regex Colour();
}
