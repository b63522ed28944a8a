namespace XenShell.Core.Files;

/// <summary>The bytes of a file that was opened once and judged by its descriptor.</summary>
/// <param name="Path">The path without symbolic links.</param>
/// <param name="Identity">Device and inode: the same for two names of one file.</param>
public sealed record TrustedFile(string Path, (ulong Device, ulong Inode) Identity, byte[] Bytes);
