using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// install.sh on a host of its own: what an administrator changed survives, and what a check refuses is
/// not left behind. It installs what was built before (--from), as the plain command does after building.
/// </summary>
[OnSimulator]
public sealed class InstallTests(HostKind kind)
{
    private const string Stage = "/srv/stage", NextStage = "/srv/next";
    private const string Settings = "/etc/xen-shell/xen-shell.conf", Logrotate = "/etc/logrotate.d/xen-shell";
    private const string Sudoers = "/etc/sudoers.d/xen-shell", Snippet = "/etc/ssh/sshd_config.d/xen-shell.conf";

    private Host host = null!;

    [OneTimeSetUp]
    public void Start()
    {
        host = Host.Start(kind);
        Shell($"mkdir {Stage} && cd / && tar -cf - usr/bin/xen-shell usr/bin/xen-login-shell usr/sbin/xen-shell-admin usr/lib/systemd/system/xen-shell-reap.* usr/lib/xen-shell usr/share/xen-shell usr/share/man/man*/xen-shell* | tar -C {Stage} -xf -");
    }

    [OneTimeTearDown]
    public void End() => host.Dispose();

    [SetUp]
    public void GivenNothingIsInstalled() =>
        Shell($"""
            rm -rf {NextStage} /usr/bin/xen-* /usr/sbin/xen-shell-admin /usr/lib/systemd/system/xen-shell-reap.* /usr/lib/xen-shell /usr/share/xen-shell /usr/share/man/man*/xen-shell* /etc/xen-shell /run/xen-shell /var/log/xen-shell
            rm -f {Sudoers}* {Snippet}* {Logrotate}*
            cp -r {Stage} {NextStage}
            """);

    [Test]
    public void WhatWasInstalledLetsTheTenantIn()
    {
        Shell("rm -rf /run/sshd"); // as on a host whose ssh.service is down
        Install().Done();
        Assert.That(host.RootShell("stat -c '%U %a %n' /run/sshd /etc/xen-shell/grants.d /etc/sudoers.d/xen-shell /usr /usr/lib/xen-shell/xen-shell-gate").Output, Is.EqualTo(
            "root 755 /run/sshd\nroot 700 /etc/xen-shell/grants.d\nroot 440 /etc/sudoers.d/xen-shell\nroot 755 /usr\nroot 755 /usr/lib/xen-shell/xen-shell-gate\n"));
        Shell($"echo 'toolstack_path = /bin/true' >>{Settings}");
        using var bob = host.As("bob");
        Assert.That(bob.Run("list").Done().Output, Does.Contain("web1"));
    }

    // sudo-rs refuses every file that has a word it does not know
    [Test]
    public void WhereSudoRsIsOnlyTheCommonFragmentIs()
    {
        Install().Done();
        Assert.That(host.RootShell($"stat -c '%U %a' {Sudoers}-direct").Output, Is.EqualTo("root 440\n"));
        Shell("ln -s /bin/true /usr/bin/visudo-rs");
        try
        {
            Install().Done();
            Assert.That(host.RootShell($"ls -d {Sudoers}*").Output, Is.EqualTo($"{Sudoers}\n"));
        }
        finally
        {
            Shell("rm /usr/bin/visudo-rs");
        }
    }

    [Test]
    public void WhatTheAdministratorChangedIsKept()
    {
        Install().Done();
        string[] all = [Settings, Logrotate, Sudoers, Snippet];
        foreach (var file in all)
        {
            Shell($"echo '# ours' >>{file}");
        }

        var before = Sums(all);
        Assert.That(Install().Done().Left, Does.Contain($"compare it with {Settings}.dpkg-dist"));
        Assert.That(Sums(all), Is.EqualTo(before));
        Assert.That(host.RootShell($"cmp {Settings}.dpkg-dist /usr/share/xen-shell/xen-shell.conf").Code, Is.Zero);
    }

    [Test]
    public void WhatNobodyChangedIsBroughtUpToDate()
    {
        Install().Done();
        Shell($"echo '# a new remark' | tee -a {NextStage}/usr/share/xen-shell/xen-shell.conf {NextStage}/usr/share/xen-shell/sudoers.example");
        Assert.That(Install(NextStage).Done().Left, Does.Not.Contain("was changed"));
        Assert.That(host.Read(Settings), Does.EndWith("# a new remark\n"));
        Assert.That(host.Read(Sudoers), Does.EndWith("# a new remark\n"));
        Assert.That(Leftovers(), Is.Empty);
    }

    // logrotate, sudo and sshd read their folders: a copy of ours must not count twice
    [Test]
    public void ACopyBesideAChangedFileIsReadByNobody()
    {
        Install().Done();
        Shell($"echo '# ours' | tee -a {Logrotate} {Sudoers} {Snippet}");
        Install().Done();
        Assert.That(host.RootShell($"ls {Logrotate}.dpkg-dist {Sudoers}.dpkg-dist {Snippet}.dpkg-dist").Code, Is.Zero);
        Assert.That(host.RootShell("visudo -c").Output, Does.Not.Contain("dpkg-dist"));
        Assert.That(host.RootShell("command -v logrotate >/dev/null || exit 0; logrotate -d /etc/logrotate.d 2>&1 | grep -i 'duplicate'").Output, Is.Empty);
    }

    [Test]
    public void ARunningProgramIsReplacedAndNotWrittenInto()
    {
        Install().Done();
        Shell("(sleep 30 | runuser -u bob /usr/bin/xen-shell) >/dev/null 2>&1 & sleep 1; pgrep -u bob -x xen-shell");
        Install().Done();
        Shell("pkill -u bob -x xen-shell");
    }

    // a link that somebody left in the place of a program must not lead root's writing elsewhere
    [Test]
    public void ALinkInTheWayIsReplacedAndNotFollowed()
    {
        Install().Done();
        Shell("echo precious >/srv/precious; ln -sf /srv/precious /usr/lib/xen-shell/xen-shell-gate");
        Install().Done();
        Assert.That(host.Read("/srv/precious"), Is.EqualTo("precious\n"));
        Assert.That(host.RootShell("test -L /usr/lib/xen-shell/xen-shell-gate").Code, Is.Not.Zero);
    }

    [Test]
    public void ASudoersFileThatVisudoRefusesIsNotLeft()
    {
        Shell($"echo 'bob ALL=(' >>{NextStage}/usr/share/xen-shell/sudoers.example");
        Assert.That(Install(NextStage).Refused(), Does.Contain("visudo refuses"));
        Assert.That(host.RootShell($"ls {Sudoers}*").Code, Is.Not.Zero);

        Install().Done();
        var before = Sums(Sudoers);
        Assert.That(Install(NextStage).Refused(), Does.Contain("visudo refuses"));
        Assert.That(Sums(Sudoers), Is.EqualTo(before));
        Assert.That(host.RootShell("visudo -c").Code, Is.Zero);
    }

    [Test]
    public void AnSshdSnippetThatSshdRefusesIsNotLeft()
    {
        Shell($"echo 'Nonsense yes' >>{NextStage}/usr/share/xen-shell/sshd-xen-shell.conf");
        Assert.That(Install(NextStage).Refused(), Does.Contain("sshd refuses").And.Contain("Nonsense"));
        Assert.That(host.RootShell($"ls {Snippet}*").Code, Is.Not.Zero);

        Install().Done();
        var before = Sums(Snippet);
        Assert.That(Install(NextStage).Refused(), Does.Contain("sshd refuses"));
        Assert.That(Sums(Snippet), Is.EqualTo(before));
        Assert.That(host.RootShell("/usr/sbin/sshd -t").Code, Is.Zero);
    }

    // somebody else's slip is theirs to mend: nothing of it is moved or removed, and ours is as it was
    [Test]
    public void AnotherFileThatSshdRefusesStaysWhereItIs()
    {
        Install().Done();
        Shell($"echo '# ours' >>{Snippet}; echo 'Nonsense yes' >/etc/ssh/sshd_config.d/other.conf");
        var before = Sums(Snippet, "/etc/ssh/sshd_config.d/other.conf");
        Assert.That(Install().Refused(), Does.Contain("other.conf"));
        Assert.That(Sums(Snippet, "/etc/ssh/sshd_config.d/other.conf"), Is.EqualTo(before));
        Shell("rm /etc/ssh/sshd_config.d/other.conf");
    }

    [Test]
    public void UninstallLeavesNothingOfOurs()
    {
        const string List = "find /etc /usr /var/log /run -xdev -path /run/host -prune -o -print | sort";
        Shell($"rmdir /etc/ssh/xen-shell-keys 2>/dev/null; {List} >/srv/before");
        Install().Done();
        Script("--uninstall").Done();
        Assert.That(host.RootShell($"{List} | diff /srv/before -").Output, Is.Empty);
        Assert.That(host.Read("/etc/shells"), Does.Not.Contain("xen-"));
        Shell("echo /usr/bin/xen-login-shell >>/etc/shells");
    }

    [Test]
    public void UninstallKeepsWhatIsTheAdministrators()
    {
        Install().Done();
        Shell($"echo '# ours' | tee -a {Settings} {Sudoers}; echo bob >/etc/xen-shell/grants.d/web2.conf; echo '{{}}' >/var/log/xen-shell/audit.log");
        Script("--uninstall").Done();

        foreach (var kept in new[] { Settings, $"{Sudoers}.dpkg-old", "/etc/xen-shell/grants.d/web2.conf", "/var/log/xen-shell/audit.log", "/etc/ssh/xen-shell-keys/bob" })
        {
            Assert.That(host.RootShell($"test -f {kept}").Code, Is.Zero, kept);
        }

        Assert.That(host.Read(Settings), Does.EndWith("# ours\n"));
        Assert.That(host.RootShell("sudo -l -U bob").Output, Does.Not.Contain("xen-shell-gate"), "nothing of it is in force");
        Assert.That(host.RootShell("getent group xenshell").Output, Does.Contain("bob"));

        // once more: the first kept copy is the administrator's too
        Install().Done();
        Shell($"echo '# ours again' >>{Sudoers}");
        Script("--uninstall").Done();
        Assert.That(host.RootShell($"cat {Sudoers}.dpkg-old*").Output, Does.Contain("# ours\n").And.Contain("# ours again\n"));
    }

    [Test]
    public void BelowDestdirNothingElseChanges()
    {
        Shell("find /etc /usr -xdev | sort >/srv/before");
        new Outcome(host.RootShell($"DESTDIR=/srv/package /run/host/install.sh --from {Stage} && DESTDIR=/srv/package /run/host/install.sh --uninstall")).Done();
        Assert.That(host.RootShell("find /etc /usr -xdev | sort | diff /srv/before -; find /srv/package -not -type d").Output, Is.Empty);
    }

    private Outcome Install(string stage = Stage) => Script($"--from {stage}");

    private Outcome Script(string arguments) => new(host.RootShell($"/run/host/install.sh {arguments}"));

    private string Sums(params string[] files) => host.RootShell($"stat -c '%a %n' {string.Join(' ', files)}; sha256sum {string.Join(' ', files)}").Output;

    private string Leftovers() => host.RootShell("find /etc -name '*xen-shell*.dpkg-*'").Output;

    private void Shell(string script)
    {
        var answer = host.RootShell(script);
        Assert.That(answer.Code, Is.Zero, answer.Error);
    }

    /// <summary>What install.sh said, all of it on standard error.</summary>
    private sealed class Outcome(Answer answer)
    {
        public string Left => answer.Error;

        public Outcome Done()
        {
            Assert.That(answer.Code, Is.Zero, answer.Error);
            return this;
        }

        public string Refused()
        {
            Assert.That(answer.Code, Is.EqualTo(1), answer.Error);
            return answer.Error;
        }
    }
}
