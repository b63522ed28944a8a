namespace XenShell.Core.Consoles;

/// <summary>Who is attached to a guest's console.</summary>
/// <param name="Since">Unix time.</param>
public sealed record ConsoleHolder(string User, long Since);
