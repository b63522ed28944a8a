using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What a tenant can bring along: variables and programs of the own making.</summary>
[OnSimulator]
public sealed class CleanStartTests(HostKind kind) : HostTest(kind)
{
    private static readonly string[] Planted = ["sudo", "bash", "sh", "createdump", "stty", "xen-shell-gate", "xl", "which"];

    [TearDown]
    public void TakeThePlantedAway() => Host.RootShell("rm -rf /home/bob/* /home/bob/.terminfo /home/bob/.ssh /home/bob/.pam_environment /tmp/loaded; chown root /home/bob");

    // TU: a home that an administrator gave away, full of programs with the names that somebody might call
    [Test]
    public void PlantedProgramsDoNotRun()
    {
        Host.RootShell("chown bob /home/bob; for p in " + string.Join(' ', Planted)
            + "; do printf '#!/bin/sh\\ntouch /tmp/planted.$(basename $0)\\nexec sleep 1\\n' >/home/bob/$p; chmod 755 /home/bob/$p; done; mkfifo /home/bob/.xen-shell").Done();
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        screen.Enter("status");
        screen.Expect("web1");
        screen.Enter("version");
        screen.Expect("Xen 4");
        screen.Enter("exit");
        screen.ExpectEnd();

        Assert.That(Host.RootShell("ls /tmp | grep planted || true").Output, Is.Empty);
    }

    // TU: sshd here passes every variable on (AcceptEnv *)
    [Test]
    public void VariablesOfTheClientDoNothing()
    {
        Host.RootShell("chown bob /home/bob; printf 'touch /tmp/bash-env-was-read\\n' >/home/bob/env.sh").Done();
        var answer = Host.Stock.Run(
            "-o", "SetEnv=BASH_ENV=/home/bob/env.sh ENV=/home/bob/env.sh PATH=/home/bob TERMINFO=/home/bob PAGER=/home/bob/sh EDITOR=/home/bob/sh DOTNET_DbgEnableMiniDump=1 DOTNET_gcServer=1 LANG=../../x LC_ALL=../../x SUDO_USER=staff SUDO_UID=2002",
            "bob@host", "status");
        Assert.That(answer.Done().Output, Does.Contain("web1").And.Not.Contain("db1"));
        Assert.That(Host.Root("ls", "/tmp").Output, Does.Not.Contain("bash-env-was-read"));
    }

    // past sshd, as its own list of variables keeps this one out
    [Test]
    public void TheRunningShellHasACleanEnvironment()
    {
        Ending(new AtEnd(() => Host.RootShell("touch /tmp/enough; pkill -u bob -x xen-shell")));
        Host.RootShell("rm -f /tmp/enough; ((while [ ! -e /tmp/enough ]; do sleep 0.1; done) | runuser -u bob -- env FOO=bar LANG=de_DE.UTF-8 /usr/bin/xen-shell --prompt) </dev/null >/dev/null 2>&1 &").Done();
        var environment = "";
        Wait.Until("the shell has started over", Seconds(10), () => (environment = Environment("pgrep -u bob -x xen-shell")).Contains("XEN_SHELL_STARTED", StringComparison.Ordinal));
        Assert.That(environment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]),
            Is.SubsetOf(new[] { "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "NO_COLOR", "XEN_SHELL_STARTED" }));
        Assert.That(environment, Does.Contain("LANG=C.UTF-8").And.Contain("PATH=/usr/bin:/bin"));
    }

    // what every client sends: no second start is needed, and yet none of it is left to what the shell starts
    [Test]
    public void WhatSshdBringsIsReplacedInPlace()
    {
        GivenRunning("web1");
        GivenSudoStays();
        StockTerminal("-o", "SetEnv=LANG=de_DE.UTF-8 LC_TIME=../../x", "bob@host", "log web1 --follow");
        Wait.Until("sudo runs", Seconds(10), () => Host.RootShell("pgrep -x sudo").Code == 0);
        Assert.That(Environment("pgrep -u bob -x xen-shell"), Does.Contain("LC_TIME=../../x").And.Not.Contain("XEN_SHELL_STARTED"), "it is the first start");
        Assert.That(Environment("pgrep -x sudo"), Does.Contain("PATH=/usr/bin:/bin").And.Not.Contain("LC_TIME").And.Not.Contain("SSH_"));
    }

    private string Environment(string processes) => Host.RootShell($$"""for p in $({{processes}}); do tr '\0' '\n' </proc/$p/environ; done""").Output;

    // TU: a home that the tenant can write, Debian's own PAM (pam_env with user_readenv) and an sshd that permits user environments:
    // the loader would run their library before our first line
    [TestCase(".pam_environment", "LD_PRELOAD DEFAULT=/home/bob/evil.so")]
    [TestCase(".pam_environment", "LD_AUDIT DEFAULT=/home/bob/evil.so")]
    [TestCase(".pam_environment", "LD_LIBRARY_PATH DEFAULT=/home/bob/lib")]
    [TestCase(".ssh/environment", "LD_PRELOAD=/home/bob/evil.so")]
    [TestCase(".ssh/environment", "LD_LIBRARY_PATH=/home/bob/lib")]
    public void ALibraryOfTheTenantsIsNotLoaded(string file, string line)
    {
        Host.RootShell($$"""
            grep -q 'pam_env.so.*user_readenv=1' /etc/pam.d/sshd || echo 'session required pam_env.so user_readenv=1' >>/etc/pam.d/sshd
            cd /home/bob && mkdir -p .ssh lib
            cat >evil.c <<'END'
            #include <fcntl.h>
            unsigned la_version(unsigned v) { open("/tmp/loaded", O_CREAT | O_WRONLY, 0666); return v; }
            __attribute__((constructor)) static void loaded(void) { open("/tmp/loaded", O_CREAT | O_WRONLY, 0666); }
            END
            gcc -shared -fPIC -o evil.so evil.c && cp evil.so lib/libm.so.6 && cp evil.so lib/libcrypt.so.1
            echo '{{line}}' >{{file}}
            chown -R bob /home/bob
            """).Done();
        As("bob").Run("whoami");
        Assert.That(Host.RootShell("ls /tmp").Output, Does.Not.Contain("loaded"));
    }

    // it once started over for ever there
    [Test]
    public void AProgramWithAnAccentInItsPathStarts()
    {
        Host.RootShell("rm -rf /srv/d\u00e9mo && cp -r /usr/lib/xen-shell /srv/d\u00e9mo").Done();
        var answer = Host.Root("runuser", "-u", "bob", "--", "timeout", "10", "/srv/d\u00e9mo/xen-shell", "-c", "whoami");
        Assert.That(answer.Done().Output, Is.EqualTo("bob\n"));
    }

    // TU: who forges the mark of a second start is not believed
    [Test]
    public void AForgedSecondStartIsRefused()
    {
        var answer = AsBob("exec env -i XEN_SHELL_STARTED=$$ LD_PRELOAD= /usr/bin/xen-shell -c whoami");
        Assert.That(answer.Refused(), Does.Contain("does not get clean"));
    }

    // TU: a crash must leave no core and no trace of root's files
    [Test]
    public void ThereAreNoCoreDumps()
    {
        using var ssh = Host.Stock.Start(StockClient.Ssh, "bob@host");
        try
        {
            Wait.Until("the shell runs", Seconds(10), () => Host.RootShell("pgrep -u bob -x xen-shell").Code == 0);
            Assert.That(Host.RootShell("cat /proc/$(pgrep -u bob -x xen-shell | head -n1)/limits").Output, Does.Match(@"Max core file size +0 +0"));
        }
        finally
        {
            ssh.Kill();
        }
    }
}
