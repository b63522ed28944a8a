using System.Globalization;
using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Jobs;
using XenShell.Worker;

namespace XenShell.Tests.Worker;

/// <summary>What becomes of a job; its image is a program of root's, which does what the test wants.</summary>
public sealed class CourseTests : WorkerTest
{
    [Test]
    public void AProgramLearnsWhatToBuildAndTellsHowFarItIs()
    {
        Program("env | grep ^XEN_SHELL | sort; echo phase adding salt; echo percent 50; tar -tf $XEN_SHELL_OVERLAY | grep host; cat $XEN_SHELL_PASSWORD; echo new > $XEN_SHELL_DISK");
        var ordered = Order() with { HasPassword = true };
        Directory.CreateDirectory(Host.At("run/xen-shell/work/abc234"));
        File.WriteAllText(JobStore.PasswordOf(Host.Layout, "abc234"), "a hash\n");
        var job = Work(ordered);
        Assert.That(job.Stage, Is.EqualTo(JobStage.Built), job.Result);
        Assert.That(job.Steps[0].IncomingIdentity, Is.Not.Null);
        Assert.That(File.ReadAllText(Host.At("srv/web1.img.xs-new-abc234")), Is.EqualTo("new\n"));
        Assert.That(Store.LogTail("abc234", 20), Is.EqualTo(new[]
        {
            $"XEN_SHELL_DISK={Host.At("srv/web1.img.xs-new-abc234")}", "XEN_SHELL_GUEST=web1", "XEN_SHELL_IMAGE=tiny", "XEN_SHELL_JOB=abc234",
            $"XEN_SHELL_OVERLAY={Host.At("run/xen-shell/work/abc234/overlay.tar")}",
            $"XEN_SHELL_PASSWORD={Host.At("run/xen-shell/work/abc234/password")}", "XEN_SHELL_SWAP=",
            "phase adding salt", "percent 50", "./etc/hostname", "./etc/hosts",
            "./etc/ssh/ssh_host_ed25519_key", "./etc/ssh/ssh_host_ed25519_key.pub", "./etc/ssh/ssh_host_ecdsa_key", "./etc/ssh/ssh_host_ecdsa_key.pub",
            "./etc/ssh/ssh_host_rsa_key", "./etc/ssh/ssh_host_rsa_key.pub", "a hash",
        }));
        Assert.That(Store.Progress("abc234"), Is.EqualTo(new JobProgress("adding salt", 5)), "a look at it twice a second");
    }

    // GK: a loader's variable, or a folder in PATH, of whoever started the gate
    [Test]
    public void AProgramGetsNothingElseOfTheEnvironment()
    {
        Environment.SetEnvironmentVariable("XEN_SHELL_TEST", "leak");
        Program("env | cut -d= -f1 | grep -v XEN_SHELL_[DGIJOPS] | sort");
        Work(Order());
        Assert.That(Store.LogTail("abc234", 20), Is.EqualTo(new[] { "HOME", "LC_ALL", "PATH", "PWD", "SHLVL", "_" }).Or.EqualTo(new[] { "HOME", "LC_ALL", "PATH", "PWD" }));
    }

    [Test]
    public void AFailedProgramLeavesTheGuestAsItWas()
    {
        Program("echo no mirror; exit 3");
        var job = Work(Order());
        Assert.That((job.Stage, job.Result), Is.EqualTo((JobStage.Failed, "the image's program ended with 3; web1 is as it was")));
        Assert.That(job.Ended, Is.Not.Null);
        Assert.That(Store.LogTail("abc234", 20), Is.EqualTo(new[] { "no mirror" }));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
        Assert.That(Path.Exists(Host.At("run/xen-shell/work/abc234")), Is.False);
    }

    [Test]
    public async Task WhoeverCancelsGetsTheGuestAsItWas()
    {
        Program("echo started; sleep 600 & sleep 600");
        var order = Order();
        var work = Task.Run(() => Work(order));
        await Until(() => Store.LogTail("abc234", 1) is ["started"]);
        Store.AskToCancel("abc234", "alice");
        var job = await work;
        Assert.That((job.Stage, job.Result), Is.EqualTo((JobStage.Cancelled, "cancelled by alice; web1 is as it was")));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
        Assert.That(Store.IsAlive("abc234"), Is.False, "what the program left behind has the job's lock");
    }

    // what a builder leaves behind would go on writing to the disk of a guest that runs on it
    [Test]
    public void WhatAProgramLeavesBehindIsEnded()
    {
        Program("sleep 600 & echo done");
        Assert.That(Work(Order()).Stage, Is.EqualTo(JobStage.Built));
        Assert.That(Store.IsAlive("abc234"), Is.False);
    }

    // the same in a session of its own, as daemons do, and once more removed
    [TestCase("setsid sh -c 'echo $$ > {0}; exec sleep 60' &")]
    [TestCase("setsid sh -c 'setsid sh -c \"echo \\$\\$ > {0}; exec sleep 60\" & sleep 60' &")]
    public void WhatHasLeftTheSessionIsEndedToo(string script)
    {
        var pid = Host.At("srv/pid");
        Program($"{string.Format(CultureInfo.InvariantCulture, script, pid)}\nwhile [ ! -s {pid} ]; do sleep 0.02; done");
        Assert.That(Work(Order()).Stage, Is.EqualTo(JobStage.Built));
        Assert.That(Path.Exists($"/proc/{File.ReadAllText(pid).Trim()}"), Is.False);
        Assert.That(Store.IsAlive("abc234"), Is.False);
    }

    [Test]
    public async Task OnlySoManyJobsBuildAtOnceAndTheRestWaitTheirTurn()
    {
        Program($"echo $XEN_SHELL_JOB >> {Host.At("srv/order")}; while [ ! -e {Host.At("srv/go-")}$XEN_SHELL_JOB ]; do sleep 0.05; done");
        foreach (var id in new[] { "aaa222", "bbb333", "ccc444" })
        {
            Order(id);
        }

        var later = Store.Find("aaa222")! with { Created = 1_800_000_009 }; // ordered last
        Store.Write(later);
        var second = Task.Run(() => Work(Store.Find("bbb333")!, most: 1));
        await Until(() => Store.Find("bbb333")!.Stage == JobStage.Building && File.Exists(Host.At("srv/order")));
        var third = Task.Run(() => Work(Store.Find("ccc444")!, most: 1));
        await Until(() => Store.Progress("ccc444").Phase == "next in line");
        var last = Task.Run(() => Work(later, most: 1));
        await Until(() => Store.Progress("aaa222").Phase == "2 in line");
        Assert.That(Store.Find("ccc444")!.Stage, Is.EqualTo(JobStage.Waiting));
        Assert.That(JobWords.Of(Store.Find("ccc444")!, isAlive: true), Is.EqualTo("waiting"));
        foreach (var (id, work) in new[] { ("bbb333", second), ("ccc444", third), ("aaa222", last) })
        {
            File.WriteAllText(Host.At($"srv/go-{id}"), "");
            Assert.That((await work).Stage, Is.EqualTo(JobStage.Built));
        }

        Assert.That(File.ReadAllLines(Host.At("srv/order")), Is.EqualTo(new[] { "bbb333", "ccc444", "aaa222" }));
    }

    [Test]
    public void WhoeverWaitsInLineCanBeCancelled()
    {
        Program("true");
        Order("bbb333");
        Store.Write(Store.Find("bbb333")! with { Stage = JobStage.Building });
        using var held = Store.TryLock("bbb333");
        var job = Order();
        Store.AskToCancel(job.Id, "bob");
        Assert.That(Work(job, most: 1).Stage, Is.EqualTo(JobStage.Cancelled));
    }

    [Test]
    public void AJobWhoseWorkerWasKilledHoldsUpNobody()
    {
        Program("true");
        Order("bbb333");
        Store.Write(Store.Find("bbb333")! with { Stage = JobStage.Building });
        Assert.That(Work(Order(), most: 1).Stage, Is.EqualTo(JobStage.Built));
    }

    // the power goes when the record says that the disk is whole, and its blocks are still in memory
    [TestCase("")]
    [TestCase("; mkfifo $XEN_SHELL_DISK")]
    public void ANewDiskThatCannotBeMadeToLastIsNotBuilt(string instead)
    {
        Program($"rm $XEN_SHELL_DISK {instead}");
        Assert.That(Work(Order()).Stage, Is.Not.EqualTo(JobStage.Built));
    }

    // an administrator has exchanged the disk between the order and its turn
    [Test]
    public void AnotherDiskThanTheOneOfTheOrderIsNotReplaced()
    {
        Program("true");
        var job = Order();
        File.Move(Host.At("srv/web1.img"), Host.At("srv/before.img"));
        Disk("srv/web1.img", 30 * Mib);
        Assert.That(Work(job).Result, Does.StartWith("the guest's disk is no longer the one that this was ordered for"));
    }

    [TestCase("srv/db1.img", "the guest's file names other disks")]
    [TestCase(null, "the guest's file is gone")]
    public void AnotherFileThanTheOneOfTheOrderBuildsNothing(string? disk, string said)
    {
        Program("true");
        var job = Order();
        if (disk is null)
        {
            File.Delete(Host.At("etc/xen/web1.cfg"));
        }
        else
        {
            Host.Guest("web1", $"disk = [ 'file:{Disk(disk, Mib)},xvda2,w' ]");
        }

        Assert.That(Work(job).Result, Does.StartWith(said));
        Assert.That(Directory.GetFiles(Host.At("srv"), "*xs-new*"), Is.Empty);
    }

    // a record that was changed by hand names a volume of another guest's as the one to make
    [Test]
    public void OnlyAVolumeOfTheJobsOwnNameIsMade()
    {
        Program("echo owned > $XEN_SHELL_DISK");
        var job = Order();
        var foreign = Disk("srv/db1.img", 0);
        File.WriteAllText(foreign, "db1");
        var changed = job with { Steps = [job.Steps[0] with { Incoming = foreign }] };
        Store.Write(changed);
        Assert.That(Work(changed).Stage, Is.EqualTo(JobStage.Failed));
        Assert.That(File.ReadAllText(foreign), Is.EqualTo("db1"));
    }

    [Test]
    public void WithoutRoomForTheNewDiskNothingIsLeft()
    {
        Program("true");
        Disk("srv/web1.img", 1L << 43);
        var job = Work(Order());
        Assert.That(job.Result, Does.StartWith("the host has no room for a new disk beside the old one by now"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    // the host's disk is full while a job is at work, which needs no more of it
    [Test]
    public void WhatCannotBeToldEndsNoJob()
    {
        Program("echo phase adding salt; echo percent 50");
        var order = Order();
        foreach (var name in new[] { "progress.json", "log" })
        {
            Directory.CreateDirectory($"{Store.FolderOf(order.Id)}/{name}/in the way");
        }

        Assert.That(Work(order).Stage, Is.EqualTo(JobStage.Built));
    }

    // the same when it has failed: nobody is left to catch what its end throws
    [Test]
    public void AnEndThatCannotBeRecordedIsSettledLater()
    {
        var record = $"{Store.FolderOf("abc234")}.json";
        Program($"mv {record} {record}-kept; mkdir {record}; exit 3");
        var order = Order();
        using (var mine = Store.TryLock(order.Id)!)
        {
            Assert.That(new Course(Host.Layout, SettingsReader.Read(Host.Layout), Store, mine, order).Run(), Is.EqualTo(ExitCode.Failed));
        }

        Assert.That(Disks, Is.EqualTo(new[] { "web1.img", "web1.img.xs-new-abc234" }), "it goes when it is known that the job is over");
        Assert.That(Path.Exists(Host.At("run/xen-shell/work/abc234")), Is.False);
        Directory.Delete(record);
        File.Move($"{record}-kept", record);
        Assert.That(Store.Find(order.Id)!.Stage, Is.EqualTo(JobStage.Building));
        Assert.That(new JobRecovery(Host.Layout, Store, TimeSpan.Zero).Settle(order).Result, Is.EqualTo("was interrupted; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    // the new disk cannot be removed, and the hash of a password would stay where the job has worked
    [Test]
    public void ADiskThatCannotBeRemovedKeepsNothingElse()
    {
        Program("rm $XEN_SHELL_DISK; mkdir $XEN_SHELL_DISK; exit 3");
        var order = Order();
        using (var mine = Store.TryLock(order.Id)!)
        {
            Assert.That(new Course(Host.Layout, SettingsReader.Read(Host.Layout), Store, mine, order).Run(), Is.EqualTo(ExitCode.Failed));
        }

        Assert.That((Store.Find(order.Id)!.Stage, Store.Find(order.Id)!.HasLeftovers), Is.EqualTo((JobStage.Failed, true)));
        Assert.That(Path.Exists(Host.At("run/xen-shell/work/abc234")), Is.False);
    }

    [Test]
    public void LinesAreCutAndOpenOnesCount()
    {
        var lines = new List<string>();
        var splitter = new LineSplitter(lines.Add);
        var (read, write) = Core.Native.Fd.Pipe();
        using (read)
        {
            using (write)
            {
                write.WriteAll("10 %\r20 %\r\nend"u8);
            }

            while (splitter.ReadFrom(read))
            {
            }
        }

        splitter.End();
        Assert.That(lines, Is.EqualTo(new[] { "10 %", "20 %", "end" }));
    }

    private void Program(string script)
    {
        var path = Host.Write("srv/build-it", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        Image($"method = command\nprogram = {path}");
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.That(tries, Is.LessThan(3000), "it has not come");
            await Task.Delay(20);
        }
    }
}
