namespace XenShell.Core.Reports;

/// <summary>The gate's answer to guests.</summary>
public sealed record OwnGuestsReport(IReadOnlyList<OwnGuest> Guests);
