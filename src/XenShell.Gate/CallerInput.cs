using System.Diagnostics;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// Standard input as the caller's hand on a long wait: a byte means stop waiting, the end of the file
/// means that the caller has gone. Neither undoes anything.
/// </summary>
internal sealed class CallerInput(Fd input)
{
    private bool isWatched = true;

    /// <summary>The caller's own descriptor, for a program that is to read from it itself.</summary>
    internal Fd Standard => input;

    /// <summary>The caller asked to stop waiting.</summary>
    internal bool AsksToStop { get; private set; }

    /// <summary>The caller, or its connection, is gone.</summary>
    internal bool IsGone { get; private set; }

    /// <summary>Lets time pass, or returns sooner when the caller asks to stop waiting.</summary>
    internal void Wait(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (isWatched && watch.Elapsed < time && Poll.Wait(input, forWriting: false, time - watch.Elapsed))
        {
            var count = TryRead();
            (AsksToStop, IsGone) = (count > 0, count == 0);
            isWatched = count < 0; // somebody else who has it took what was there
            if (AsksToStop)
            {
                return;
            }
        }

        var left = time - watch.Elapsed;
        if (left > TimeSpan.Zero)
        {
            Poll.Pause(left);
        }
    }

    private int TryRead()
    {
        Span<byte> one = stackalloc byte[1];
        try
        {
            return input.ReadNow(one);
        }
        catch (IOException)
        {
            return 0; // closed: nobody holds the other end
        }
    }
}
