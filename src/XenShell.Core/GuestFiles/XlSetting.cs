namespace XenShell.Core.GuestFiles;

/// <summary>The last assignment to a name; libxlu takes no number that was put together with "+=".</summary>
internal sealed record XlSetting(XlValue Value, bool WasAdded);
