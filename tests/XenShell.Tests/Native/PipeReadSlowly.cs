using XenShell.Core.Native;

namespace XenShell.Tests.Native;

/// <summary>A pipe whose reader takes a chunk, pauses, and takes the next.</summary>
internal sealed class PipeReadSlowly : IDisposable
{
    private readonly Fd read;
    private readonly Thread reader;
    private volatile bool isOver;

    internal PipeReadSlowly(int chunk, TimeSpan pause)
    {
        (read, Write) = Fd.Pipe();
        reader = new Thread(() =>
        {
            var bytes = new byte[chunk];
            var taken = 0;
            while (!isOver)
            {
                if (!Poll.Wait(read, forWriting: false, pause))
                {
                    continue;
                }

                var count = read.Read(bytes.AsSpan(taken));
                taken = (taken + count) % chunk;
                if (taken == 0)
                {
                    Poll.Pause(pause);
                }
            }
        });
        reader.Start();
    }

    internal Fd Write { get; }

    public void Dispose()
    {
        isOver = true;
        reader.Join();
        read.Dispose();
        Write.Dispose();
    }
}
