using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>
/// Signals as a readable descriptor, so that one loop waits for everything. While it lives, the named
/// signals do nothing else.
/// </summary>
public sealed class Wakeup : IDisposable
{
    private readonly Fd write;
    private readonly List<PosixSignalRegistration> registrations = [];

    public Wakeup(params ReadOnlySpan<PosixSignal> signals)
    {
        (Read, write) = Fd.Pipe();
        foreach (var signal in signals)
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                // A pipe's 64 kB never fill: the loop drains it, and the kernel merges repeated signals.
                write.WriteSome([(byte)Code(context.Signal)]);
            }));
        }
    }

    public Fd Read { get; }

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

    private static int Code(PosixSignal signal) => -(int)signal;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        write.Dispose();
        Read.Dispose();
    }
}
