using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Tenant.Client;

/// <summary>A watch under way.</summary>
public sealed class GateWatch(ChildProcess child, Fd input, Fd output)
{
    /// <summary>Lines of JSON.</summary>
    public Fd Output => output;

    /// <summary>Asks for a look at once.</summary>
    public void Poke()
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
    public ExitCode Finish() => GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan));

    /// <summary>Ends it, without waiting.</summary>
    /// <returns>The child, to be reaped.</returns>
    public ChildProcess Leave()
    {
        input.Dispose(); // the gate sees the end of its input, and goes
        output.Dispose();
        return child;
    }
}
