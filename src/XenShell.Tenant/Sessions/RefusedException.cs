using XenShell.Core;

namespace XenShell.Tenant.Sessions;

/// <summary>The shell refuses by itself what the gate would never see.</summary>
/// <param name="message">For the user: one line, what to do next.</param>
public sealed class RefusedException(string message) : Exception(message)
{
    public static ExitCode Code => ExitCode.NotAllowed;
}
