namespace XenShell.Core.Files;

/// <summary>The bytes of a file that was opened once and judged by its descriptor.</summary>
/// <param name="Path">The path without symbolic links.</param>
/// <param name="Stamp">As it was before the bytes were read.</param>
public sealed record TrustedFile(string Path, FileStamp Stamp, byte[] Bytes);
