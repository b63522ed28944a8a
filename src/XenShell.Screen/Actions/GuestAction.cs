using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Screen.Feed;
using XenShell.Tenant.Client;

namespace XenShell.Screen.Actions;

/// <summary>
/// One command under way: the same program that a one-shot command runs, so that the screen can do what
/// that can and no more, and stays free while it lasts. Its words come line by line.
/// </summary>
internal sealed class GuestAction : IEventSource
{
    private const int MaxLines = 10_000, MaxCharacters = 2 << 20; // of a log that is followed

    private static readonly string[] Key =
        Environment.GetEnvironmentVariable(GateClient.KeyVariable) is { } key ? [$"{GateClient.KeyVariable}={key}"] : [];

    private readonly ChildProcess child;
    private readonly Fd output;
    private readonly LineAssembler assembler = new(ScreenLimits.AnswerLine);
    private readonly byte[] chunk = new byte[16384];
    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly List<string> lines = [];
    private int characters;

    /// <param name="invocation">What the line means; null where it means nothing, and the answer will say so.</param>
    internal GuestAction(HostLayout layout, string line, Invocation? invocation)
    {
        Line = line;
        Invocation = invocation;
        (output, var write) = Fd.Pipe();
        using (write)
        {
            try
            {
                child = ChildProcess.Start(new SpawnRequest(layout.Shell, [layout.Shell, "-c", Line], ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", .. Key])
                {
                    Output = write,
                    Error = write,
                    NewSession = true,
                });
            }
            catch (ErrnoException)
            {
                output.Dispose();
                throw;
            }
        }
    }

    internal Invocation? Invocation { get; }

    /// <summary>As it would be typed.</summary>
    internal string Line { get; }

    internal TimeSpan Elapsed => since.Elapsed;

    /// <summary>Unix time.</summary>
    internal long Started { get; } = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>What it has said so far, printable.</summary>
    internal IReadOnlyList<string> Said => lines;

    /// <summary>Null while it is under way.</summary>
    internal ExitCode? Result { get; private set; }

    /// <summary>Called when it has said more, or has ended.</summary>
    internal Action<GuestAction> Changed { get; set; } = _ => { };

    public Fd? Ready => Result is null ? output : null;

    /// <summary>Asks it to stop waiting; what the guest does by itself goes on.</summary>
    internal void Cancel()
    {
        if (Result is null)
        {
            child.Interrupt();
        }
    }

    public void Take()
    {
        var count = output.Read(chunk);
        if (count > 0)
        {
            foreach (var line in assembler.Take(chunk.AsSpan(0, count)))
            {
                var text = PrintableText.IndentedLine(line, ScreenLimits.AnswerLine);
                lines.Add(text);
                characters += text.Length;
            }

            DropOldest();
        }
        else
        {
            Result = GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan));
            since.Stop();
        }

        Changed(this);
    }

    private void DropOldest()
    {
        var count = 0;
        for (; lines.Count - count > MaxLines || characters > MaxCharacters; count++)
        {
            characters -= lines[count].Length;
        }

        lines.RemoveRange(0, count);
    }

    /// <summary>Puts it away; what is under way is asked to stop waiting.</summary>
    /// <returns>The child, to be reaped.</returns>
    internal ChildProcess Leave()
    {
        Cancel();
        output.Dispose();
        return child;
    }
}
