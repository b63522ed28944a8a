using System.Text.Json;
using System.Text.RegularExpressions;
using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>images, over ssh: what a guest can get.</summary>
[OnSimulator]
public sealed class ImagesTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void AnOwnerSeesWhatTheGuestCanGet()
    {
        GivenImages();
        Assert.That(As("bob").Run("images").Done().Output, Is.EqualTo("debian-13  Debian 13 (trixie)\n    A small Debian with ssh.\n    needs a disk of 900 MiB\n"));
        using var document = JsonDocument.Parse(As("bob").Run("images web1 --json").Done().Output);
        var image = document.RootElement.GetProperty("images")[0];
        Assert.That((image.GetProperty("name").GetString(), image.GetProperty("min_disk_mib").GetInt64()), Is.EqualTo(("debian-13", 900)));
    }

    [Test]
    public void OnTheScreenNoWordIsCutByTheEdge()
    {
        GivenImages();
        Host.RootShell("sed -i 's/^description.*/description = A small Debian with ssh, ifupdown and a login prompt on the console; it grows to the disk./' /etc/xen-shell/images.d/debian-13.conf").Done();
        var screen = As("bob").Terminal();
        screen.Shows("you are").Type(":images\r").Shows(new Regex("^    A small Debian .* on the console; it$")).Shows(new Regex("^    grows to the disk\\.$"));
        screen.Type("\e").Shows("you are").Type("q").ExpectEnd();
    }

    [Test]
    public void WhoMayNotReimageIsToldNothing()
    {
        GivenImages();
        GivenGrants("web1", "bob:operator");
        Assert.That(As("bob").Run("images web1").Refused(ExitCode.NotAllowed), Does.Contain("images is not open to you as its operator"));
        Assert.That(As("bob").Run("images web2").Refused(ExitCode.NotAllowed), Is.EqualTo(As("bob").Run("images nosuch").Refused(ExitCode.NotAllowed).Replace("nosuch", "web2", StringComparison.Ordinal)));
    }

    // CA: an archive in a folder that others write
    [TestCase("chmod 666 /srv/images/base.tar", "source", "can be written by others")]
    [TestCase("chown bob /srv/images/base.tar", "source", "")]
    [TestCase("ln -sf /home/bob/base.tar /srv/images/base.tar", "source", "")]
    [TestCase("rm /srv/images/base.tar; mkfifo /srv/images/base.tar", "source", "is not a file")]
    [TestCase("chown bob /etc/xen-shell/images.d/debian-13.conf", "", "")]
    public void WhatIsNotRootsIsNoImageAndOnRecord(string change, string key, string reason)
    {
        GivenImages();
        Host.RootShell(change).Done();
        var mark = RecordMark();
        Assert.That(As("bob").Run("images").Done().Output, Is.EqualTo("no image is open to you for web1; please ask your provider\n"));
        var problem = RecordsSince(mark).Single(record => record.GetProperty("event").GetString() == "problem").GetProperty("reason").GetString();
        Assert.That(problem, Does.StartWith("/etc/xen-shell/images.d/debian-13.conf").And.Contain(key.Length > 0 ? $":5: {key}: " : "").And.Contain(reason));
        Assert.That(As("staff").Run("images web1").Done().Output, Does.StartWith("an image file is refused: /etc/xen-shell/images.d/debian-13.conf; the host's record says why\n"));
        Assert.That(Host.Root("/usr/lib/xen-shell/xen-shell-gate", "--check").Output, Does.Contain("debian-13.conf"));
    }

    private void GivenImages()
    {
        Ending(new AtEnd(() => Host.RootShell("rm -rf /etc/xen-shell/images.d /srv/images")));
        Host.RootShell("""
            mkdir -p /etc/xen-shell/images.d /srv/images && : >/srv/images/base.tar
            cat >/etc/xen-shell/images.d/debian-13.conf <<'END'
            # remark
            title = Debian 13 (trixie)
            description = A small Debian with ssh.
            method = tar
            source = /srv/images/base.tar
            min_disk = 900
            END
            """).Done();
    }
}
