using System.Diagnostics;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// sudoers.example before each sudo that Debian serves, in a root of its release (tests/host/sudoers.sh): what
/// visudo says, and what a tenant gets.
/// </summary>
[Category(nameof(HostKind.Simulator))]
[Category(Releases.Category)]
public sealed class SudoersTests
{
    private const string Bookworm = "bookworm/sudo", Trixie = "trixie/sudo", TrixieRs = "trixie/sudo-rs";

    private string folder = null!;

    private string Shipped => Path.Combine(folder, "shipped");

    /// <summary>A tree with a gate that only says how it was called.</summary>
    private string Telling => Path.Combine(folder, "tree");

    [OneTimeSetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("xen-shell-sudoers-").FullName;
        var example = File.ReadAllText(Path.Combine(Host.ScriptFolder(), "../../sudoers.example"));
        File.WriteAllText(Shipped, example.Replace("@PREFIX@", "/usr", StringComparison.Ordinal));
        var gate = Telling + GateTests.Gate;
        Directory.CreateDirectory(Path.GetDirectoryName(gate)!);
        File.WriteAllText(gate, """
            #!/bin/busybox sh
            echo "called with: $*"
            echo "id: $(busybox id)"
            echo "folder: $(busybox readlink /proc/self/cwd)"
            echo "run by: $(busybox cat /proc/$PPID/comm 2>/dev/null)"
            busybox env

            """);
        File.SetUnixFileMode(gate, (UnixFileMode)0b111_101_101);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [TestCase(Bookworm, "1.9.13")]
    [TestCase(Trixie, "1.9.16")]
    [TestCase(TrixieRs, "0.2.5")]
    public void EachVisudoTakesIt(string program, string version)
    {
        var answer = Sudoers(program, Shipped);
        Assert.That(answer.Output, Does.Contain($"visudo version {version}"));
        Assert.That(answer.Done().Output, Does.EndWith("parsed OK\n"));
    }

    // what makes sudo become the gate is a file of its own, as sudo-rs refuses it (WhatSudoRsLacksIsFoundOut)
    [TestCase(Bookworm)]
    [TestCase(Trixie)]
    public void SudoItselfTakesWhatMakesItTheGate(string program)
    {
        Assert.That(Sudoers(program, Both()).Done().Output, Does.EndWith("parsed OK\n"));
        var parent = AsBob(program, Both(), "sudo", "-n", GateTests.Gate).Done().Output;
        Assert.That(parent, Does.Contain("run by: \n"), "sudo has become the gate");
        Assert.That(parent, Does.Contain("SUDO_UID=2001").And.Contain("id: uid=0(root) gid=0(root) groups=0(root)\n"));
        Assert.That(AsBob(program, Shipped, "sudo", "-n", GateTests.Gate).Done().Output, Does.Contain("run by: sudo\n"), "and does not without it");
    }

    [Test]
    public void EachVisudoRefusesABrokenLine([Values(Bookworm, Trixie, TrixieRs)] string program) =>
        Assert.That(Sudoers(program, With("bob ALL=(")).Code, Is.EqualTo(1));

    // why the gate sets its umask and its folder by itself: one of these and there is no fragment for all of them
    [Test]
    public void WhatSudoRsLacksIsFoundOut([Values("!setenv", "!log_input", "runcwd=/", "umask=0077", "umask_override", "!pam_session", "!pam_setcred")] string setting)
    {
        var fragment = With($"Defaults!{GateTests.Gate} {setting}");
        Assert.That(Sudoers(Bookworm, fragment).Code, Is.Zero);
        Assert.That(Sudoers(Trixie, fragment).Code, Is.Zero);
        Assert.That(Sudoers(TrixieRs, fragment).Code, Is.EqualTo(1));
    }

    [Test]
    public void TheGateIsToldWhoCalls([Values(Bookworm, Trixie, TrixieRs)] string program)
    {
        var answer = AsBob(program, Shipped, "SUDO_UID=0", "SUDO_GID=0", "SUDO_USER=root", "EVIL=1", "sudo", "-n", "--", GateTests.Gate, "list", "a b").Done();
        Assert.That(answer.Output.Split('\n'), Is.SupersetOf(new[]
        {
            "called with: list a b", "id: uid=0(root) gid=0(root) groups=0(root)", "folder: /", "SUDO_UID=2001", "SUDO_GID=100", "SUDO_USER=bob",
        }));
        Assert.That(answer.Output, Does.Not.Contain("EVIL"));
    }

    // TU: another program, user or group, a shell, a variable of the caller's choice
    [Test]
    public void NothingElseIsPermitted(
        [Values(Bookworm, Trixie, TrixieRs)] string program,
        [Values("/bin/busybox id", "-s", "-i", "-u alice GATE", "-g adm GATE", "-u root -g adm GATE", "-u root -g xenshell GATE", "EVIL=1 GATE")] string words)
    {
        var answer = AsBob(program, Shipped, ["SHELL=/bin/busybox", "sudo", "-n", .. Words(words)]);
        Assert.That(answer.Code, Is.EqualTo(1));
        Assert.That(answer.Output, Is.Empty);
    }

    // TU: what one sudo refuses another only ignores, or does as the caller himself; each way it must not get in
    [Test]
    public void NothingOfTheCallersGetsIn(
        [Values(Bookworm, Trixie, TrixieRs)] string program,
        [Values("-E", "--preserve-env=EVIL", "-D /tmp", "-g users", "-g xenshell")] string options)
    {
        var answer = AsBob(program, Shipped, ["EVIL=1", "sudo", "-n", .. Words(options), GateTests.Gate]);
        Assert.That(answer.Output, Does.Not.Contain("EVIL").And.Not.Contain("folder: /tmp"));
        if (options.StartsWith("-g", StringComparison.Ordinal))
        {
            Assert.That(answer.Output, Does.Not.Contain("uid=0"));
        }
    }

    // without this, a root in which sudo refuses everything would pass for a good fragment
    [Test]
    public void ACarelessFragmentIsFoundOut(
        [Values(Bookworm, Trixie, TrixieRs)] string program,
        [Values("/bin/busybox id", "-u alice GATE", "-g adm GATE", "-u root -g adm GATE", "-u root -g xenshell GATE")] string words) =>
        Assert.That(AsBob(program, With("%xenshell ALL=(ALL:ALL) NOPASSWD: ALL"), ["sudo", "-n", .. Words(words)]).Code, Is.Zero);

    // from the login shell through this sudo to the gate and back; bookworm's is that of the other tests
    [Test]
    public void ATenantSeesTheGuest([Values(Trixie, TrixieRs)] string program)
    {
        var stage = Host.Stage();
        var answer = Sudoers(program, Path.Combine(stage, "etc/sudoers.d/xen-shell"), stage, "/usr/bin/xen-login-shell", "-c", "list");
        Assert.That(answer.Done().Output, Does.Contain("web1"));
    }

    private string Both()
    {
        var direct = File.ReadAllLines(Path.Combine(Host.ScriptFolder(), "../../src/etc/sudoers-direct"));
        return With(direct[^1].Replace("@PREFIX@", "/usr", StringComparison.Ordinal));
    }

    /// <summary>The shipped fragment and one more line, as a file.</summary>
    private string With(string line)
    {
        var file = Path.Combine(folder, "changed");
        File.WriteAllText(file, $"{File.ReadAllText(Shipped)}{line}\n");
        return file;
    }

    private static string[] Words(string words) => words.Replace("GATE", GateTests.Gate, StringComparison.Ordinal).Split(' ');

    private Answer AsBob(string program, string fragment, params string[] command) => Sudoers([program, fragment, Telling, .. command]);

    private static Answer Sudoers(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Host.ScriptFolder(), "sudoers.sh"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        script.StandardInput.Close();
        var error = script.StandardError.ReadToEndAsync();
        var output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        TestContext.Out.WriteLine($"$ sudoers.sh {string.Join(' ', arguments)}\n{output}{error.Result}[{script.ExitCode}]");
        return new Answer(script.ExitCode, output, error.Result);
    }
}
