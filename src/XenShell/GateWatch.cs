using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>A watch under way; dispose it to end it.</summary>
internal sealed class GateWatch(ChildProcess child, Fd input, Fd output) : IDisposable
{
    /// <summary>Lines of JSON.</summary>
    internal Fd Output => output;

    /// <summary>Asks for a look at once.</summary>
    internal void Poke()
    {
        try
        {
            input.WriteSome("!"u8);
        }
        catch (ErrnoException)
        {
            // it has ended by itself, which its output tells
        }
    }

    /// <summary>To be called at the end of the output.</summary>
    internal ExitCode Finish() => GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan));

    public void Dispose()
    {
        input.Dispose(); // the gate sees the end of its input, and goes
        output.Dispose();
        child.Wait(TimeSpan.Zero);
        child.Dispose();
    }
}
