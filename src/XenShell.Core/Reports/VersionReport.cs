namespace XenShell.Core.Reports;

/// <summary>The document of version.</summary>
public sealed record VersionReport(string XenShell, string? Xen);
