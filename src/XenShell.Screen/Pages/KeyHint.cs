namespace XenShell.Screen.Pages;

/// <summary>A key and what it does, for the line of keys.</summary>
internal readonly record struct KeyHint(string Key, string Word);
