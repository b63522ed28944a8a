using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>
/// Signals as a readable descriptor, so that one loop waits for everything. While it lives, the named
/// signals do nothing else.
/// </summary>
public sealed class Wakeup : IDisposable
{
    private static readonly (Fd Read, Fd Write) End = MakeEnd();

    private readonly Lock gate = new();
    private readonly Fd write;
    private bool isClosed;
    private readonly List<PosixSignalRegistration> registrations = [];

    public Wakeup(params ReadOnlySpan<PosixSignal> signals)
    {
        (Read, write) = Fd.Pipe();
        write.DoNotWait(); // a loop that is held up elsewhere does not drain it, and here whoever waits has the lock
        foreach (var signal in signals)
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Note(context.Signal);
            }));
        }
    }

    public Fd Read { get; }

    /// <summary>Readable for good once SIGHUP or SIGTERM came to any of them: for whoever waits outside of the loop that heeds it.</summary>
    public static Fd Ending => End.Read;

    /// <summary>The next signal that came, or null.</summary>
    public PosixSignal? Take()
    {
        Span<byte> one = stackalloc byte[1];
        if (!Poll.Wait(Read, forWriting: false, TimeSpan.Zero) || Read.Read(one) != 1)
        {
            return null;
        }

        return (PosixSignal)(-one[0]);
    }

    /// <summary>Forgets the signals that came.</summary>
    public void Clear()
    {
        while (Take() is not null)
        {
        }
    }

    // On a thread of the runtime's: it may come while the loop is closing the pipe, whose number would be somebody else's next.
    private void Note(PosixSignal signal)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                // Of 64 kB of them that nobody has looked at, one more says nothing new.
                write.WriteSome([(byte)-(int)signal]);
            }

            if (signal is PosixSignal.SIGHUP or PosixSignal.SIGTERM)
            {
                End.Write.WriteSome([0]);
            }
        }
    }

    private static (Fd Read, Fd Write) MakeEnd()
    {
        var ends = Fd.Pipe();
        ends.Write.DoNotWait();
        return ends;
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        lock (gate)
        {
            isClosed = true;
            write.Dispose();
            Read.Dispose();
        }
    }
}
