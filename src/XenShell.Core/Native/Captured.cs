using System.Diagnostics;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>What a finished program printed: Latin-1 text, so that every byte survives to the printable filter.</summary>
/// <param name="IsWhole">False when it printed more than is kept.</param>
/// <param name="ExitCode">128 + signal for a killed one; null when it was ended because its time was up.</param>
public sealed record Captured(int? ExitCode, string Output, string Error, bool IsWhole = true)
{
    /// <summary>How long it took, or was let run.</summary>
    public TimeSpan Time { get; private init; }

    // xl list of 5,000 guests has 400 kB, xenstore-ls of their disks 15 MB; what is past this is read and dropped.
    private const int MaxCaptured = 16 << 20;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(1); // a killed program ends at once, or the kernel keeps it

    /// <summary>Runs a program to its end with both outputs captured; ends it when it takes too long.</summary>
    /// <param name="areBytes">See <see cref="SpawnRequest.HasByteArguments"/>.</param>
    /// <param name="goesOn">Is asked now and then, with the program's pid, which is ended on a no.</param>
    /// <param name="kept">Stays open in it, and in what it leaves behind; see <see cref="SpawnRequest.Kept"/>.</param>
    public static Captured Run(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, TimeSpan timeout, Fd? kept = null, bool areBytes = false, Func<int, bool>? goesOn = null)
    {
        var (outRead, outWrite) = Fd.Pipe();
        var (errorRead, errorWrite) = Fd.Pipe();
        using var ownOut = outRead;
        using var ownError = errorRead;
        ChildProcess child;
        using (outWrite)
        using (errorWrite)
        {
            child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], environment)
            {
                Output = outWrite,
                Error = errorWrite,
                Kept = kept,
                NewSession = true,
                HasByteArguments = areBytes,
            });
        }

        var output = new MemoryStream();
        var error = new MemoryStream();
        int? code = null;
        var watch = Stopwatch.StartNew(); // no clock: somebody may set that
        try
        {
            if (Drain(child, outRead, output, errorRead, error, timeout, goesOn))
            {
                code = child.Wait(Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            if (child.TryKill(EndTime))
            {
                child.Dispose();
            }
        }

        return new Captured(code, Text(output), Text(error), output.Length < MaxCaptured) { Time = watch.Elapsed };
    }

    private static bool Drain(ChildProcess child, Fd outRead, MemoryStream output, Fd errorRead, MemoryStream error, TimeSpan timeout, Func<int, bool>? goesOn)
    {
        var watch = Stopwatch.StartNew();
        var look = Look;
        var poll = new Poll();
        var (outOpen, errorOpen) = (true, true);
        while (true)
        {
            poll.Clear();
            var outPlace = poll.Add(outRead, outOpen);
            var errorPlace = poll.Add(errorRead, errorOpen);
            var exitPlace = poll.Add(child.Exited, reading: true);
            var left = (goesOn is not null && look < timeout ? look : timeout) - watch.Elapsed;
            if (!poll.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                if (goesOn is null || watch.Elapsed >= timeout || !goesOn(child.Pid))
                {
                    return false;
                }

                look = watch.Elapsed + Look;
            }

            if (poll.Readable(outPlace))
            {
                outOpen = Take(outRead, output);
            }
            else if (poll.Readable(errorPlace))
            {
                errorOpen = Take(errorRead, error);
            }
            else if (poll.Readable(exitPlace))
            {
                // Ended and nothing left to read; a grandchild may hold the pipes for ever (xl create's daemon).
                return true;
            }
        }
    }

    private static bool Take(Fd from, MemoryStream into)
    {
        Span<byte> buffer = stackalloc byte[16384];
        var count = from.Read(buffer);
        if (count > 0)
        {
            into.Write(buffer[..(int)Math.Min(count, MaxCaptured - into.Length)]);
        }

        return count > 0;
    }

    private static string Text(MemoryStream bytes) => Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
}
