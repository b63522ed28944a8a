namespace XenShell.Core.GuestFiles;

/// <summary>A value: a string (numbers are strings too) or a list; exactly one of the two is set.</summary>
/// <param name="Line">1-based, where the value begins.</param>
internal sealed record XlValue(string? Text, IReadOnlyList<XlValue>? Items, int Line);
