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

    // CA: the host's old kernel went with an update, or the file has a slip
    [TestCase("kernel", "/srv/nosuch", "its kernel is not there")]
    [TestCase("on_crash", "banana", "the host's Xen would not boot it again")]
    public void AResetForWhichTheFileIsNoGoodCutsNoPower(string name, string value, string said)
    {
        GivenRunning("web1");
        var id = DomainId("web1");
        GivenGuestSetting("web1", name, value);
        var mark = RecordMark();
        Assert.That(As("bob").Run("reset").Refused(ExitCode.Failed), Does.Contain(said).And.Contain("its power was left on").And.Not.Contain(value));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.Contain(value));
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
    public void ASavedStateIsPutAsideByABoot()
    {
        GivenOff("web1");
        Ending(new AtEnd(() => Host.RootShell("rm -f /var/lib/xen/save/web1 /var/lib/xen/save/.web1.*")));
        Host.RootShell("mkdir -p /var/lib/xen/save && : >/var/lib/xen/save/web1").Done();
        Assert.That(As("bob").Run("boot").Done().Output, Does.Contain("its state was saved on this host"));
        Assert.That(Host.RootShell("ls /var/lib/xen/save").Output, Does.Not.Contain("web1"), "xendomains restores all that it finds");
        Assert.That(Host.RootShell("ls -A /var/lib/xen/save").Output, Does.Match("\\.web1\\.stale-[0-9]+"));
    }

    // for some seconds after a domain is gone its name is not
    [Test]
    public void ANameThatIsStillTakenIsWaitedFor()
    {
        GivenRunning("web1");
        Ending(new AtEnd(() => Host.RootShell("rm -f /run/refused")));
        GivenToolstack("""
            if [ "$1" = create ] && [ "$2" != -n ] && [ "$(cat /run/refused 2>/dev/null | wc -l)" -lt 3 ]; then
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
}
