using XenShell.Core.Access;
using XenShell.Core.Jobs;
using XenShell.Worker.Systems;

namespace XenShell.Tests.Worker;

/// <summary>Who gets into a new system, by what it says of itself, and how it comes up with a network.</summary>
public sealed class AccessTests : WorkerTest
{
    private const string Shadow = "daemon:*:19000:0:99999:7:::\nroot:$6$template$everybodys:19000:0:99999:7:::\nman:*:19000:0:99999:7:::\n";
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6zUYzTq3BEgCFRgQKFnUUnYvaUDkxVxpNQtS2pYkqR";

    [SetUp]
    public void Fill()
    {
        Built("etc/shadow", Shadow);
        Built("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Built("etc/network/interfaces", "# of the image\n");
        Built("root/.ssh/authorized_keys", "ssh-ed25519 AAAA the builder's\n");
        Image($"method = tar\nsource = {Archive("a.tar", "--owner=root:0", "--group=shadow:42")}");
    }

    [Test]
    public void TheKeysOfTheOrderLetRootInAndNobodyElse()
    {
        Work(Order() with { Keys = [$"{Key} bob"] });
        Assert.That(Inside("cat /root/.ssh/authorized_keys"), Is.EqualTo($"{Key} bob\n"));
        Assert.That(Inside("stat /root/.ssh"), Does.Contain("Mode:  0700"));
        Assert.That(Inside("stat /root/.ssh/authorized_keys"), Does.Contain("Mode:  0600"));
        Assert.That(Inside("cat /etc/shadow"), Does.StartWith("daemon:*:19000").And.Contain("root:*:").And.EndsWith("man:*:19000:0:99999:7:::\n"), "the template's password is everybody's");
        Assert.That(Inside("stat /etc/shadow"), Does.Contain("Group:    42"));
    }

    [Test]
    public void APasswordIsRootsAndTheHashStandsNowhereElse()
    {
        var job = Order() with { HasPassword = true };
        const string hash = "$6$salt$0123456789012345678901234567890123456789";
        Directory.CreateDirectory(Path.GetDirectoryName(JobStore.PasswordOf(Host.Layout, job.Id))!);
        File.WriteAllText(JobStore.PasswordOf(Host.Layout, job.Id), hash);
        Assert.That(Work(job).Stage, Is.EqualTo(JobStage.Built), string.Join('\n', Store.LogTail(job.Id, 20)));
        Assert.That(Inside("cat /etc/shadow"), Does.Contain($"root:{hash}:{DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86400}:0:99999:7:::\n"));
        Assert.That(Inside("cat /root/.ssh/authorized_keys"), Is.Empty, "the builder's own is nobody's here");
        Assert.That(Directory.EnumerateFiles(Host.At("var"), "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("$6$", StringComparison.Ordinal)), Is.Empty);
    }

    // GK: the template's password would be everybody's again
    [Test]
    public void AListOfPasswordsThatCannotBeChangedIsRefused()
    {
        File.Move(Host.At("srv/build/etc/shadow"), Host.At("srv/build/etc/shadow.real"));
        File.CreateSymbolicLink(Host.At("srv/build/etc/shadow"), "shadow.real");
        Image($"method = tar\nsource = {Archive("b.tar")}");
        Assert.That(Work(Order()).Result, Does.StartWith("the image's list of passwords is no file that can be changed"));
    }

    [Test]
    public void WithoutTheHashNothingIsBuilt() =>
        Assert.That(Work(Order() with { HasPassword = true }).Result, Does.StartWith("the password's hash is gone"));

    [Test]
    public void HostKeysAreTheNewSystemsOwnAndToldBeforehand()
    {
        Host.Guest("web1", $"disk = [ 'file:{Host.At("srv/web1.img")},xvda2,w' ]\nvif = [ 'ip=192.0.2.7 2001:db8::7' ]\nxen_shell_net = 'netmask=255.255.255.0, gateway=192.0.2.1, gateway6=fe80::1, dns=192.0.2.53'");
        var job = Work(Order());
        var inside = PublicKey.In(string.Concat(new[] { "ed25519", "ecdsa", "rsa" }.Select(type => Inside($"cat /etc/ssh/ssh_host_{type}_key.pub"))));
        Assert.That(inside, Has.Count.EqualTo(3));
        Assert.That(job.Fingerprints, Is.EqualTo(inside.Select(key => key.Fingerprint)));
        Assert.That(job.KnownHosts, Is.EqualTo(inside.Select(key => $"192.0.2.7,2001:db8::7 {key.Type} {key.Blob}")));
        Assert.That(Inside("stat /etc/ssh/ssh_host_rsa_key"), Does.Contain("Mode:  0600"));
        Assert.That(Inside("cat /etc/ssh/ssh_host_rsa_key"), Does.StartWith("-----BEGIN OPENSSH PRIVATE KEY-----"));
        Assert.That(Inside("cat /etc/machine-id"), Is.EqualTo("uninitialized\n"));
        Assert.That(Inside("cat /etc/resolv.conf"), Is.EqualTo("nameserver 192.0.2.53\n"));
        Assert.That(Inside("cat /etc/network/interfaces"), Does.Contain("allow-hotplug eth0\niface eth0 inet static\n    address 192.0.2.7/24\n    gateway 192.0.2.1\niface eth0 inet6 static\n    address 2001:db8::7/64\n    gateway fe80::1\n"));
        Assert.That(string.Join('\n', Store.LogTail(job.Id, 1000)), Does.Not.Contain("PRIVATE KEY"));
    }

    [Test]
    public void TheOldSystemsHostKeysCanBeKept()
    {
        Directory.CreateDirectory(Host.At("srv/old/etc/ssh"));
        Run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Host.At("srv/old/etc/ssh/ssh_host_ed25519_key")]);
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", "-d", Host.At("srv/old"), Host.At("srv/web1.img")]);
        var job = Work(Order() with { KeepsHostKeys = true });
        Assert.That(Inside("cat /etc/ssh/ssh_host_ed25519_key"), Is.EqualTo(File.ReadAllText(Host.At("srv/old/etc/ssh/ssh_host_ed25519_key"))), job.Result);
        Assert.That(job.Fingerprints[0], Is.EqualTo(PublicKey.In(File.ReadAllText(Host.At("srv/old/etc/ssh/ssh_host_ed25519_key.pub")))[0].Fingerprint));
        Assert.That(string.Join('\n', Store.LogTail(job.Id, 1000)), Does.Not.Contain("PRIVATE KEY"));
    }

    // OT: the template's host key, which every customer of the host has read from a guest of his own
    [Test]
    public void NoHostKeyOfTheImageStays()
    {
        foreach (var type in new[] { "ecdsa", "dsa" })
        {
            Built($"etc/ssh/ssh_host_{type}_key", "the template's\n");
        }

        Image($"method = tar\nsource = {Archive("b.tar")}");
        Directory.CreateDirectory(Host.At("srv/old/etc/ssh"));
        Run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Host.At("srv/old/etc/ssh/ssh_host_ed25519_key")]);
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", "-d", Host.At("srv/old"), Host.At("srv/web1.img")]);
        var job = Work(Order() with { KeepsHostKeys = true });
        Assert.That(job.Fingerprints, Has.Count.EqualTo(3), job.Result);
        Assert.That(Inside("cat /etc/ssh/ssh_host_ecdsa_key"), Does.StartWith("-----BEGIN OPENSSH PRIVATE KEY-----"));
        Assert.That(Inside("cat /etc/ssh/ssh_host_dsa_key"), Is.Empty);
    }

    // TU: the record of the job has no room for it
    [Test]
    public void AGiantPublicKeyIsNotKept()
    {
        Directory.CreateDirectory(Host.At("srv/old/etc/ssh"));
        Run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Host.At("srv/old/etc/ssh/ssh_host_ed25519_key")]);
        File.AppendAllText(Host.At("srv/old/etc/ssh/ssh_host_ed25519_key.pub"), new string('x', 300_000));
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", "-d", Host.At("srv/old"), Host.At("srv/web1.img")]);
        Assert.That(Work(Order() with { KeepsHostKeys = true }).Result, Does.StartWith("the old system's host keys cannot be read from its disk"));
    }

    // TU: a guest's own file system, in which a key is a terabyte of nothing
    [Test]
    public void AKeyThatIsNoneOfAReasonableSizeIsNotKept()
    {
        Directory.CreateDirectory(Host.At("srv/old/etc/ssh"));
        using (var file = File.Create(Host.At("srv/old/etc/ssh/ssh_host_ed25519_key")))
        {
            file.SetLength(1L << 40);
        }

        File.WriteAllText(Host.At("srv/old/etc/ssh/ssh_host_ed25519_key.pub"), Key);
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", "-d", Host.At("srv/old"), Host.At("srv/web1.img")]);
        Assert.That(Work(Order() with { KeepsHostKeys = true }).Result, Does.StartWith("the old system's host keys cannot be read from its disk"));
    }

    [Test]
    public void AnAddressWithoutItsNetmaskIsSaid()
    {
        Host.Guest("web1", $"disk = [ 'file:{Host.At("srv/web1.img")},xvda2,w' ]\nvif = [ 'ip=192.0.2.7' ]");
        Assert.That(Work(Order()).Result, Does.Contain("the netmask of 192.0.2.7 is not known: xen_shell_net = 'netmask=…, gateway=…' says it"));
    }

    [Test]
    public void AConsoleOfSystemVIsAddedOnce()
    {
        var inittab = Overlay.WithConsole("id:2:initdefault:\n#T0:23:respawn:/sbin/getty hvc0\n");
        Assert.That(inittab, Does.EndWith("\nh0:2345:respawn:/sbin/getty -L hvc0 9600 linux\n"));
        Assert.That(Overlay.WithConsole(inittab!), Is.Null);
    }

    [TestCase("root:x")]
    [TestCase("toor:x:1:2:3:4:::")]
    public void AListOfPasswordsWithoutRootIsRefused(string shadow) =>
        Assert.That(() => NewAccess.WithPassword(shadow, "*"), Throws.InstanceOf<XenShell.Worker.JobException>());
}
