using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>A watch under way.</summary>
internal sealed class GateWatch(ChildProcess child, Fd input, Fd output)
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

    /// <summary>Ends it, without waiting.</summary>
    /// <returns>The child, to be reaped.</returns>
    internal ChildProcess Leave()
    {
        input.Dispose(); // the gate sees the end of its input, and goes
        output.Dispose();
        return child;
    }
}
