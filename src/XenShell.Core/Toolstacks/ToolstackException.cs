namespace XenShell.Core.Toolstacks;

/// <summary>The toolstack refused or did not answer.</summary>
/// <param name="detail">Its own words, printable, without what it warns of each time.</param>
/// <param name="isSilent">It is not there, timed out, or cannot reach Xen: exit code 6.</param>
public sealed class ToolstackException(string message, string detail, bool isSilent) : Exception(message)
{
    public string Detail { get; } = detail;

    /// <summary>All that it said, for who looks for something in it; never shown.</summary>
    public string Words { get; init; } = detail;

    public bool IsSilent { get; } = isSilent;

    /// <summary>The same, where the toolstack was handed a copy: its words name what people know.</summary>
    public ToolstackException About(string copy, string file) =>
        new(Message, Detail.Replace(copy, file, StringComparison.Ordinal), IsSilent) { Words = Words, IsLocal = IsLocal, IsLate = IsLate };

    /// <summary>Another domain has the name, or had it a moment ago (libxl__domain_rename; xend's VmError).</summary>
    public bool IsNameTaken => Words.Contains("already exists", StringComparison.Ordinal) || Words.Contains("already in use by domain", StringComparison.Ordinal);

    /// <summary>It was at work when its time was up.</summary>
    public bool IsLate { get; init; }

    /// <summary>The trouble is this process's own: no news for others.</summary>
    public bool IsLocal { get; init; }
}
