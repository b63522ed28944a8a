namespace XenShell.Core.Native;

/// <summary>One line of passwd, as far as these programs care.</summary>
public sealed record Account(string Name, uint Uid, uint Gid, string Home, string Shell = "");
