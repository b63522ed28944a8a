using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Tenant.Client;

namespace XenShell;

/// <summary>
/// Becomes the full screen. Terminal.Gui reads ~/.tui and TUI_CONFIG before its first line of ours runs, and has
/// places that look for bash and xclip through PATH: in there, home and PATH lead nowhere.
/// </summary>
internal static class FullScreenStart
{
    private const string Nowhere = "/nonexistent";
    private static readonly string[] Passed = ["TERM", "COLORTERM", "NO_COLOR", "LANG", "USER", "LOGNAME", GateClient.KeyVariable];

    internal static bool IsPossible() =>
        Terminal.IsTerminal(Fd.Input) && Terminal.IsTerminal(Fd.Output) && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null);

    /// <summary>Returns only where the program is not there or cannot be started.</summary>
    internal static void Execute(HostLayout layout)
    {
        try
        {
            ThisProcess.Execute(layout.Screen, [layout.Screen], [
                $"PATH={Nowhere}",
                $"HOME={Nowhere}",
                .. Passed.Where(name => Environment.GetEnvironmentVariable(name) is not null)
                    .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"),
            ]);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            // an installation without it: the prompt does all that it does
        }
    }
}
