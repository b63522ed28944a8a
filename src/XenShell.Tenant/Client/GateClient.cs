using System.Runtime.InteropServices;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Tenant.Client;

/// <summary>
/// Calls the gate through sudo: absolute path, fixed argv. The gate gets a session of its own, so that
/// no signal and no hang-up of the user's terminal reaches it; what it may hear of us is its standard
/// input (see CallerInput in the gate).
/// </summary>
public sealed class GateClient(HostLayout layout)
{
    /// <summary>The fingerprint of the key that the session began with, where sshd tells it; the shell vets it.</summary>
    public const string KeyVariable = "XEN_SHELL_KEY";

    // sudo drops the environment (env_reset); the demo's gate needs none.
    private static readonly string[] Environment = ["PATH=/usr/bin:/bin", "LANG=C"];

    private string[] Arguments(Invocation invocation) => Arguments(invocation.GateArguments());

    private string[] Arguments(IReadOnlyList<string> words) =>
        layout.IsDemo ? [layout.Gate, .. words] : [HostLayout.Sudo, "-n", "--", layout.Gate, .. Key, .. words];

    // The key that let us in: when that is removed, the gate ends what it began.
    private static readonly string[] Key =
        System.Environment.GetEnvironmentVariable(KeyVariable) is { } key ? ["--key", key] : [];

    /// <summary>One command was asked for, and no session stands on this process: a signal may end it, and no thread need listen for one.</summary>
    public bool IsForOneCommand { get; set; }

    /// <summary>Starts a query; its document is read with <see cref="GateQuery.Finish"/>.</summary>
    /// <param name="complaints">Where the gate complains; null for nowhere.</param>
    public GateQuery Start(Invocation invocation, Fd? complaints)
    {
        var (read, write) = Fd.Pipe();
        using (write) // our own copy, or nobody would read to the end
        {
            return new GateQuery(SpawnOr(read, Arguments(invocation), null, write, complaints), read);
        }
    }

    /// <summary>Starts the looks that a screen is fed with.</summary>
    public GateWatch StartWatch()
    {
        var (read, write) = Fd.Pipe();
        var (hold, input) = Fd.Pipe();
        using (write)
        using (hold)
        {
            try
            {
                return new GateWatch(SpawnOr(read, Arguments(new Invocation(KnownCommands.Watch)), hold, write, null), input, read);
            }
            catch (ErrnoException)
            {
                input.Dispose();
                throw;
            }
        }
    }

    /// <summary>Asks for a document; the gate's complaints go to standard error.</summary>
    public (ExitCode Code, byte[] Output) Query(Invocation invocation)
    {
        using var query = Start(invocation, Fd.Error);
        return query.Finish(endsBySignal: IsForOneCommand);
    }

    /// <summary>Does it, and returns what the gate has to say, on one line.</summary>
    public string Capture(Invocation invocation)
    {
        var (read, write) = Fd.Pipe();
        GateQuery started;
        using (write)
        {
            started = new GateQuery(SpawnOr(read, Arguments(invocation), null, write, write), read);
        }

        using var query = started;
        return System.Text.Encoding.UTF8.GetString(query.Finish().Output).TrimEnd('\n').Replace("\n", "; ", StringComparison.Ordinal);
    }

    /// <summary>
    /// Lets the gate talk to the user itself. Ctrl-C asks it to stop waiting, and so does the end of
    /// whoever reads what it says: a dropped line, a screen that was left.
    /// </summary>
    public ExitCode Run(Invocation invocation)
    {
        var (read, write) = Fd.Pipe();
        using var input = write;
        using var wakeup = new Wakeup(PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP);
        ChildProcess child;
        using (read)
        {
            child = Spawn(Arguments(invocation), read, Fd.Output, Fd.Error);
        }

        using (child)
        {
            var poll = new Poll();
            var isHeard = true;
            while (true)
            {
                poll.Clear();
                var ended = poll.Add(child.Exited, reading: true);
                poll.Add(wakeup.Read, reading: true);
                var heard = isHeard ? poll.AddForHangUp(Fd.Output) : -1;
                poll.Wait(Timeout.InfiniteTimeSpan);
                if (poll.Readable(ended))
                {
                    return ToExitCode(child.Wait(Timeout.InfiniteTimeSpan));
                }

                if (isHeard && poll.HungUp(heard))
                {
                    isHeard = false;
                    input.Dispose(); // a gate that has nothing to say notices nobody's leaving by itself
                }
                else if (wakeup.Take() is PosixSignal.SIGINT && isHeard)
                {
                    AskToStop(input);
                }
            }
        }
    }

    /// <summary>Tells the record about a line that the shell refused.</summary>
    public void RecordRefusal(string line)
    {
        var words = new string([.. line.Take(Sizes.RecordedRefusal).Select(c => c == '\0' ? '?' : c)]);
        using var wakeup = new Wakeup(PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP); // the next key may be Ctrl-C
        try
        {
            using var child = Spawn(Arguments(["refused", words]), null, null, null);
            child.Wait(Timeout.InfiniteTimeSpan);
        }
        catch (ErrnoException)
        {
            // no sudo, no record: the user has the answer all the same
        }
    }

    public static ExitCode ToExitCode(int? code) => code is >= 0 and <= 6 ? (ExitCode)code : ExitCode.Failed;

    private static void AskToStop(Fd input)
    {
        try
        {
            input.WriteSome("c"u8);
        }
        catch (ErrnoException)
        {
            // the gate has ended by itself
        }
    }

    /// <summary>Starts the gate on a terminal of its own.</summary>
    public ChildProcess StartOn(Pty pty, Invocation invocation)
    {
        var arguments = Arguments(invocation.GateArguments());
        using var slave = pty.OpenSlave(); // until the child has it, the master would see a hang-up
        return ChildProcess.Start(new SpawnRequest(arguments[0], arguments, Environment) { Terminal = pty.SlavePath });
    }

    /// <summary>Starts it; where that fails, a pipe's other end that has no owner yet is closed.</summary>
    private static ChildProcess SpawnOr(Fd close, string[] arguments, Fd? input, Fd? output, Fd? error)
    {
        try
        {
            return Spawn(arguments, input, output, error);
        }
        catch (ErrnoException)
        {
            close.Dispose();
            throw;
        }
    }

    private static ChildProcess Spawn(string[] arguments, Fd? input, Fd? output, Fd? error) =>
        ChildProcess.Start(new SpawnRequest(arguments[0], arguments, Environment)
        {
            Input = input,
            Output = output,
            Error = error,
            NewSession = true,
        });
}
