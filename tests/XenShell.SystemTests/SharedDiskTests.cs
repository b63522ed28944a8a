using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A disk that two guests write is lost: it is opened once, by whatever name, however either was started.</summary>
[OnEveryHost]
public sealed class SharedDiskTests(HostKind kind) : HostTest(kind)
{
    private const string InUse = "its disk xvda is in use by another guest";

    private readonly bool isReal = kind == HostKind.Lab;

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

    // its path has led elsewhere since: what the guest was started with is what it has
    [TestCase("mv /srv/disks/one.img /srv/disks/kept.img && truncate -s 4M /srv/disks/one.img")]
    [TestCase("mv /srv/disks/one.img /srv/disks/kept.img && truncate -s 4M /srv/disks/other.img && ln -s other.img /srv/disks/one.img")]
    public void AnImageThatWasMovedUnderItsGuestIsStillThatGuests(string move)
    {
        GivenOff("web1", "web2");
        GivenDisk("web2", "/srv/disks/one.img,raw,xvda,rw");
        GivenDisk("web1", "/srv/disks/kept.img,raw,xvda,rw");
        Host.RootShell("rm -rf /srv/disks && mkdir /srv/disks && truncate -s 4M /srv/disks/one.img").Done();
        As("alice").Run("boot web2 --no-wait").Done();
        Host.RootShell(move).Done();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain(InUse));
        Assert.That(DomainId("web1"), Is.Null);
    }

    // the old life is still shown with its old disks, and the new one has others
    [Test]
    public async Task AGuestThatIsResetHasTheDisksThatItIsAboutToGet()
    {
        GivenOff("web1", "web2");
        Host.RootShell("rm -rf /srv/disks && mkdir /srv/disks && truncate -s 4M /srv/disks/one.img /srv/disks/two.img").Done();
        GivenDisk("web2", "/srv/disks/one.img,raw,xvda,rw");
        var alice = As("alice");
        alice.Run("boot web2 --no-wait").Done();
        GivenDisk("web2", "/srv/disks/two.img,raw,xvda,rw");
        GivenDisk("web1", "/srv/disks/two.img,raw,xvda,rw");
        Host.RootShell("rm -f /run/created /run/go; mkfifo /run/created /run/go").Done();
        GivenToolstack($"""[ "$1" != destroy ] || {'{'} echo x >/run/created; cat /run/go >/dev/null; {'}'}; exec {Host.Xl} "$@" """);
        var reset = Task.Run(() => alice.Run("reset web2 --no-wait"));
        Host.RootShell("timeout 60 cat /run/created").Done();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain(InUse));
        Host.RootShell("echo x >/run/go").Done();
        (await reset).Done();
    }

    // xl says what is wrong with it; until then nobody can say whose disk it is
    [Test]
    public void ADiskLineThatIsNotUnderstoodStartsNothing()
    {
        GivenOff("web1");
        GivenDisk("web1", "/srv/disks/one.img,raw,xvda,rw,too,many");
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Failed), Does.Contain("a disk in its file is not understood").And.Not.Contain("/srv"));
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.Contain("/srv/disks/one.img,raw,xvda,rw,too,many"));
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
}
