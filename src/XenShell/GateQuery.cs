using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>A query under way.</summary>
internal sealed class GateQuery(ChildProcess child, Fd output) : IDisposable
{
    private const int MaxDocument = 16 << 20; // 5,000 guests with their details have a tenth of it

    internal Fd Output => output;

    /// <summary>Waits for the whole document.</summary>
    internal (ExitCode Code, byte[] Output) Finish()
    {
        var bytes = Folders.ReadAll(output, MaxDocument) ?? [];
        return (GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan)), bytes);
    }

    public void Dispose()
    {
        output.Dispose();
        child.Dispose();
    }
}
