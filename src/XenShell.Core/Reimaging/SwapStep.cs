namespace XenShell.Core.Reimaging;

/// <summary>
/// One volume that another one takes the place of: Current is renamed to Outgoing, then Incoming to Current.
/// The identities say which volume was meant, whatever the names say by then.
/// </summary>
/// <param name="Current">The name that the guest's file has.</param>
/// <param name="Incoming">Where the new volume waits.</param>
/// <param name="Outgoing">Where the old one goes.</param>
/// <param name="CurrentIdentity">Of the volume that goes.</param>
/// <param name="IncomingIdentity">Of the one that comes; null while it is not made yet.</param>
public sealed record SwapStep(string Current, string Incoming, string Outgoing, string CurrentIdentity, string? IncomingIdentity);
