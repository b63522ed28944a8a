using Mono.Unix.Native;
using XenShell.Core.Native;

namespace XenShell.Tests.Native;

/// <summary>TU: what the caller handed over is read without a wait, whatever it is.</summary>
public sealed class FdTests
{
    [Test]
    public void APipeThatSomebodyElseHasEmptiedKeepsNobodyWaiting()
    {
        var (read, write) = Fd.Pipe();
        using (read)
        {
            using (write)
            {
                Assert.That(read.ReadNow(new byte[1]), Is.EqualTo(-1));
                write.WriteAll("ab"u8);
                Assert.That(read.ReadNow(new byte[1]), Is.EqualTo(1));
            }

            Assert.That(read.ReadNow(new byte[1]), Is.EqualTo(1));
            Assert.That(read.ReadNow(new byte[1]), Is.Zero, "the end");
        }
    }

    [Test]
    public void ASocketWithoutWordsKeepsNobodyWaiting()
    {
        Assert.That(Syscall.socketpair(UnixAddressFamily.AF_UNIX, UnixSocketType.SOCK_STREAM, 0, out var one, out var two), Is.Zero);
        using (var socket = new Fd(one))
        {
            Assert.That(socket.ReadNow(new byte[1]), Is.EqualTo(-1));
            Assert.That(Syscall.close(two), Is.Zero);
            Assert.That(socket.ReadNow(new byte[1]), Is.Zero, "the end");
        }
    }

    [Test]
    public void WhatIsOpenForWritingAloneIsNotReadByOpeningItAnew()
    {
        var (read, write) = Fd.Pipe();
        using (read)
        using (write)
        {
            Assert.That(() => write.ReadNow(new byte[1]), Throws.InstanceOf<IOException>());
            Assert.That(() => read.OpenAgain(forWriting: true), Throws.InstanceOf<IOException>());
        }
    }

    // a policy file cut short by a disk error had lost its last lines, and its blacklist with them
    [Test]
    public void AnErrorOfADiskIsNotTheEndOfAFile()
    {
        using var unmapped = FileSystem.Open("/proc/self/mem", Libc.O_RDONLY); // EIO at address 0
        Assert.That(() => unmapped.Read(new byte[8]), Throws.TypeOf<ErrnoException>().With.Property("IsExhaustion").True);
    }

    [Test]
    public void ATerminalWhoseOtherSideIsGoneHasEnded()
    {
        using var pty = Pty.Open(WindowSize.Default);
        using (pty.OpenSlave())
        {
        }

        Assert.That(pty.Master.Read(new byte[8]), Is.Zero);
    }

    [Test]
    public void ASetOfManyDescriptorsIsWatchedToItsLast()
    {
        var pipes = Enumerable.Range(0, 40).Select(_ => Fd.Pipe()).ToList();
        var poll = new Poll();
        var places = pipes.Select(pipe => poll.Add(pipe.Read, reading: true)).ToList();
        pipes[^1].Write.WriteAll("x"u8);
        Assert.That(poll.Wait(TimeSpan.FromSeconds(10)));
        Assert.That(places.Where(poll.Readable), Is.EqualTo(places[^1..]));
        pipes.ForEach(pipe =>
        {
            pipe.Read.Dispose();
            pipe.Write.Dispose();
        });
    }
}
