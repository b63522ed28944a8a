using System.Diagnostics;
using System.Globalization;
using XenShell.Core.Jobs;
using XenShell.Core.Native;

namespace XenShell.Tests.Worker;

/// <summary>What the worker makes of the gate's answer, when the disks are whole.</summary>
public sealed class HandOverTests : WorkerTest
{
    private string Done => Host.At("srv/asked");

    [SetUp]
    public void Build()
    {
        Built("etc/motd", "new");
        Image($"method = tar\nsource = {Archive("a.tar")}");
    }

    [Test]
    public void TheGateIsAskedForWhoeverOrderedIt()
    {
        Gate($"env | grep ^SUDO > {Done}; echo \"$@\" >> {Done}; exit 5");
        var job = WorkToTheEnd(Order());
        Assert.That(File.ReadAllLines(Done).Order(), Is.EqualTo(new[] { "SUDO_UID=2000", "SUDO_USER=bob", "reimage web1 --resume" }));
        Assert.That((job.Stage, job.Result), Is.EqualTo((JobStage.Failed, "the disks were not exchanged (exit 5); web1 has its old disk still")));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    [Test]
    public void AGateThatIsNotThereIsAnEnd() =>
        Assert.That(WorkToTheEnd(Order()).Result, Is.EqualTo("the gate could not be asked; web1 has its old disk still"));

    // bob lost the guest while it was built
    [Test]
    public void WhatTheGateRefusesWithIsTheJobsResult()
    {
        Gate("echo 'web1 was asked'; echo 'xen-shell: web1: no such guest' >&2; exit 3");
        Assert.That(WorkToTheEnd(Order()).Result, Is.EqualTo("web1: no such guest; web1 has its old disk still"));
    }

    // somebody waits for a shutdown of the guest's just now
    [Test]
    public void ABusyGuestIsWaitedFor()
    {
        Gate($"echo >> {Done}; [ $(wc -l < {Done}) = 2 ] && exit 3; exit 4");
        Assert.That(WorkToTheEnd(Order()).Stage, Is.EqualTo(JobStage.Failed));
        Assert.That(File.ReadAllLines(Done), Has.Length.EqualTo(2));
    }

    // CA: its end could not be noted for want of room, and the guest just booted was shut down and booted again, twice
    [Test]
    public void WhatIsDoneAndCouldNotBeNotedIsNotAskedForAgain()
    {
        Gate($"echo >> {Done}; sed -i 's/\"Built\"/\"Swapping\"/' {Store.FolderOf("abc234")}.json; exit 0");
        WorkToTheEnd(Order() with { Boots = true });
        Assert.That(File.ReadAllLines(Done), Has.Length.EqualTo(1));
    }

    // the gate is at work: what it does to the guest must not be cut off by what was asked too late
    [Test]
    public void WhoeverCancelsTooLateEndsNothingHalfway()
    {
        Gate($"printf bob > {Store.FolderOf("abc234")}/cancel; sleep 1.5; touch {Done}; exit 5");
        var job = WorkToTheEnd(Order());
        Assert.That(File.Exists(Done), Is.True, "it was left to end by itself");
        Assert.That((job.Stage, job.Result), Is.EqualTo((JobStage.Cancelled, "cancelled by bob; web1 is as it was")));
    }

    // the toolstack's process for the guest, which boots it anew when it reboots, and the backends of its disks
    [Test]
    public void WhatTheGateLeavesBehindLivesOn()
    {
        Gate($"setsid sh -c 'echo $$ > {Done}; exec sleep 60' > {Done}-said 2>&1 &\nwhile [ ! -s {Done} ]; do sleep 0.02; done; exit 5");
        WorkToTheEnd(Order());
        var pid = int.Parse(File.ReadAllText(Done), CultureInfo.InvariantCulture);
        Assert.That(ProcessTable.Program(pid), Is.Not.Null);
        using var left = Process.GetProcessById(pid);
        left.Kill();
    }

    // the worker would end by what nobody catches, and leave its new disk and a job that looks interrupted
    [Test]
    public void WhoeverCancelsJustWhenTheDiskIsWholeIsHeeded()
    {
        var program = Host.Write("srv/build-it", $"#!/bin/sh\nprintf bob > {Store.FolderOf("abc234")}/cancel\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        Image($"method = command\nprogram = {program}");
        Gate("exit 5");
        Assert.That(WorkToTheEnd(Order()).Result, Is.EqualTo("cancelled by bob; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    [TestCase(JobStage.Done)]
    [TestCase(JobStage.Swapping)]
    public void WhatTheGateHasPutOnRecordStays(JobStage stage)
    {
        var order = Order();
        var record = $"{Store.FolderOf("abc234")}.json";
        Gate($"sed -i 's/\"Built\"/\"{stage}\"/' {record}; exit 1");
        Assert.That(WorkToTheEnd(order).Stage, Is.EqualTo(stage));
        Assert.That(Disks, Has.Length.EqualTo(2), "a swap that was begun may need the new disk");
    }

    // CA: the gate is killed between two renames, or once the guest is down
    [Test]
    public void AnExchangeThatWasCutGoesOnAndTheGuestIsBooted()
    {
        var record = $"{Store.FolderOf("abc234")}.json";
        Gate($"echo $@ >> {Done}; case $(wc -l < {Done}) in 1) sed -i 's/\"Built\"/\"Swapping\"/' {record}; exit 137 ;; 2) sed -i 's/\"Swapping\"/\"Done\"/' {record}; exit 137 ;; esac");
        Assert.That(WorkToTheEnd(Order() with { Boots = true }).Stage, Is.EqualTo(JobStage.Done));
        Assert.That(File.ReadAllLines(Done), Is.EqualTo(new[] { "reimage web1 --resume", "reimage web1 --resume", "boot web1 --no-wait" }));
    }

    [TestCase("exit 1", "boot web1 --no-wait")]
    [TestCase("printf bob > $CANCEL; exit 5", null, Description = "who cancels has no wish for a boot")]
    public void AGuestThatRanIsBootedWhenNothingCameOfIt(string script, string? asked)
    {
        Gate($"CANCEL={Store.FolderOf("abc234")}/cancel; echo $@ >> {Done}; {script}");
        Assert.That(WorkToTheEnd(Order() with { Boots = true }).IsOver, Is.True);
        Assert.That(File.ReadAllLines(Done).Skip(1).FirstOrDefault(), Is.EqualTo(asked));
    }

    private void Gate(string script)
    {
        Directory.CreateDirectory(Host.At("usr/lib/xen-shell"));
        var path = Host.Write("usr/lib/xen-shell/xen-shell-gate", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
