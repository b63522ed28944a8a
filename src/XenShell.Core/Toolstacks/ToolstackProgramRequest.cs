using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// A request under way in a program: xl shutdown and reboot return when the guest has acknowledged it, and wait a minute for
/// one that does not.
/// </summary>
internal sealed class ToolstackProgramRequest : IToolstackRequest
{
    // libxl's ERROR_TIMEDOUT: nobody has answered yet, which a slow guest may still do.
    private const string Unanswered = "(rc=-9)";

    private readonly ChildProcess child;
    private readonly Fd error;
    private readonly Func<int, string, ToolstackException> refusal;
    private bool isHeard; // its complaint has been read

    /// <param name="refusal">Of an exit code and the words on standard error.</param>
    /// <exception cref="ErrnoException">The program cannot be started.</exception>
    internal ToolstackProgramRequest(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, Func<int, string, ToolstackException> refusal)
    {
        this.refusal = refusal;
        var (read, write) = Fd.Pipe();
        using (write)
        {
            error = read;
            try
            {
                child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], environment) { Error = write, NewSession = true });
            }
            catch (ErrnoException)
            {
                read.Dispose();
                throw;
            }
        }
    }

    public bool IsAcknowledged { get; private set; }

    public void Wait(TimeSpan time)
    {
        if (child.Wait(time) is not { } code)
        {
            return;
        }

        IsAcknowledged = code == 0;
        if (IsAcknowledged || isHeard)
        {
            return;
        }

        isHeard = true;
        var words = Encoding.Latin1.GetString(error.ReadAll(Sizes.ToolstackError) ?? []);
        if (!words.Contains(Unanswered, StringComparison.Ordinal))
        {
            throw refusal(code, words);
        }
    }

    public void Dispose()
    {
        child.Kill();
        child.Dispose();
        error.Dispose();
    }
}
