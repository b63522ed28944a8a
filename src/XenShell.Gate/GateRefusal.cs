using XenShell.Core;

namespace XenShell.Gate;

/// <summary>Why the gate does not do, or could not finish, what it was asked.</summary>
/// <param name="message">For the tenant: one line, what to do next. The record learns <paramref name="reason"/>.</param>
internal sealed class GateRefusal(ExitCode code, string message, string reason) : Exception(message)
{
    internal ExitCode Code { get; } = code;

    internal string Reason { get; } = reason;

    /// <summary>The tenant knows already.</summary>
    internal bool IsSilent { get; init; }

    /// <summary>The tenant may hear it, or not: nothing waits for that.</summary>
    internal bool IsBrief { get; init; }

    /// <summary>One answer for "not yours" and "not there".</summary>
    internal static GateRefusal NoSuchGuest(string guest, string reason) =>
        new(ExitCode.NotAllowed, $"{guest}: no such guest; 'list' shows yours", reason);
}
