namespace XenShell.Core.Reports;

/// <summary>The document of info.</summary>
/// <param name="Commands">The commands that this user may use on it, blacklists considered.</param>
/// <param name="ConfiguredMemoryMib">What it gets at its next boot.</param>
public sealed record InfoReport(
    GuestReport Guest,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Addresses,
    long? ConfiguredMemoryMib,
    long? ConfiguredVcpus);
