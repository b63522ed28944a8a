namespace XenShell.Core.Reports;

/// <summary>Who is attached to a guest's console.</summary>
/// <param name="Since">Unix time.</param>
public sealed record ConsoleReport(string User, long Since);
