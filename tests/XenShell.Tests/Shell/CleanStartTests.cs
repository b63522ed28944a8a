using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Tests.Shell;

/// <summary>TU: the environment that a client brings along.</summary>
public sealed class CleanStartTests
{
    private const int Pid = 4711;
    private const string Program = "/srv/d\u00e9mo/usr/lib/xen-shell/xen-shell";
    private static readonly HostLayout Layout = new("", "/usr", 0);
    private static readonly Account Bob = new("bob", 2000, 100, "/home/bob");

    [Test]
    public void OnlyWhatIsBelievedSurvives()
    {
        var clean = Clean(
            "LD_PRELOAD=/home/bob/x.so", "DOTNET_DbgEnableMiniDump=1", "PATH=/home/bob", "TERM=xterm-256color", "TERMINFO=/home/bob", "BASH_ENV=x", "HOME=/tmp",
            "LANG=de_DE.UTF-8", "USER=root", "SUDO_UID=0", "NO_COLOR=yes", "SSH_ORIGINAL_COMMAND=status", "=odd", "novalue", "");
        Assert.That(clean, Is.EqualTo(new[]
        {
            "XEN_SHELL_STARTED=4711", "PATH=/usr/bin:/bin", "HOME=/home/bob", "USER=bob", "LOGNAME=bob", "SHELL=/usr/bin/xen-shell", "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1",
            "SSH_ORIGINAL_COMMAND=status",
        }));
    }

    [TestCase("../../../../etc/passwd")]
    [TestCase("")]
    [TestCase("-x")]
    [TestCase("vt100\n")]
    [TestCase("xterm\u00e9")]
    public void AnOddTermIsDumb(string term) => Assert.That(Clean("TERM=" + term), Does.Contain("TERM=dumb"));

    // what is clean must stay as it is, or the shell would start over for ever
    [TestCase("SSH_ORIGINAL_COMMAND=a\nb\u001b\u00e9")]
    [TestCase("SSH_ORIGINAL_COMMAND=")]
    [TestCase("TERM=a=b")]
    [TestCase("LANG=C.utf8", "LC_ALL=x")]
    [TestCase("NO_COLOR=")]
    [TestCase("TERM=xterm", "TERM=dumb")]
    public void CleaningTwiceIsCleaningOnce(params string[] environment)
    {
        var once = Clean(environment);
        Assert.That(CleanStart.Clean(once, Bob, Layout, Pid), Is.EqualTo(once));
    }

    [Test]
    public void AnAccountWithAnOddHomeStartsToo()
    {
        var once = CleanStart.Clean([], new Account("b\u00f6b", 2000, 100, "/home/b\u00f6b"), Layout, Pid);
        Assert.That(once, Does.Contain("HOME=/").And.Contain("USER=nobody"));
    }

    // TU: what the loader, libc or .NET's runtime read before our first line must make us start over
    [TestCase("LD_PRELOAD=/home/bob/x.so")]
    [TestCase("LD_PRELOAD= ")]
    [TestCase("LD_DEBUG=")]
    [TestCase("DOTNET_DbgEnableMiniDump=1")]
    [TestCase("DOTNET_GCHeapHardLimit=1")]
    [TestCase("COMPlus_x=1")]
    [TestCase("GLIBC_TUNABLES=glibc.malloc.check=3")]
    [TestCase("MALLOC_CHECK_=3")]
    [TestCase("TZ=:/home/bob/x")]
    [TestCase("user=bob")]
    [TestCase("novalue")]
    [TestCase("=odd")]
    [TestCase("")]
    public void WhatSomebodyMayHaveReadBeforeIsNotHarmless(string entry) => Assert.That(CleanStart.IsHarmless(entry), Is.False);

    [TestCase("LD_PRELOAD=")]
    [TestCase("TERM=../../x")]
    [TestCase("LC_ALL=de_DE.UTF-8")]
    [TestCase("SSH_ORIGINAL_COMMAND=status; LD_PRELOAD=x")]
    public void WhatSshdBringsByItselfIsHarmless(string entry) => Assert.That(CleanStart.IsHarmless(entry), Is.True);

    [Test]
    public void AFirstStartStartsOver() =>
        Assert.That(CleanStart.IsNeeded(["TERM=xterm"], Clean("TERM=xterm"), "-xen-shell", Program), Is.True);

    [Test]
    public void ASecondStartIsClean() =>
        Assert.That(CleanStart.IsNeeded(Clean("TERM=xterm"), Clean([.. Clean("TERM=xterm")]), Program, Program), Is.False);

    // whatever reads back differently: once more would be for ever
    [TestCase("LD_PRELOAD=/home/bob/x.so", Program)]
    [TestCase(null, "xen-shell")]
    public void ThereIsNoThirdStart(string? odd, string name)
    {
        string[] second = [.. Clean(), .. odd is null ? Array.Empty<string>() : [odd]];
        Assert.That(() => CleanStart.IsNeeded(second, Clean(second), name, Program), Throws.InstanceOf<IOException>());
    }

    private static IReadOnlyList<string> Clean(params string[] environment) => CleanStart.Clean(environment, Bob, Layout, Pid);
}
