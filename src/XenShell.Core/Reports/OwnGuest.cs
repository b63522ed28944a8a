namespace XenShell.Core.Reports;

/// <summary>One of the caller's guests.</summary>
/// <param name="Role">The word for what the caller is to it.</param>
public sealed record OwnGuest(string Name, string Role);
