using XenShell.Core.Native;
using XenShell.Tenant;
using XenShell.Tenant.Console;

namespace XenShell.Screen.Driver;

/// <summary>The terminal as the screen needs it: raw, on the alternate screen. Dispose brings back what was.</summary>
internal sealed class FullScreen : IDisposable
{
    // 1049: alternate screen; 25: cursor; 2004: a paste comes marked, so that its letters are no keys.
    private const string On = "\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";
    private const string Off = "\x1b[?2004l\x1b[0m\x1b[2J\x1b[?1049l\x1b[?25h";

    private readonly TerminalOutput output;
    private RawMode? raw;

    internal FullScreen(TerminalOutput output)
    {
        this.output = output;
        Enter();
    }

    /// <summary>Lends the terminal, as it was before, to something else.</summary>
    internal T Lend<T>(Func<T> use)
    {
        Leave();
        try
        {
            return use();
        }
        finally
        {
            Enter();
        }
    }

    private void Enter()
    {
        raw = new RawMode(Fd.Input);
        Tell.Raw(TerminalReset.Sequence + On);
    }

    private void Leave()
    {
        if (raw is not null)
        {
            output.Finish();
            Tell.Raw(Off);
            raw.Dispose();
            raw = null;
        }
    }

    public void Dispose() => Leave();
}
