namespace XenShell.Core.Guests;

/// <summary>A file or grant that was refused, or something odd in it: what administrators read.</summary>
/// <param name="IsRefusal">The file grants nothing; others keep working.</param>
public sealed record GuestProblem(string File, string Reason, bool IsRefusal = true)
{
    public override string ToString() => Reason.StartsWith(File, StringComparison.Ordinal) ? Reason : $"{File}: {Reason}";
}
