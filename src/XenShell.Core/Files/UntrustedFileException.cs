namespace XenShell.Core.Files;

/// <summary>A file or one of its folders is not safe to believe. <see cref="Exception.Message"/> names the path and the reason.</summary>
public sealed class UntrustedFileException(string path, string reason) : IOException($"{path}: {reason}");
