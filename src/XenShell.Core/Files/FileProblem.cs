namespace XenShell.Core.Files;

/// <summary>A file of the administrator's that is refused, or something odd in it: what he reads.</summary>
/// <param name="IsRefusal">The file counts for nothing; others keep working.</param>
public sealed record FileProblem(string File, string Reason, bool IsRefusal = true)
{
    public override string ToString() => Reason.StartsWith(File, StringComparison.Ordinal) ? Reason : $"{File}: {Reason}";
}
