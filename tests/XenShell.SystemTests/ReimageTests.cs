using System.Text.RegularExpressions;
using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A new system on a guest, as its people order it over ssh.</summary>
[OnSimulator]
public sealed class ReimageTests(HostKind kind) : ReimageTest(kind)
{
    [Test]
    public void AGuestGetsANewSystemAndItsOldOneBack()
    {
        var file = Host.Read("/etc/xen/web1.cfg");
        var job = Ordered("tiny");
        Assert.That(As("bob").Run($"jobs {job} --follow").Done().Output, Does.EndWith("web1: done: has its new system, tiny\n"));
        ExpectGreeting("A new system");
        Assert.That(As("bob").Run("reimage --undo web1 --confirm web1").Refused(ExitCode.WrongState), Does.Contain("web1 is running; --shutdown"));
        Assert.That(As("bob").Run("reimage --undo --confirm web1 --shutdown").Done().Output, Does.Contain($"web1 has the system from before {job} again\n").And.EndWith("web1 is running\n"));
        Wait.Until("greeting", Seconds(15), () => Host.Read(ConsoleLog("web1")).Contains("The old system web1 hvc0", StringComparison.Ordinal));
        Assert.That(Host.Read("/etc/xen/web1.cfg"), Is.EqualTo(file), "not changed by a byte");
        Assert.That(As("bob").Run("jobs").Done().Output.Split('\n'), Has.Length.EqualTo(3));
        Assert.That(Disks(), Does.Match("^web1.img\nweb1.img.xs-old-[2-9a-z]{6}$"), "what the new one had is kept in turn");
    }

    [Test]
    public void ARunningGuestGoesOnUntilItsNewSystemIsWhole()
    {
        As("bob").Run("boot web1").Done();
        var before = DomainId("web1");
        Assert.That(As("bob").Run("reimage web1 slow --confirm web1").Refused(ExitCode.WrongState), Does.Contain("web1 is not off; --shutdown"));
        var job = Ordered("slow", "--shutdown");
        ExpectJob(job, "building");
        Assert.That(DomainId("web1"), Is.EqualTo(before));
        Let();
        ExpectJob(job, "done");
        ExpectState("web1", "running");
        Assert.That(DomainId("web1"), Is.Not.EqualTo(before));
        Wait.Until("greeting", Seconds(15), () => Host.Read(ConsoleLog("web1")).Contains("A new system web1 hvc0", StringComparison.Ordinal));
    }

    [Test]
    public void ADroppedConnectionChangesNothing()
    {
        var first = AgainAs("bob");
        var job = first.Run("reimage web1 slow --confirm web1").Done().Output.Split(' ')[1];
        var screen = first.Terminal();
        first.Dispose();
        Wait.Until("half of it", Seconds(10), () => As("bob").Run("jobs").Done().Output.Contains("building 51 %", StringComparison.Ordinal));
        Let();
        Assert.That(As("bob").Run($"jobs {job} --follow").Done().Output, Does.EndWith("web1: done: has its new system, slow\n"));
        ExpectGreeting("A new system");
    }

    [Test]
    public void AtThePromptTheGuestsNameIsTypedAfterTheQuestion()
    {
        var prompt = AtThePrompt("bob");
        prompt.Expect("xen-shell[web1]> ");
        prompt.Enter("reimage tiny").Expect("gets a new system: tiny (Tiny)");
        prompt.Expect("Type web1 to do it, or Enter to leave it: ");
        prompt.Enter("web2").Expect("nothing was done");
        prompt.Enter("reimage tiny").Expect("to leave it: ");
        prompt.Enter("web1").Expect("has begun");
        Assert.That(As("bob").Run("jobs").Done().Output.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    // what was typed ahead, or pasted, was typed for another question
    [Test]
    public void AnAnswerBeforeTheQuestionDoesNotCount()
    {
        var prompt = AtThePrompt("bob");
        prompt.Expect("xen-shell[web1]> ");
        prompt.Type("reimage tiny\rweb1\r").Expect("to leave it: ");
        prompt.Think().Enter().Expect("nothing was done");
        Assert.That(As("bob").Run("jobs").Done().Output, Does.StartWith("no jobs"));
    }

    [Test]
    public void WithoutTheNameNothingHappens()
    {
        var before = StateOfTheHost() + Disks();
        Assert.That(As("bob").Run("reimage web1 tiny").Refused(ExitCode.Usage), Does.Contain("--confirm=web1 does it"));
        Assert.That(As("bob").Run("reimage web1 tiny --confirm=web2").Refused(ExitCode.Usage), Does.Contain("names web2"));
        Assert.That(AsBob("sudo -n /usr/lib/xen-shell/xen-shell-gate reimage web1 tiny").Refused(ExitCode.Usage), Does.Contain("--confirm=web1"), "nor past the shell");
        Assert.That(As("bob").Run("reimage web1 tiny --plan").Done().Output, Does.StartWith("web1 gets a new system: tiny (Tiny).\n  xvda2, 16 MiB: a new disk is built beside it"));
        Assert.That(StateOfTheHost() + Disks(), Is.EqualTo(before));
    }

    [Test]
    public void EveryProblemIsToldBeforeAnythingIsBuilt()
    {
        Host.RootShell("echo 'min_disk = 900' >>/etc/xen-shell/images.d/tiny.conf; echo 'min_memory = 900' >>/etc/xen-shell/images.d/tiny.conf").Done();
        As("bob").Run("boot web1").Done();
        var answer = As("bob").Run("reimage web1 tiny --confirm web1");
        Assert.That(answer.Error, Does.Contain("web1 is not off").And.Contain("needs a disk of 900 MiB, and web1 has 16").And.Contain("needs 900 MiB of memory, and web1 has 96"));
        Assert.That((answer.ExitCode, Disks()), Is.EqualTo((ExitCode.Failed, "web1.img")));
        Assert.That(As("bob").Run("jobs").Done().Output, Does.StartWith("no jobs"));
    }

    [TestCase("file:/srv/reimage/web1.img,xvda2,r", "its disk cannot be written by it")]
    [TestCase("format=qcow2,vdev=xvda2,access=w,target=/srv/reimage/web1.img", "neither a logical volume nor a raw image file")]
    [TestCase("file:/srv/reimage/none.img,xvda2,w", "its image file is missing")]
    public void ADiskThatCannotBeReplacedIsRefused(string line, string said)
    {
        GivenDisk("web1", line);
        Assert.That(As("bob").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.Failed), Does.Contain(said));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
    }

    [Test]
    public void AGuestHasOneJobAtATimeAndTheHostSoMany()
    {
        GivenSetting("max_jobs = 1");
        var job = Ordered("slow");
        ExpectJob(job, "building");
        Assert.That(As("bob").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.Busy), Does.Contain($"reimage {job} of bob is under way"));
        GivenOff("web2");
        Host.RootShell("truncate -s 16M /srv/reimage/web2.img").Done();
        GivenDisk("web2", "file:/srv/reimage/web2.img,xvda2,w");
        var second = As("alice").Run("reimage web2 tiny --confirm web2").Done().Output.Split(' ')[1];
        Wait.Until("in line", Seconds(10), () => As("alice").Run($"jobs {second}").Done().Output.Contains("waiting 0 %, next in line", StringComparison.Ordinal));
        Let();
        Assert.That(As("alice").Run($"jobs {second} --follow").Done().Output, Does.EndWith("web2: done: has its new system, tiny\n"));
    }

    // CA: xl's own process of the guest stays in it for the guest's lives, and what root unmounts must be unmounted there as well
    [Test]
    public void AJobHasTheHostsOwnMounts()
    {
        ExpectJob(Ordered("slow"), "building");
        Assert.That(Host.RootShell("readlink /proc/$(pgrep -x xen-shell-worke)/ns/mnt").Done().Output, Is.EqualTo(Host.RootShell("readlink /proc/self/ns/mnt").Done().Output));
    }

    [Test]
    public void WhoCancelsHasTheGuestAsItWas()
    {
        var job = Ordered("slow");
        ExpectJob(job, "building");
        Assert.That(As("bob").Run("boot web1").Refused(ExitCode.Busy), Does.Contain($"'jobs {job} --cancel' ends it"));
        Assert.That(As("bob").Run($"jobs {job} --cancel").Done().Output, Is.EqualTo("web1: cancelled by bob; web1 is as it was\n"));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
        Assert.That(Host.RootShell("pgrep -f '[/]srv/images/slow'").Output, Is.Empty);
        Assert.That(As("bob").Run($"jobs {job} --cancel").Refused(ExitCode.WrongState), Does.Contain("is over"));
        ExpectGreeting("The old system");
    }

    // the build takes its time, and bob is no owner by then
    [Test]
    public void WhoIsRevokedMeanwhileChangesNothing()
    {
        var job = Ordered("slow");
        GivenGrants("web1", "alice:owner");
        Assert.That(As("bob").Run($"jobs {job}").Refused(ExitCode.NotAllowed), Is.EqualTo($"xen-shell: {job}: no such job; 'jobs' lists yours"));
        Let();
        Wait.Until("over", Seconds(20), () => Job(job, "staff").GetProperty("state").GetString() == "failed");
        Assert.That(As("alice").Run($"jobs {job}").Refused(ExitCode.NotAllowed), Does.Contain("no such job"), "nor is it of her time");
        Assert.That(Job(job, "staff").GetProperty("result").GetString(), Does.Contain("no such guest").And.EndWith("web1 has its old disk still"));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
    }

    [Test]
    public void OthersNeitherOrderNorSeeJobs()
    {
        var job = Ordered("slow");
        Assert.That(As("alice").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.NotAllowed), Does.Contain("is not open to you as its operator"));
        Assert.That(As("mallory").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.NotAllowed), Does.Contain("no such guest"));
        foreach (var who in new[] { "alice", "mallory" })
        {
            Assert.That(As(who).Run($"jobs {job}").Refused(ExitCode.NotAllowed), Is.EqualTo(As(who).Run("jobs zzzzzz").Refused(ExitCode.NotAllowed).Replace("zzzzzz", job, StringComparison.Ordinal)));
            Assert.That(As(who).Run($"jobs {job} --cancel").Refused(ExitCode.NotAllowed), Does.Contain("no such job"));
            Assert.That(As(who).Run("jobs").Done().Output, Does.StartWith("no jobs"));
        }

        Assert.That(As("staff").Run("jobs").Done().Output, Does.Contain(job));
    }

    [Test]
    public void StaffSayWhyAndTheOwnerCanReadIt()
    {
        Assert.That(As("staff").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.Usage), Does.Contain("--reason"));
        var mark = RecordMark();
        var job = Ordered("tiny", "--reason=\"disk is full; ticket 4711\"", "staff");
        Assert.That(RecordsSince(mark)[0].GetProperty("words").GetString(), Does.Contain("--reason=disk is full; ticket 4711"));
        ExpectJob(job, "done");
        Assert.That(As("bob").Run($"jobs {job}").Done().Output, Does.Contain("by            staff").And.Contain("reason        disk is full; ticket 4711"));
        Assert.That(Host.RootShell($"debugfs -R 'cat /root/.ssh/authorized_keys' {Disk} 2>/dev/null").Output.Trim(), Does.EndWith(" bob"), "the owner's keys, and not staff's");
    }

    // TU, CA: a password in a log, a record, a job or a list of processes
    [Test]
    public void APasswordIsShownOnceAndStandsNowhere()
    {
        Host.RootShell("rm -f /run/cmdlines; (while :; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; sleep 0.02; done) >/run/cmdlines 2>/dev/null & echo $! >/run/sampler").Done();
        var answer = As("bob").Run("reimage web1 slow --confirm web1 --password").Done();
        var password = Regex.Match(answer.Output, "shown only now: ([2-9a-zA]{20})\n").Groups[1].Value;
        Assert.That(password, Has.Length.EqualTo(20));
        Let();
        var job = answer.Output.Split(' ')[1];
        ExpectJob(job, "done");
        Host.RootShell("kill $(cat /run/sampler); rm /run/sampler").Done();
        Assert.That(Host.Read("/run/cmdlines"), Does.Contain("xen-shell-worker"), "they were looked at");
        Assert.That(Host.RootShell($"grep -rl {password} /var/log /var/lib/xen-shell /run/xen-shell /run/cmdlines /srv 2>/dev/null | grep -v '^{Disk}$'").Output, Is.Empty);
        Assert.That(Host.RootShell("ls -A /run/xen-shell/work").Output, Is.Empty, "nor its hash");
    }

    // a worker that is killed, with the power or by hand: one new volume, which the next command takes away
    [Test]
    public void AKilledWorkerIsPutRightByTheNextCommand()
    {
        var job = Ordered("slow");
        Wait.Until("the program runs", Seconds(10), () => Job(job).TryGetProperty("phase", out var phase) && phase.GetString() == "waiting");
        Host.RootShell("pkill -KILL -x xen-shell-worke; pkill -KILL -f '[/]srv/images/slow'").Done();
        ExpectJob(job, "interrupted");
        Assert.That(As("bob").Run("boot web1").Done().Output, Does.EndWith($"web1: its reimage {job} was interrupted; web1 is as it was\n"));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
        Wait.Until("greeting", Seconds(15), () => Host.Read(ConsoleLog("web1")).Contains("The old system web1 hvc0", StringComparison.Ordinal));
    }

    [Test]
    public void AnAdministratorsReimageWithoutAJobIsNone()
    {
        Assert.That(As("bob").Run("reimage --undo web1 --confirm web1").Refused(ExitCode.WrongState), Does.Contain("no old system of it is kept"));
        Assert.That(As("bob").Run("reimage --resume web1").Refused(ExitCode.WrongState), Does.Contain("nothing to go on with"));
        Assert.That(As("bob").Run("reimage --status web1").Done().Output, Is.EqualTo("this guest has had no new system yet\n"));
    }

    [Test]
    public void AnOldDiskIsRemovedWhenItsTimeIsUp()
    {
        var job = Ordered("tiny");
        ExpectJob(job, "done");
        Assert.That(Host.Root("xen-shell-admin", "reap").Done().Output, Is.Empty);
        Host.RootShell($"sed -i 's/\"kept_until\":[0-9]*/\"kept_until\":1/' /var/lib/xen-shell/jobs/{job}.json").Done();
        Assert.That(Host.Root("xen-shell-admin", "reap").Done().Output, Does.StartWith($"{Disk}.xs-old-{job} was removed"));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
        Assert.That(As("bob").Run("reimage --undo web1 --confirm web1").Refused(ExitCode.WrongState), Does.Contain("no old system of it is kept"));
    }

    // the guest was moved, and its old folder is gone with what was put aside there
    [Test]
    public void WhatIsNotLookedAfterAnyMoreIsTakenOffTheList()
    {
        var job = Ordered("tiny");
        ExpectJob(job, "done");
        Assert.That(Host.Root("xen-shell-admin", "job", "clear", job).Done().Output, Is.EqualTo($"{Disk}.xs-old-{job} is kept for nobody any more, and not removed\n"));
        Assert.That(As("bob").Run("reimage --undo web1 --confirm web1").Refused(ExitCode.WrongState), Does.Contain("no old system of it is kept"));
        Assert.That(Disks(), Is.EqualTo($"web1.img\nweb1.img.xs-old-{job}"));
        Assert.That(Host.Root("xen-shell-admin", "job", "clear", job).Refused(ExitCode.WrongState), Does.Contain("is over"));
    }

    // somebody has taken the new disk away while nobody knew which of the two it would be
    [Test]
    public void WhatGoesNeitherOnNorBackIsForTheAdministrator()
    {
        var job = Ordered("tiny");
        ExpectJob(job, "done");
        Host.RootShell($"sed -i 's/\"stage\":\"Done\"/\"stage\":\"Swapping\"/' /var/lib/xen-shell/jobs/{job}.json; mv {Disk} /srv/reimage/taken; : >{Disk}").Done();
        Assert.That(As("bob").Run("boot web1").Refused(ExitCode.Failed), Does.Contain("its disks are not where that left them; please tell the administrator"));
        Host.RootShell($"mv {Disk}.xs-old-{job} {Disk}").Done();
        Assert.That(Host.Root("xen-shell-admin", "job", "clear", job).Done().Output, Does.StartWith($"web1 boots from {Disk}; the old disk was to become"));
        ExpectGreeting("The old system");
    }

    // somebody took the new disk away in the middle: the way back does not need it
    [Test]
    public void TheWayBackFromHalfwayNeedsNoNewDisk()
    {
        var job = Ordered("tiny");
        ExpectJob(job, "done");
        Host.RootShell($"sed -i 's/\"stage\":\"Done\"/\"stage\":\"Swapping\"/' /var/lib/xen-shell/jobs/{job}.json; rm {Disk}").Done();
        Assert.That(As("bob").Run("boot web1").Refused(ExitCode.Busy), Does.Contain("was cut off halfway"));
        Assert.That(As("bob").Run("reimage --undo web1 --confirm web1").Done().Output, Does.Contain("taken back; all is as it was"));
        ExpectGreeting("The old system");
    }

    // TU: each leaves a disk behind for days, until the host is full
    [Test]
    public void OnlySoManyEarlierSystemsAreKept()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            ExpectJob(Ordered("tiny"), "done");
        }

        Assert.That(As("bob").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.Busy), Does.Contain("2 earlier systems of it are kept"));
        Assert.That(Disks().Split('\n'), Has.Length.EqualTo(3));
        As("bob").Run("reimage --undo web1 --confirm web1").Done();
    }

    // TU: a record each, and there is room for so many
    [Test]
    public void JobsThatAreOverAreForgottenWhereThereAreMany()
    {
        Host.RootShell("""
            mkdir -p -m 700 /var/lib/xen-shell/jobs
            for n in $(seq 10 49); do
                id=aa$(echo $n | tr 01 ab)22
                echo '{"id":"'$id'","kind":"Reimage","guest":"web1","user":"bob","uid":2000,"owners":["bob"],"created":'$n',"stage":"Failed","guest_file":"","steps":[]}' >/var/lib/xen-shell/jobs/$id.json
                mkdir /var/lib/xen-shell/jobs/$id
            done
            chmod 600 /var/lib/xen-shell/jobs/*.json
            """).Done();
        ExpectJob(Ordered("tiny"), "done");
        Assert.That(As("bob").Run("jobs").Done().Output.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(21));
    }

    [TestCase("bob")]
    [TestCase("staff")]
    public void NobodyElseIsAnAdministrator(string who)
    {
        Assert.That(Host.Root("runuser", "-u", who, "--", "xen-shell-admin", "reap").Refused(ExitCode.NotAllowed), Is.EqualTo("xen-shell-admin: this is for root"));
        Assert.That(Host.Root("runuser", "-u", who, "--", "sudo", "-n", "/usr/sbin/xen-shell-admin", "reap").Code, Is.Not.Zero);
    }
}
