namespace XenShell.Core.Images;

/// <summary>A file or folder of the host's that an image is made with.</summary>
/// <param name="Key">Of the definition, which names it.</param>
internal sealed record ImageFile(string Key, string Path);
