namespace XenShell.Core.Disks;

/// <summary>A guest's disks cannot be told from its file.</summary>
/// <param name="what">The line, or what is wrong with the file; for the record.</param>
public sealed class DiskLineException(string what) : Exception($"not understood: {what}");
