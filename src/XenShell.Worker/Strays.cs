using System.Diagnostics;
using XenShell.Core.Native;

namespace XenShell.Worker;

/// <summary>
/// What a program leaves behind in a session of its own, and no signal to its group reaches. From the program's start until
/// this is disposed of, orphans come to us instead of init: then they are our children, and no other process can have
/// their number until we have reaped them.
/// </summary>
internal sealed class Strays : IDisposable
{
    private readonly HashSet<int> own = [.. ProcessTable.Children(ThisProcess.Pid)];

    internal Strays() => ThisProcess.AdoptOrphans(true);

    /// <summary>Ends them, and what they have started in turn: that comes to us when they have ended.</summary>
    /// <exception cref="JobException">One is there still.</exception>
    internal void End()
    {
        var watch = Stopwatch.StartNew();
        while (ProcessTable.Children(ThisProcess.Pid).Where(pid => !own.Contains(pid)).ToList() is { Count: > 0 } found)
        {
            if (watch.Elapsed > WorkerLimits.StraysEnd)
            {
                throw new JobException("something that was left behind on the way cannot be ended; please tell the administrator");
            }

            found.ForEach(ThisProcess.EndChild);
            Poll.Pause(WorkerLimits.StraysTick);
        }
    }

    public void Dispose() => ThisProcess.AdoptOrphans(false);
}
