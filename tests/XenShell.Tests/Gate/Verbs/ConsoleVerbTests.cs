using XenShell.Core;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Gate.Verbs;

public sealed class ConsoleVerbTests : VerbTest
{
    private readonly Pty pty = Pty.Open(new WindowSize(24, 80));

    [TearDown]
    public void HangUp() => pty.Dispose();

    [Test]
    public void AConsoleTakesATerminal()
    {
        Toolstack.Run("web1");
        Assert.That(Run("console web1"), Is.EqualTo((ExitCode.Usage, "xen-shell: console needs a terminal; try: ssh -t\n")));
    }

    [Test]
    public void AGuestThatIsOffHasNone()
    {
        using var terminal = pty.OpenSlave();
        Assert.That(RunOn(terminal, "console web1").Code, Is.EqualTo(ExitCode.WrongState));
    }

    [Test]
    public void WhoeverLeavesTheClientHasLeft()
    {
        Toolstack.Run("web1");
        using var terminal = pty.OpenSlave();
        var (code, words) = RunOn(terminal, "console web1");
        Assert.That(code, Is.EqualTo(ExitCode.Done), words);
        Assert.That(words, Does.Contain("console of web1: Ctrl-] opens a menu"));
    }

    [Test]
    public void AClientThatCannotAttachIsNoSuccess()
    {
        Toolstack.Run("web1");
        Toolstack.Client = new("/bin/false", ["false"], []);
        using var terminal = pty.OpenSlave();
        Assert.That(RunOn(terminal, "console web1").Code, Is.EqualTo(ExitCode.Failed));
    }

    [Test]
    public void ASeatThatIsTakenIsToldWithItsHolder()
    {
        Toolstack.Run("web1");
        using var terminal = pty.OpenSlave();
        Folders.Create($"{Layout.RunFolder}/console");
        using var seat = ConsoleSeat.Take(Layout, GuestName.Parse("web1"), "carol", takeOver: false);
        var (code, words) = RunOn(terminal, "console web1");
        Assert.That(code, Is.EqualTo(ExitCode.Busy), words);
        Assert.That(words, Does.Contain("in use by carol"));
    }

    [Test]
    public void BootAttachesToWhatItStarted()
    {
        using var terminal = pty.OpenSlave();
        var (code, words) = RunOn(terminal, "boot web1 --console");
        Assert.That(code, Is.EqualTo(ExitCode.Done), words);
        Assert.That(Toolstack.StateOf("web1"), Is.EqualTo(DomainState.Running));
    }
}
