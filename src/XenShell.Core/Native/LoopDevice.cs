namespace XenShell.Core.Native;

/// <summary>A loop device that has a file.</summary>
/// <param name="Name">"/dev/loop3".</param>
/// <param name="File">The path that its file was opened by, a character a byte.</param>
public sealed record LoopDevice(string Name, string File);
