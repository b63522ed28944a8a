using System.Text;
using XenShell.Core.Files;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// A request that the guest itself has to answer, under way: xl shutdown and reboot return when the
/// guest has acknowledged it, and wait a minute for one that does not. Disposing ends the waiting; the
/// request stays with the guest.
/// </summary>
public sealed class ToolstackRequest : IDisposable
{
    private const int MaxError = 16384;
    private const int MaxDetail = 400;

    // libxl's ERROR_TIMEDOUT: nobody has answered yet, which a slow guest may still do.
    private const string Unanswered = "(rc=-9)";

    private readonly ChildProcess child;
    private readonly Fd error;

    internal ToolstackRequest(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        var (read, write) = Fd.Pipe();
        using (write)
        {
            error = read;
            child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], environment) { Error = write, NewSession = true });
        }
    }

    /// <summary>The guest has acknowledged the request.</summary>
    public bool IsAcknowledged { get; private set; }

    /// <summary>Waits for the acknowledgement, at most so long.</summary>
    /// <exception cref="ToolstackException">The toolstack refused the request.</exception>
    public void Wait(TimeSpan time)
    {
        if (child.Wait(time) is not { } code)
        {
            return;
        }

        IsAcknowledged = code == 0;
        if (code != 0 && Folders.ReadAll(error, MaxError) is { Length: > 0 } bytes)
        {
            var detail = PrintableText.Line(Encoding.Latin1.GetString(bytes), MaxDetail);
            if (!detail.Contains(Unanswered, StringComparison.Ordinal))
            {
                throw new ToolstackException("the toolstack refused", detail, isSilent: false);
            }
        }
    }

    public void Dispose()
    {
        child.Kill();
        child.Dispose();
        error.Dispose();
    }
}
