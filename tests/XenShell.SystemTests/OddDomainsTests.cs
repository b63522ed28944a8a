using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What real Xen showed: domains that are down and stay, that nobody can name, that have the disk already.</summary>
[OnEveryHost]
public sealed class OddDomainsTests(HostKind kind) : HostTest(kind)
{
    private readonly bool isReal = kind == HostKind.Lab;

    // on_poweroff = 'preserve', or a guest whose xl process is gone
    [Test]
    public void ADomainThatIsDownAndStaysIsDownAndBootsAnew()
    {
        GivenOff("web1");
        GivenGuestSetting("web1", "on_poweroff", "preserve");
        Ending(new AtEnd(() => Host.Root(Host.Xl, "destroy", "web1")));
        var bob = As("bob");
        bob.Run("boot").Done();
        Assert.That(bob.Run("shutdown").Done().Output, Does.Contain("web1 is down"));
        Assert.That(State("web1"), Is.EqualTo("down"));
        Assert.That(bob.Run("reboot").Refused(ExitCode.WrongState), Does.Contain("web1 is down; 'boot web1' clears it away and starts it"));
        var before = DomainId("web1");
        Assert.That(bob.Run("boot").Done().Output, Does.Contain("web1 is running"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
    }

    // xenstored was lost: the product said off, and boot started the guest a second time on the same disks
    [Test]
    public void WhileADomainHasNoNameNothingIsStarted()
    {
        GivenOff("web1");
        GivenRunning("web1");
        var id = DomainId("web1");
        if (isReal)
        {
            Ending(new AtEnd(() => Host.Root(Host.Xl, "destroy", id!)));
            Host.Root("xenstore-rm", $"/local/domain/{id}/name").Done();
        }
        else
        {
            GivenToolstack("""/usr/lib/xen-shell/xl-sim "$@" | sed 's/^web1  /(null)/'""");
        }

        Wait.Until("nobody can tell", Seconds(5), () => State("web1") == "unknown");
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("cannot name"));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.Contain("has no name: was xenstored ended?"));
        Assert.That(DomainId("web1"), Is.EqualTo(isReal ? null : id), "nothing was started");
    }

    // and what is running keeps running: its power is not cut before it is known that it may boot
    [Test]
    public void AResetThatCouldNotBootCutsNoPower()
    {
        GivenRunning("web1", "web2");
        var id = DomainId("web1");
        GivenToolstack($"""{Host.Xl} "$@" | sed 's/^web2  /(null)/'""");
        Assert.That(As("bob").Run("reset").Refused(ExitCode.Busy), Does.Contain("cannot name"));
        Assert.That(DomainId("web1"), Is.EqualTo(id));
    }

    // xl's process ended while it saved, or a guest's kernel that said so by itself
    [Test]
    public void ASuspendedGuestCanBeReset()
    {
        GivenRunning("web1");
        GivenToolstack($"""{Host.Xl} "$@" | if [ -e /run/was-reset ]; then cat; else sed '/^web1/s/-b----\|r-----\|------/---ss-/'; fi; [ "$1" != destroy ] || : >/run/was-reset""");
        Ending(new AtEnd(() => Host.RootShell("rm -f /run/was-reset")));
        Assert.That(State("web1"), Is.EqualTo("suspended"));
        Assert.That(As("bob").Run("boot").Refused(ExitCode.WrongState), Does.Contain("'reset web1' boots it anew"));
        Assert.That(As("bob").Run("reset").Done().Output, Does.Contain("web1 was reset and is running"));
    }

    // what nobody can say is not taken for "nobody has them"
    [Test]
    public void DisksThatCannotBeAskedForAreNotOpened()
    {
        GivenOff("web1");
        GivenToolstack($"""[ "$1" != xenstore-ls ] || {'{'} echo 'xenstore-ls: xs_open: No such file or directory' >&2; exit 1; {'}'}; exec {Host.Xl} "$@" """, hasStore: false);
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot --no-wait").Refused(ExitCode.ToolstackSilent), Does.Contain("does not answer"));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.StartWith("xenstore does not say whose disks are in use"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    // one guest's device model that hangs, and libxl waits for it
    [Test]
    public void ADeviceModelThatHangsKeepsNobodyFromBooting()
    {
        GivenOff("web1");
        GivenToolstack($"""[ "$2" != -l ] || exec sleep 60; exec {Host.Xl} "$@" """);
        As("bob").Run("boot --no-wait").Done();
    }

    // the toolstack shows a domain's disks only when it has them, and both would run on one
    [Test]
    public async Task OfTwoWithOneDiskThatAreBootedTogetherOneStarts()
    {
        GivenOff("web1", "web2");
        GivenOneDisk("rw", "rw");
        GivenToolstackThatWaitsInCreate();
        var alice = As("alice");
        var first = Task.Run(() => alice.Run("boot web2 --no-wait"));
        Host.RootShell("timeout 60 cat /run/created").Done();
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest").And.Not.Contain("web2"));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.EndWith("is a disk of web2"));
        Host.RootShell("echo x >/run/go").Done();
        (await first).Done();
        Assert.That(DomainId("web2"), Is.Not.Null);
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"), "and it is seen when it runs");
    }

    // TU: who is root elsewhere, or memory that runs out, ends the gate in the middle of a boot
    [Test]
    public async Task AGateThatIsKilledInABootLeavesTheDisksToXl()
    {
        GivenOff("web1", "web2");
        GivenOneDisk("rw", "rw");
        GivenToolstackThatWaitsInCreate();
        var alice = As("alice");
        var first = Task.Run(() => alice.Run("boot web2 --no-wait"));
        Host.RootShell("timeout 60 cat /run/created && pkill -KILL -x xen-shell-gate").Done();
        Assert.That((await first).Code, Is.Not.Zero);
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"), "xl goes on, and nothing shows it");
        Host.RootShell("echo x >/run/go").Done();
        Wait.Until("xl has made web2", Seconds(30), () => DomainId("web2") is not null);
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    // between two lives of a guest that reboots there is no domain, and its disks are nowhere to be seen
    [Test]
    public void AGuestHasItsDisksBetweenItsLives()
    {
        GivenOff("web1", "web2");
        GivenOneDisk("rw", "rw");
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy web2; {Host.Xl} destroy web1")));
        As("alice").Run("boot web2").Done();
        GivenToolstack($"""
            {NoStore}
            [ "$1" != list ] || exec sh -c '{Host.Xl} list | grep -v "^web2 "'
            exec {Host.Xl} "$@"
            """, hasStore: false);
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.EndWith("is a disk of web2"));
        Host.Root(Host.Xl, "destroy", "web2").Done();
        As("bob").Run("boot --no-wait").Done(); // xl's own process goes, and the claim with it, while that waits
    }

    // libxl gives a domain its disks last
    [Test]
    public void ADomainThatIsMadeByHandHasWhatItsFileSays()
    {
        GivenOff("web1", "web2");
        GivenOneDisk("rw", "rw");
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy web2; {Host.Xl} destroy web1")));
        Host.Root(Host.Xl, "create", "-q", "/etc/xen/web2.cfg").Done();
        GivenToolstack($"{NoStore}\nexec {Host.Xl} \"$@\"", hasStore: false);
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    // a guest that root renamed runs on the file that a second boot would open too; links and all
    [TestCase("rw", "r", true)]
    [TestCase("r", "rw", true)]
    [TestCase("r", "r", false)]
    public void ADiskThatIsInUseIsNotOpenedAgain(string theirs, string ours, bool isRefused)
    {
        GivenOff("web1", "web2");
        GivenOneDisk(theirs, ours);
        As("alice").Run("boot web2").Done();
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy renamed; {Host.Xl} destroy web2; {Host.Xl} destroy web1")));
        if (isReal)
        {
            Host.Root(Host.Xl, "rename", "web2", "renamed").Done();
        }

        var answer = As("bob").Run("boot");
        if (isRefused)
        {
            Assert.That(answer.Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest").And.Not.Contain("web2"));
        }
        else
        {
            answer.Done();
        }
    }

    [Test]
    public void AGuestThatIsJustBootingIsAskedAgainToShutDown()
    {
        GivenOff("web1");
        if (!isReal)
        {
            GivenGuestSetting("web1", "sim", "loses-shutdown");
        }

        var bob = As("bob");
        bob.Run("boot --no-wait").Done();
        Assert.That(bob.Run("shutdown").Done().Output, Does.Contain("web1 is off").And.Contain(isReal ? "" : "it was asked again"));
    }

    [Test]
    public void ASavedStateIsMentioned()
    {
        GivenOff("web1");
        Ending(new AtEnd(() => Host.RootShell("rm -f /var/lib/xen/save/web1")));
        Host.RootShell("mkdir -p /var/lib/xen/save && : >/var/lib/xen/save/web1").Done();
        Assert.That(As("bob").Run("boot").Done().Output, Does.Contain("its state was saved on this host"));
        Assert.That(Host.RootShell("ls /var/lib/xen/save").Output, Does.Contain("web1"));
    }

    // for some seconds after a domain is gone its name is not
    [Test]
    public void ANameThatIsStillTakenIsWaitedFor()
    {
        GivenRunning("web1");
        Ending(new AtEnd(() => Host.RootShell("rm -f /run/refused")));
        GivenToolstack("""
            if [ "$1" = create ] && [ "$(cat /run/refused 2>/dev/null | wc -l)" -lt 3 ]; then
                echo x >>/run/refused
                echo 'libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain 4:Domain with name "web1" already exists.' >&2
                exit 3
            fi
            exec __XL__ "$@"
            """.Replace("__XL__", Host.Xl, StringComparison.Ordinal));
        Assert.That(As("bob").Run("reset").Done().Output, Does.Contain("web1 was reset and is running"));
        Assert.That(Host.Read("/run/refused").Length, Is.EqualTo(6));
    }

    // root's own xl makes it at the same moment: what is half-built is not ours to clear away
    [Test]
    public void ATakenNameClearsNobodysHalfBuiltDomainAway()
    {
        GivenOff("web1");
        Ending(new AtEnd(() => Host.RootShell("rm -f /run/by-hand /run/destroyed")));
        GivenToolstack("""
            case $1 in
            create)
                : >/run/by-hand
                echo 'libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain 4:Domain with name "web1" already exists.' >&2
                exit 3 ;;
            destroy) : >/run/destroyed ;;
            list) __XL__ "$@" && { [ ! -e /run/by-hand ] || echo 'web1  4711  0  0  --p---  0.0'; } ;;
            *) exec __XL__ "$@" ;;
            esac
            """.Replace("__XL__", Host.Xl, StringComparison.Ordinal));
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Failed), Does.Contain("refused to boot web1"));
        Assert.That(Host.RootShell("ls /run/by-hand /run/destroyed 2>/dev/null").Output, Is.EqualTo("/run/by-hand\n"));
    }

    // what was promised with --force is kept, whatever comes between
    [Test]
    public void ARefusedAskingAgainDoesNotEndTheWait()
    {
        GivenOff("web1");
        var bob = As("bob");
        bob.Run("boot --no-wait").Done();
        Ending(new AtEnd(() => Host.RootShell("rm -f /run/asked")));
        GivenToolstack($"""
            [ "$1" = shutdown ] || exec {Host.Xl} "$@"
            echo x >>/run/asked
            [ "$(wc -l </run/asked)" -gt 1 ] || exit 0
            echo 'libxl: error: libxl_domain.c:839:pvcontrol_cb: guest didn'"'"'t acknowledge control request: -3' >&2
            exit 3
            """);
        Assert.That(bob.Run("shutdown --force --timeout 15").Done().Output, Does.Contain("its power was cut").And.Not.Contain("asked again"));
        Assert.That(Host.Read("/run/asked").Length, Is.EqualTo(4), "it was asked twice");
        Assert.That(State("web1"), Is.EqualTo("off"));
    }

    private const string NoStore = """[ "$1" != xenstore-ls ] || { echo "xenstore-ls: xs_directory ($3): No such file or directory" >&2; exit 1; }""";

    /// <summary>web2 and web1 have one file for a disk, by different paths.</summary>
    private void GivenOneDisk(string theirs, string ours)
    {
        GivenGuestSetting("web1", "disk", null);
        GivenGuestSetting("web2", "disk", null);
        Host.RootShell($"""
            mkdir -p /srv/disks && truncate -s 4M /srv/disks/one.img && ln -sf one.img /srv/disks/two.img
            echo "disk = [ '/srv/disks/one.img,raw,xvda,{theirs}' ]" >>/etc/xen/web2.cfg
            echo "disk = [ 'file:/srv/disks/../disks/two.img,xvda,{ours}' ]" >>/etc/xen/web1.cfg
            """).Done();
    }

    /// <summary>It writes to /run/created and goes on when it has read from /run/go; both guests are gone at the test's end.</summary>
    private void GivenToolstackThatWaitsInCreate()
    {
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy web2; {Host.Xl} destroy web1; rm -f /run/created /run/go")));
        Host.RootShell("rm -f /run/created /run/go; mkfifo /run/created /run/go").Done();
        GivenToolstack($"""[ "$1" != create ] || {'{'} echo x >/run/created; cat /run/go >/dev/null; exec {Host.Xl} "$@" >/dev/null 2>&1; {'}'}; exec {Host.Xl} "$@" """); // it tells nobody: its reader may be gone
    }

    /// <summary>Puts a script of shell in the place of the toolstack's program until the test ends.</summary>
    /// <param name="hasStore">It need not know that xenstore is asked through it as well.</param>
    private void GivenToolstack(string script, bool hasStore = true)
    {
        var store = isReal && hasStore ? """[ "$1" != xenstore-ls ] || exec "$@" """ : "";
        Host.RootShell($"cat >/usr/local/sbin/odd-xl <<'END'\n#!/bin/sh\n{store}\n{script}\nEND\nchmod 755 /usr/local/sbin/odd-xl; rm -f /run/xen-shell/*.json").Done();
        GivenConfiguration("sed -i '/^toolstack_path/d' /etc/xen-shell/xen-shell.conf; echo 'toolstack_path = /usr/local/sbin/odd-xl' >>/etc/xen-shell/xen-shell.conf");
    }
}
