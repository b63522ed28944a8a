namespace XenShell.Core.GuestFiles;

/// <summary>A guest file that is refused: "file:line: reason".</summary>
public sealed class XlConfigException(string fileName, int line, string reason) : Exception($"{fileName}:{line}: {reason}")
{
    public string FileName { get; } = fileName;

    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
