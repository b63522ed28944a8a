using System.Diagnostics;
using XenShell.Core.Jobs;
using XenShell.Core.Native;

namespace XenShell.Worker;

/// <summary>
/// Runs Debian's programs for a job: an absolute path, a fixed argv and environment, in a session of their own that ends with
/// the job. What they say goes to the job's log. They hold the job's lock, as does all that they start.
/// </summary>
internal sealed class Tools(JobStore store, string job, Fd jobLock, Progress progress)
{
    private static readonly string[] Usual = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=/"];

    /// <summary>
    /// What a program leaves behind is ended also where it has left the session. Not for one that starts what lives on, such as the
    /// toolstack, whose own process for each guest stays for as long as the guest does.
    /// </summary>
    internal bool LeavesNothing { get; init; }

    /// <summary>One that must end well.</summary>
    /// <param name="failure">For people, when it does not: "no file system could be made".</param>
    /// <exception cref="JobException">It did not.</exception>
    internal void Require(string failure, string program, params string[] arguments)
    {
        if (Run(program, arguments) is not 0 and var code)
        {
            throw new JobException($"{failure} ({NameOf(program)} ended with {code})");
        }
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    /// <param name="environment">Besides the usual.</param>
    /// <param name="onLine">Gets each line that it says.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="isLogged">What it says goes to the job's log.</param>
    /// <param name="bounds">For one that reads what others have made.</param>
    /// <returns>Its exit code, 128 + signal for a killed one.</returns>
    /// <exception cref="CancelledException">Somebody wanted the job's end meanwhile: it was killed with all that it had started.</exception>
    /// <exception cref="JobException">The same since it was over its time, or said too much; or something that it left behind cannot be ended.</exception>
    internal int Run(string program, IReadOnlyList<string> arguments, IReadOnlyList<string>? environment = null, Action<string>? onLine = null, Stream? input = null, bool isLogged = true, Bounds? bounds = null)
    {
        var (words, said) = Fd.Pipe();
        using var ownWords = words;
        var (taken, fed) = input is null ? default((Fd?, Fd?)) : Fd.Pipe();
        IReadOnlyList<string> command = bounds is null ? [program, .. arguments] : bounds.Around([program, .. arguments]);
        using var strays = LeavesNothing ? new Strays() : null;
        ChildProcess child;
        using (said)
        using (taken)
        {
            child = ChildProcess.Start(new SpawnRequest(command[0], command, [.. Usual, .. environment ?? []])
            {
                Input = taken,
                Output = said,
                Error = said,
                Kept = jobLock,
                NewSession = true,
            });
        }

        using var ended = child;
        using var feed = input is null ? null : new Feed(fed!, input);
        try
        {
            var lines = new LineSplitter(line =>
            {
                if (isLogged)
                {
                    store.Log(job, line);
                }

                onLine?.Invoke(line);
            });
            Attend(child, words, feed, lines, bounds, NameOf(program));
        }
        finally
        {
            child.KillGroup(); // nothing that it left behind goes on without us
            strays?.End();
        }

        return child.Wait(TimeSpan.Zero)!.Value;
    }

    private static string NameOf(string program) => program[(program.LastIndexOf('/') + 1)..];

    // Until it has ended and all is read; what it leaves behind may hold the pipe for ever.
    private void Attend(ChildProcess child, Fd words, Feed? feed, LineSplitter lines, Bounds? bounds, string name)
    {
        var watch = Stopwatch.StartNew();
        var isOpen = true;
        var poll = new Poll();
        while (true)
        {
            poll.Clear();
            var wordsPlace = poll.Add(words, isOpen);
            var feedPlace = poll.Add(feed?.To, reading: false, writing: true);
            var endPlace = poll.Add(child.Exited, reading: true);
            poll.Wait(WorkerLimits.Look);
            if (isOpen && poll.Readable(wordsPlace))
            {
                isOpen = lines.ReadFrom(words);
            }
            else if (feed?.To is not null && poll.Writable(feedPlace))
            {
                feed.PassOn();
            }
            else if (poll.Readable(endPlace))
            {
                lines.End();
                return;
            }

            if (bounds?.Excess(watch.Elapsed, lines.Bytes) is { } excess)
            {
                throw new JobException($"{name} {excess}, and was ended");
            }

            progress.Look();
        }
    }
}
