using System.Diagnostics;
using XenShell.Core.Jobs;

namespace XenShell.Worker;

/// <summary>
/// Tells how far the job has come, and hears whether somebody wants its end: both now and then, however often it is asked.
/// What cannot be told, since the host's disk is full, is lost: the job goes on.
/// </summary>
internal sealed class Progress(JobStore store, string job)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next;
    private string phase = "starting";
    private (int From, int To) share = (0, 0);
    private int percent;

    /// <summary>Whether it may end on the way; not once the guest itself is in other hands.</summary>
    internal bool IsCancellable { get; set; } = true;

    /// <summary>A new phase, which takes the job from one percentage to another.</summary>
    /// <exception cref="CancelledException">It is to go no further.</exception>
    internal void Begin(string name, int from, int to)
    {
        share = (from, to);
        Rename(name);
    }

    /// <summary>Another name for what goes on: what a program says that it is doing.</summary>
    /// <exception cref="CancelledException">As above.</exception>
    internal void Rename(string name)
    {
        phase = name;
        next = TimeSpan.Zero;
        At(0);
    }

    /// <summary>How much of the phase is done, 0 to 1.</summary>
    /// <exception cref="CancelledException">As above.</exception>
    internal void At(double part)
    {
        percent = Math.Max(percent, share.From + (int)((share.To - share.From) * Math.Clamp(part, 0, 1)));
        Look();
    }

    /// <summary>Where nothing can be said but that it goes on.</summary>
    /// <exception cref="CancelledException">As above.</exception>
    internal void Look()
    {
        if (watch.Elapsed < next)
        {
            return;
        }

        next = watch.Elapsed + WorkerLimits.Look;
        Tell();
        if (IsCancellable && store.CancelledBy(job) is { } user)
        {
            throw new CancelledException(user);
        }
    }

    private void Tell()
    {
        try
        {
            store.Write(job, new JobProgress(phase, percent));
        }
        catch (IOException)
        {
            // no room for it; there may be the next time
        }
    }
}
