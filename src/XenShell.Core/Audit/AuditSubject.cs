namespace XenShell.Core.Audit;

/// <summary>Whom a record is about.</summary>
/// <param name="User">Login; null when the caller could not be identified.</param>
/// <param name="Client">The address that the user's connection comes from; null where that cannot be told.</param>
/// <param name="Key">The fingerprint of the key that the session began with, as the user's own shell says.</param>
public sealed record AuditSubject(string? User, uint Uid, string? Client = null, string? Key = null);
