using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The prompt, on a terminal, on a dumb one and on a pipe.</summary>
[OnSimulator]
public sealed class PromptTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void OneGuestIsUnderControlAtOnce()
    {
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("whoami");
        screen.Expect("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("exit");
        screen.ExpectEnd();
    }

    [Test]
    public void AGuestsNameAloneChoosesIt()
    {
        var screen = AtThePrompt("alice");
        screen.Expect("xen-shell> ");
        screen.Enter("web2");
        screen.Expect("xen-shell[web2]> ");
        screen.Enter("control web1");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("control db1");
        screen.Expect("db1: no such guest");
    }

    [Test]
    public void TabCompletesCommandsAndOwnGuests()
    {
        var screen = AtThePrompt("alice");
        screen.Expect("xen-shell> ");
        screen.Type("stat").Tab();
        screen.Expect("status ");
        screen.Type("d").Tab().Press('U');
        screen.Type("status we").Tab().Tab();
        screen.Expect("web1  web2");
        Assert.That(screen.Transcript, Does.Not.Contain("db1"));
    }

    [Test]
    public void ArrowUpBringsTheLastLineBack()
    {
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("whoami");
        screen.Expect("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Up().Enter();
        screen.Expect("whoami");
        screen.Expect("bob");
    }

    [Test]
    public void ControlCClearsTheLineAndControlDLeaves()
    {
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Type("poweroff").Press('C');
        screen.Expect("^C");
        screen.Press('D');
        screen.ExpectEnd();
    }

    [TestCase("dumb")]
    [TestCase("../../../../etc/passwd")]
    [TestCase("vt52\u0007")]
    public void AnyTerminalWillDo(string term)
    {
        var screen = As("bob").Terminal(term: term);
        screen.Expect("xen-shell");
        screen.Enter("whoami");
        screen.Expect("bob");
        screen.Enter("exit");
        screen.ExpectEnd();
    }

    [Test]
    public void ControlCDropsTheLineOfADumbTerminalToo()
    {
        var screen = As("bob").Terminal(term: "dumb");
        screen.Expect("xen-shell> ");
        screen.Type("poweroff").Press('C');
        screen.Expect("xen-shell> ");
        screen.Enter("whoami");
        screen.Expect("bob");
    }

    [Test]
    public void AGuestThatWasGrantedAMomentAgoCanBeChosen()
    {
        var bob = AtThePrompt("bob");
        bob.Expect("xen-shell[web1]> ");
        GivenGrants("web2", "bob");
        bob.Enter("control web2");
        bob.Expect("xen-shell[web2]> ");
    }

    [Test]
    public void LinesFromAPipeAreCommands()
    {
        var answer = Host.Stock.RunWithInput("list\nwhoami\nexit\nlist\n", "bob@host");
        Assert.That(answer.Done().Output, Does.Match(@"\ANAME +STATE +ROLE\nweb1 .*\nbob\n\z"));
    }

    [Test]
    public void WhatIsNoCommandIsSaidSo()
    {
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("bash");
        screen.Expect("unknown command 'bash'; type 'help'");
        screen.Enter("help");
        screen.Expect("poweroff");
    }

    [Test]
    public void ControlCEndsAWaitAndNotTheSession()
    {
        GivenRunning("stubborn");
        var screen = AtThePrompt("alice");
        screen.Expect("xen-shell> ");
        screen.Enter("shutdown stubborn");
        screen.Expect("waiting up to");
        screen.Press('C');
        screen.Expect("no longer waiting");
        screen.Expect("xen-shell> ");
        GivenOff("stubborn");
    }
}
