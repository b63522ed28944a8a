using XenShell.Core;

namespace XenShell;

/// <summary>The shell refuses by itself what the gate would never see.</summary>
/// <param name="message">For the user: one line, what to do next.</param>
internal sealed class RefusedException(string message) : Exception(message)
{
    internal static ExitCode Code => ExitCode.NotAllowed;
}
